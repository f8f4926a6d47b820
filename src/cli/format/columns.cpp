// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/columns.hpp"

#include "format/units.hpp"

#include <cmath>

namespace mp3prof
{

namespace
{

// Three digits are all that a rate over milliseconds is worth.
double rounded(double value)
{
    return std::round(value * 1000) / 1000;
}

template <class Number>
ColumnValue known(Number value, bool is_known)
{
    return is_known ? ColumnValue(value) : ColumnValue();
}

} // namespace

std::string time_column(const Interval& interval, nanoseconds offset)
{
    return offset == nanoseconds::zero() ? "" : iso_time(interval.end + offset);
}

std::vector<Column> columns_of(const Row& row, const Interval& interval, std::string_view time,
                               const Knows& knows)
{
    const Sample& last = row.last;
    const Rates rates = rates_of(row.delta, interval.elapsed);
    return {
        {"time", known(time, !time.empty())},
        {"monotonic_ns", std::int64_t{interval.end.count()}},
        {"elapsed_ns", std::int64_t{interval.elapsed.count()}},
        {"pid", known(std::int64_t{last.pid}, knows.details)},
        {"ppid", known(std::int64_t{last.ppid}, knows.details)},
        {"uid", known(std::uint64_t{last.uid}, knows.details)},
        {"start_ns", std::int64_t{last.start.count()}},
        {"comm", std::string_view(last.comm)},
        {"first", row.stage.first},
        {"final", row.stage.final},
        {"exited", row.stage.exited},
        {"followed", row.stage.followed},
        {"minflt", row.delta.minor_faults},
        {"majflt", row.delta.major_faults},
        {"cpu_ns", row.delta.cpu_ns},
        {"user_ns", known(row.delta.user_ns, knows.details)},
        {"system_ns", known(row.delta.system_ns(), knows.details)},
        {"nvcsw", known(row.delta.voluntary_switches, knows.switches)},
        {"nivcsw", known(row.delta.involuntary_switches, knows.switches)},
        {"minflt_per_s", rounded(rates.minor_per_s)},
        {"majflt_per_s", rounded(rates.major_per_s)},
        {"user_percent", known(rounded(rates.user_percent), knows.details)},
        {"system_percent", known(rounded(rates.system_percent), knows.details)},
        {"cpu_percent", rounded(rates.cpu_percent)},
        {"total_minflt", row.total.minor_faults},
        {"total_majflt", row.total.major_faults},
        {"total_cpu_ns", row.total.cpu_ns},
        {"total_user_ns", known(row.total.user_ns, knows.details)},
        {"total_system_ns", known(row.total.system_ns(), knows.details)},
        {"rss_bytes", known(last.rss_bytes, knows.details)},
        {"swap_bytes", known(last.swap_bytes, knows.details)},
        {"threads", known(std::uint64_t{last.threads}, knows.details)},
    };
}

std::span<const Row> rows_of(const Interval& interval, Rows rows)
{
    if (rows == Rows::each) {
        return interval.rows;
    }
    return {&interval.total, interval.processes > 0 ? std::size_t{1} : 0};
}

} // namespace mp3prof
