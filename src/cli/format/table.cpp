// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/format.hpp"
#include "format/printable.hpp"
#include "format/units.hpp"
#include "rates/usage.hpp"

#include <fmt/format.h>

namespace mp3prof
{

namespace
{

// One row; the header is set with the same widths.
constexpr const char* header_layout =
    "{:<12} {:>9} {:>9} {:>9} {:>7} {:>7} {:>7} {:>11} {:>11} {:>7}  {}\n";
constexpr const char* row_layout =
    "{:<12} {:>9} {:>9.2f} {:>9.2f} {:>7.2f} {:>7.2f} {:>7.2f} {:>11} {:>11} {:>7}  {}\n";

// pidstat's columns.
class Table : public Formatter
{
public:
    explicit Table(const FormatSettings& settings) : settings_(settings) {}

    void begin(std::ostream& out) override { write_header(out); }

    void write(std::ostream& out, const Interval& interval, nanoseconds offset) override
    {
        const std::size_t count = interval.rows.size();
        if (!settings_.total_only) {
            for (const Row& row : interval.rows) {
                write_row(out, row, interval, offset, std::to_string(row.last.pid),
                          printable(row.last.comm));
            }
        }
        if (count > 1 || (settings_.total_only && count > 0)) {
            write_row(out, interval.total, interval, offset, "total",
                      fmt::format("({} {})", count, count == 1 ? "process" : "processes"));
        }
    }

private:
    void write_header(std::ostream& out)
    {
        out << fmt::format(header_layout, "#Time", "PID", "minflt/s", "majflt/s", "%usr", "%system",
                           "%CPU", "RSS", "swap", "threads", "Command");
        lines_since_header_ = 1;
    }

    void write_row(std::ostream& out, const Row& row, const Interval& interval, nanoseconds offset,
                   const std::string& pid, const std::string& command)
    {
        // One line of the screen is left for the prompt.
        if (settings_.lines > 2 && lines_since_header_ + 1 >= settings_.lines) {
            write_header(out);
        }
        ++lines_since_header_;
        const Rates rates = rates_of(row.delta, interval.elapsed);
        out << fmt::format(row_layout, time_of_day(interval.end + offset), pid, rates.minor_per_s,
                           rates.major_per_s, rates.user_percent, rates.system_percent,
                           rates.cpu_percent, bytes(row.last.rss_bytes), bytes(row.last.swap_bytes),
                           row.last.threads, command);
    }

    [[nodiscard]] std::string bytes(std::uint64_t count) const
    {
        return settings_.human ? human_bytes(count) : std::to_string(count);
    }

    FormatSettings settings_;
    unsigned lines_since_header_ = 0;
};

} // namespace

std::unique_ptr<Formatter> make_table(const FormatSettings& settings)
{
    return std::make_unique<Table>(settings);
}

} // namespace mp3prof
