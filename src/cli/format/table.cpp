// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/format.hpp"
#include "format/printable.hpp"
#include "format/units.hpp"
#include "rates/usage.hpp"

#include <fmt/compile.h>
#include <fmt/format.h>

namespace mp3prof
{

namespace
{

// pidstat's columns.
class Table : public Formatter
{
public:
    explicit Table(const FormatSettings& settings) : settings_(settings) {}

    [[nodiscard]] Rows rows() const override
    {
        return settings_.total_only ? Rows::only_sum : Rows::each;
    }

    void begin(std::ostream& out) override
    {
        add_header();
        send(out);
    }

    void write(std::ostream& out, const Interval& interval, nanoseconds offset) override
    {
        const std::string time = time_of_day(interval.end + offset);
        if (!settings_.total_only) {
            for (const Row& row : interval.rows) {
                add_row(row, interval.elapsed, time, fmt::format_int(row.last.pid).c_str(),
                        printable(row.last.comm));
            }
        }
        const std::size_t count = interval.processes;
        if (count > 1 || (settings_.total_only && count > 0)) {
            add_row(interval.total, interval.elapsed, time, "total",
                    fmt::format("({} {})", count, count == 1 ? "process" : "processes"));
        }
        send(out);
    }

private:
    void add_header()
    {
        fmt::format_to(std::back_inserter(text_),
                       "{:<12} {:>9} {:>9} {:>9} {:>7} {:>7} {:>7} {:>11} {:>11} {:>7}  {}\n",
                       "#Time", "PID", "minflt/s", "majflt/s", "%usr", "%system", "%CPU", "RSS",
                       "swap", "threads", "Command");
        lines_since_header_ = 1;
    }

    // With the widths of the header.
    void add_row(const Row& row, nanoseconds elapsed, const std::string& time, const char* pid,
                 const std::string& command)
    {
        // One line of the screen is left for the prompt.
        if (settings_.lines > 2 && lines_since_header_ + 1 >= settings_.lines) {
            add_header();
        }
        ++lines_since_header_;
        const Rates rates = rates_of(row.delta, elapsed);
        fmt::format_to(std::back_inserter(text_),
                       FMT_COMPILE("{:<12} {:>9} {:>9.2f} {:>9.2f} {:>7.2f} {:>7.2f} {:>7.2f} "
                                   "{:>11} {:>11} {:>7}  {}\n"),
                       time, pid, rates.minor_per_s, rates.major_per_s, rates.user_percent,
                       rates.system_percent, rates.cpu_percent, bytes(row.last.rss_bytes),
                       bytes(row.last.swap_bytes), row.last.threads, command);
    }

    void send(std::ostream& out)
    {
        out.write(text_.data(), static_cast<std::streamsize>(text_.size()));
        text_.clear();
    }

    [[nodiscard]] std::string bytes(std::uint64_t count) const
    {
        return settings_.human ? human_bytes(count) : std::to_string(count);
    }

    FormatSettings settings_;
    fmt::memory_buffer text_; // of one interval
    unsigned lines_since_header_ = 0;
};

} // namespace

std::unique_ptr<Formatter> make_table(const FormatSettings& settings)
{
    return std::make_unique<Table>(settings);
}

} // namespace mp3prof
