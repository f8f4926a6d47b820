// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/columns.hpp"
#include "format/format.hpp"
#include "format/printable.hpp"
#include "format/units.hpp"

#include <fmt/compile.h>
#include <fmt/format.h>

#include <utility>

namespace mp3prof
{

namespace
{

// RFC 4180, with no line breaks inside a field.
void append_field(fmt::memory_buffer& line, std::string_view text)
{
    const std::string shown = printable(text);
    if (shown.find_first_of(",\"") == std::string::npos) {
        line.append(shown);
        return;
    }
    line.push_back('"');
    for (const char c : shown) {
        if (c == '"') {
            line.push_back('"');
        }
        line.push_back(c);
    }
    line.push_back('"');
}

void append_digits(fmt::memory_buffer& line, const ColumnValue& value)
{
    const auto out = std::back_inserter(line);
    struct Printer {
        decltype(out) to;
        fmt::memory_buffer& line;
        void operator()(std::monostate) const {}
        void operator()(std::uint64_t number) const
        {
            fmt::format_to(to, FMT_COMPILE("{}"), number);
        }
        void operator()(std::int64_t number) const
        {
            fmt::format_to(to, FMT_COMPILE("{}"), number);
        }
        void operator()(double number) const { fmt::format_to(to, FMT_COMPILE("{:.3f}"), number); }
        void operator()(bool flag) const { line.push_back(flag ? '1' : '0'); }
        void operator()(std::string_view text) const { append_field(line, text); }
    };
    std::visit(Printer{out, line}, value);
}

class Csv : public Formatter
{
public:
    explicit Csv(const FormatSettings& settings)
        : rows_(settings.total_only ? Rows::only_sum : Rows::each), knows_(settings.knows)
    {
    }

    [[nodiscard]] Rows rows() const override { return rows_; }

    void begin(std::ostream& out) override
    {
        const char* separator = "";
        for (const Column& column : columns_of({}, {}, {}, knows_)) {
            out << std::exchange(separator, ",") << column.name;
        }
        out << '\n';
    }

    void write(std::ostream& out, const Interval& interval, nanoseconds offset) override
    {
        const std::string time = time_column(interval, offset);
        fmt::memory_buffer line;
        for (const Row& row : rows_of(interval, rows_)) {
            line.clear();
            for (const Column& column : columns_of(row, interval, time, knows_)) {
                append_digits(line, column.value);
                line.push_back(',');
            }
            line[line.size() - 1] = '\n';
            out.write(line.data(), static_cast<std::streamsize>(line.size()));
        }
    }

private:
    Rows rows_;
    Knows knows_;
};

} // namespace

std::unique_ptr<Formatter> make_csv(const FormatSettings& settings)
{
    return std::make_unique<Csv>(settings);
}

} // namespace mp3prof
