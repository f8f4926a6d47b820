// SPDX-License-Identifier: GPL-2.0-or-later
#include "support/figures.hpp"

#include "support/load.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>

namespace guest
{

constexpr long long one_millisecond = 1'000'000;

static std::map<std::string, long long>& noted()
{
    static std::map<std::string, long long> values;
    return values;
}

void note_largest(const std::string& name, long long value)
{
    auto& largest = noted()[name];
    largest = std::max(largest, value);
}

void note(const std::string& name, long long value)
{
    noted()[name] = value;
}

static void check_faults(const mp3_record& record, const rusage& usage)
{
    CHECK(static_cast<long>(record.min_flt) == usage.ru_minflt);
    CHECK(static_cast<long>(record.maj_flt) == usage.ru_majflt);
    note_largest("largest_minflt_difference",
                 std::labs(static_cast<long>(record.min_flt) - usage.ru_minflt));
    note_largest("largest_majflt_difference",
                 std::labs(static_cast<long>(record.maj_flt) - usage.ru_majflt));
}

void check_final(const mp3_record& record, const rusage& usage)
{
    check_faults(record, usage);
    const long long cpu_difference =
        std::llabs(static_cast<long long>(record.cpu_ns) - cpu_ns(usage));
    CAPTURE(record.cpu_ns);
    CAPTURE(cpu_ns(usage));
    CHECK(cpu_difference <= one_millisecond);
    note_largest("largest_cpu_difference_ns", cpu_difference);
}

void check_final_of_early_wait(const mp3_record& record, const rusage& usage)
{
    check_faults(record, usage);
    const long long beyond = static_cast<long long>(record.cpu_ns) - cpu_ns(usage);
    CAPTURE(record.cpu_ns);
    CAPTURE(cpu_ns(usage));
    CHECK(beyond >= -one_millisecond);
    note_largest("largest_cpu_beyond_early_wait_ns", beyond);
}

void print_figures()
{
    if (noted().empty())
        return;
    std::printf("figures:");
    for (const auto& [name, value] : noted())
        std::printf(" %s=%lld", name.c_str(), value);
    std::printf("\n");
    std::fflush(stdout);
}

} // namespace guest
