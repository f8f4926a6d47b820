// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/columns.hpp"
#include "format/format.hpp"
#include "format/printable.hpp"

#include <fmt/format.h>

#include <utility>

namespace mp3prof
{

namespace
{

// RFC 4180, with no line breaks inside a field.
std::string field(const std::string& text)
{
    const std::string shown = printable(text);
    if (shown.find_first_of(",\"") == std::string::npos) {
        return shown;
    }
    std::string quoted = "\"";
    for (const char c : shown) {
        quoted += c == '"' ? "\"\"" : std::string(1, c);
    }
    return quoted + '"';
}

std::string digits(const ColumnValue& value)
{
    struct Printer {
        std::string operator()(std::uint64_t number) const { return std::to_string(number); }
        std::string operator()(std::int64_t number) const { return std::to_string(number); }
        std::string operator()(double number) const { return fmt::format("{:.3f}", number); }
        std::string operator()(bool flag) const { return flag ? "1" : "0"; }
        std::string operator()(const std::string& text) const { return field(text); }
    };
    return std::visit(Printer{}, value);
}

class Csv : public Formatter
{
public:
    explicit Csv(const FormatSettings& settings) : total_only_(settings.total_only) {}

    void begin(std::ostream& out) override
    {
        const char* separator = "";
        for (const Column& column : columns_of({}, {}, {})) {
            out << std::exchange(separator, ",") << column.name;
        }
        out << '\n';
    }

    void write(std::ostream& out, const Interval& interval, nanoseconds offset) override
    {
        for (const Row& row : rows_of(interval, total_only_)) {
            const char* separator = "";
            for (const Column& column : columns_of(row, interval, offset)) {
                out << std::exchange(separator, ",") << digits(column.value);
            }
            out << '\n';
        }
    }

private:
    bool total_only_;
};

} // namespace

std::unique_ptr<Formatter> make_csv(const FormatSettings& settings)
{
    return std::make_unique<Csv>(settings);
}

} // namespace mp3prof
