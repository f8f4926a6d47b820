// SPDX-License-Identifier: GPL-2.0-or-later
// The yardstick itself: a loop of two instructions, counted by the clock.
#include "support/clock.hpp"

#include "figure.hpp"
#include "parts.hpp"
#include "schedule.hpp"

namespace bench
{

static void loop(std::uint64_t times)
{
    asm volatile("1: dec %0\n\tjnz 1b" : "+r"(times));
}

void measure_clock(const Options&)
{
    constexpr std::uint64_t times = 10'000'000;
    const Directing directing;
    const std::uint64_t begin = guest::now_ns();
    loop(times);
    const double each = static_cast<double>(guest::now_ns() - begin) / (2.0 * times);
    figure("clock.ns_per_instruction", each);
    demand(each > 0.99 && each < 1.02, "this clock does not count instructions");
}

} // namespace bench
