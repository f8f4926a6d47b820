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
        const std::string time = fmt::format(
            "{:<12}", offset == nanoseconds::zero() ? "-" : time_of_day(interval.end + offset));
        if (!settings_.total_only) {
            for (const Row& row : interval.rows) {
                if (settings_.knows.details) {
                    begin_row(time, row.last.pid);
                } else {
                    begin_row(time, "-");
                }
                add_figures(row, interval.elapsed, printable(row.last.comm));
            }
        }
        const std::size_t count = interval.processes;
        if (count > 1 || (settings_.total_only && count > 0)) {
            begin_row(time, "total");
            add_figures(interval.total, interval.elapsed,
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

    // This and the next with the widths of the header. Numbers are laid out as
    // numbers: the width of a text takes longer to find than its digits.
    template <class Pid>
    void begin_row(const std::string& time, const Pid& pid)
    {
        // One line of the screen is left for the prompt.
        if (settings_.lines > 2 && lines_since_header_ + 1 >= settings_.lines) {
            add_header();
        }
        ++lines_since_header_;
        text_.append(time);
        fmt::format_to(std::back_inserter(text_), FMT_COMPILE(" {:>9}"), pid);
    }

    void add_figures(const Row& row, nanoseconds elapsed, const std::string& command)
    {
        const Rates rates = rates_of(row.delta, elapsed);
        if (!settings_.knows.details) {
            fmt::format_to(std::back_inserter(text_),
                           " {:>9.2f} {:>9.2f} {:>7} {:>7} {:>7.2f} {:>11} {:>11} {:>7}  {}\n",
                           rates.minor_per_s, rates.major_per_s, "-", "-", rates.cpu_percent, "-",
                           "-", "-", command);
            return;
        }
        fmt::format_to(std::back_inserter(text_),
                       FMT_COMPILE(" {:>9.2f} {:>9.2f} {:>7.2f} {:>7.2f} {:>7.2f}"),
                       rates.minor_per_s, rates.major_per_s, rates.user_percent,
                       rates.system_percent, rates.cpu_percent);
        add_bytes(row.last.rss_bytes);
        add_bytes(row.last.swap_bytes);
        fmt::format_to(std::back_inserter(text_), FMT_COMPILE(" {:>7}  {}\n"), row.last.threads,
                       command);
    }

    void add_bytes(std::uint64_t count)
    {
        if (settings_.human) {
            fmt::format_to(std::back_inserter(text_), FMT_COMPILE(" {:>11}"), human_bytes(count));
        } else {
            fmt::format_to(std::back_inserter(text_), FMT_COMPILE(" {:>11}"), count);
        }
    }

    void send(std::ostream& out)
    {
        out.write(text_.data(), static_cast<std::streamsize>(text_.size()));
        text_.clear();
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
