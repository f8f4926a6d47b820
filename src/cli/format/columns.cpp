// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/columns.hpp"

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

ColumnValue known(std::uint64_t value, bool is_known)
{
    return is_known ? ColumnValue(value) : ColumnValue();
}

} // namespace

std::vector<Column> columns_of(const Row& row, const Interval& interval, std::string_view time,
                               const Knows& knows)
{
    const Sample& last = row.last;
    const Rates rates = rates_of(row.delta, interval.elapsed);
    return {
        {"time", time},
        {"monotonic_ns", std::int64_t{interval.end.count()}},
        {"elapsed_ns", std::int64_t{interval.elapsed.count()}},
        {"pid", std::int64_t{last.pid}},
        {"ppid", std::int64_t{last.ppid}},
        {"uid", std::uint64_t{last.uid}},
        {"start_ns", std::int64_t{last.start.count()}},
        {"comm", std::string_view(last.comm)},
        {"first", row.stage.first},
        {"final", row.stage.final},
        {"exited", row.stage.exited},
        {"followed", row.stage.followed},
        {"minflt", row.delta.minor_faults},
        {"majflt", row.delta.major_faults},
        {"cpu_ns", row.delta.cpu_ns},
        {"user_ns", row.delta.user_ns},
        {"system_ns", row.delta.system_ns()},
        {"nvcsw", known(row.delta.voluntary_switches, knows.switches)},
        {"nivcsw", known(row.delta.involuntary_switches, knows.switches)},
        {"minflt_per_s", rounded(rates.minor_per_s)},
        {"majflt_per_s", rounded(rates.major_per_s)},
        {"user_percent", rounded(rates.user_percent)},
        {"system_percent", rounded(rates.system_percent)},
        {"cpu_percent", rounded(rates.cpu_percent)},
        {"total_minflt", row.total.minor_faults},
        {"total_majflt", row.total.major_faults},
        {"total_cpu_ns", row.total.cpu_ns},
        {"total_user_ns", row.total.user_ns},
        {"total_system_ns", row.total.system_ns()},
        {"rss_bytes", last.rss_bytes},
        {"swap_bytes", last.swap_bytes},
        {"threads", std::uint64_t{last.threads}},
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
