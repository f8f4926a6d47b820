// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/columns.hpp"
#include "format/format.hpp"
#include "format/units.hpp"

#include <nlohmann/json.hpp>

#include <type_traits>

namespace mp3prof
{

namespace
{

constexpr auto json_of = [](const auto& value) -> nlohmann::ordered_json {
    if constexpr (std::is_same_v<decltype(value), const std::monostate&>) {
        return nullptr;
    } else {
        return value;
    }
};

class Jsonl : public Formatter
{
public:
    explicit Jsonl(const FormatSettings& settings)
        : rows_(settings.total_only ? Rows::only_sum : Rows::each), knows_(settings.knows)
    {
    }

    [[nodiscard]] Rows rows() const override { return rows_; }

    void begin(std::ostream& /*out*/) override {}

    void write(std::ostream& out, const Interval& interval, nanoseconds offset) override
    {
        const std::string time = time_column(interval, offset);
        for (const Row& row : rows_of(interval, rows_)) {
            nlohmann::ordered_json object;
            for (const Column& column : columns_of(row, interval, time, knows_)) {
                object[column.name] = std::visit(json_of, column.value);
            }
            // A process name is bytes; JSON is UTF-8. In ASCII no name plays with
            // a terminal: JSON lets U+009B stand, which is an escape to it.
            out << object.dump(-1, ' ', true, nlohmann::ordered_json::error_handler_t::replace)
                << '\n';
        }
    }

private:
    Rows rows_;
    Knows knows_;
};

} // namespace

std::unique_ptr<Formatter> make_jsonl(const FormatSettings& settings)
{
    return std::make_unique<Jsonl>(settings);
}

} // namespace mp3prof
