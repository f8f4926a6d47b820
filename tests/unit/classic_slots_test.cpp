// SPDX-License-Identifier: GPL-2.0-or-later
#include "recording/classic_slots.hpp"

#include <doctest/doctest.h>

using namespace mp3prof;
using namespace std::chrono_literals;

namespace
{

std::vector<ClassicSlot> slots_of(std::string_view text)
{
    const Result<ClassicOutput> output = parse_classic(text);
    REQUIRE(output);
    return output->slots;
}

std::string error_of(std::string_view text)
{
    const Result<ClassicOutput> output = parse_classic(text);
    REQUIRE_FALSE(output);
    return output.error().message;
}

// A slot every `step` jiffies, each with this CPU time.
std::vector<ClassicSlot> steps_of(std::uint64_t step, std::uint64_t cpu = 5)
{
    std::vector<ClassicSlot> slots;
    for (std::uint64_t at = 0; at < 5; ++at) {
        slots.push_back({.jiffies = 4'300'000'000 + at * step,
                         .minor_faults = 0,
                         .major_faults = 0,
                         .cpu = cpu});
    }
    return slots;
}

} // namespace

TEST_CASE("the exercise's output is read")
{
    const auto slots = slots_of("4300073608 30121 0 15\n4300073621 19405 2 8\n");
    REQUIRE(slots.size() == 2);
    CHECK(slots[0].jiffies == 4'300'073'608);
    CHECK(slots[0].minor_faults == 30121);
    CHECK(slots[1].major_faults == 2);
    CHECK(slots[1].cpu == 8);
    CHECK(slots_of("\n 1\t2,3 , 4 \r\n\n5 6 7 8").size() == 2);
}

TEST_CASE("a wrapped circle is put in order, and unused slots are passed over")
{
    const Result<ClassicOutput> output =
        parse_classic("30 3 0 0\n40 4 0 0\n-1 -1 -1 -1\n10 1 0 0\n20 2 0 0\n");
    REQUIRE(output);
    CHECK(output->sorted);
    CHECK(output->unused == 1);
    REQUIRE(output->slots.size() == 4);
    CHECK(output->slots[0].minor_faults == 1);
    CHECK(output->slots[3].minor_faults == 4);
    CHECK_FALSE(parse_classic("10 1 0 0\n20 2 0 0\n")->sorted);
}

TEST_CASE("a line that is none is named")
{
    CHECK(error_of("1 2 3 4\n1 2 3\n").starts_with("line 2 is not four whole numbers"));
    CHECK(error_of("1 2 3 4 5\n").starts_with("line 1 "));
    CHECK(error_of("1 2 3 4x\n").starts_with("line 1 "));
    CHECK(error_of("1 2 3 4.5\n").starts_with("line 1 "));
    CHECK(error_of("time,pid\n").starts_with("line 1 "));
    CHECK(error_of("1 -2 3 4\n") == "line 1: -2 cannot be right");
    CHECK(error_of("1 2 3 9223372036854775807\n") == "line 1: 9223372036854775807 cannot be right");
    CHECK(error_of("") == "there is no slot in it");
    CHECK(error_of("-1 -1 -1 -1\n") == "there is no slot in it");
}

TEST_CASE("HZ is found by the jiffies of 50 ms")
{
    for (const auto& [step, hz] : {std::pair{5U, 100U},
                                   {6U, 100U},
                                   {12U, 250U},
                                   {13U, 250U},
                                   {14U, 250U},
                                   {15U, 300U},
                                   {16U, 300U},
                                   {50U, 1000U},
                                   {51U, 1000U},
                                   {53U, 1000U}}) {
        CAPTURE(step);
        CHECK(guess_units(steps_of(step)).hz == hz);
    }
    // Gaps between runs are longer, and do not count.
    auto slots = steps_of(13);
    slots.push_back({.jiffies = 4'300'100'000});
    CHECK(guess_units(slots).step == 13);
    CHECK(guess_units(steps_of(13)).cpu == CpuUnit::jiffies);
    CHECK(guess_units(slots_of("1 2 3 4")).step == 0);
}

TEST_CASE("CPU time in nanoseconds is told by its size")
{
    CHECK(guess_units(steps_of(13, 13 * 64)).cpu == CpuUnit::jiffies);       // 64 CPUs, all busy
    CHECK(guess_units(steps_of(13, 1'000'000)).cpu == CpuUnit::nanoseconds); // 2 % of one
}

TEST_CASE("jiffies begin five minutes before 2^32, or at 0")
{
    constexpr std::uint64_t start = (std::uint64_t{1} << 32) - 300 * 250;
    CHECK(time_of_jiffies(start, start, 250) == 0s);
    CHECK(time_of_jiffies(std::uint64_t{1} << 32, start, 250) == 300s);
    CHECK(time_of_jiffies(4'300'073'608, 4'300'073'608, 250) == 20'725'248ms);
    CHECK(time_of_jiffies(125, 1, 250) == 500ms);
    CHECK(time_of_jiffies(start, 125, 250) > time_of_jiffies(start - 1, 125, 250));
    CHECK(time_of_jiffies(std::uint64_t{1} << 43, 1, 250) <=
          time_of_jiffies((std::uint64_t{1} << 43) + 50, 1, 250));
}

TEST_CASE("slots become the records of one process, with totals that add up")
{
    const auto slots = slots_of("4300073608 30121 1 15\n4300073621 19405 2 8\n");
    const auto entries = classic_entries(slots, guess_units(slots));
    REQUIRE(entries.size() == 5);
    const auto& figures = std::get<RecordedFigures>(entries[0]);
    CHECK(figures.figures.interval == 50ms);
    CHECK(figures.time == 20'725'198ms);
    const auto& begin = std::get<Sample>(entries[1]);
    CHECK(begin.time == 20'725'248ms);
    CHECK(begin.stage == Stage{.first = true});
    CHECK(begin.minor_faults == 30121);
    CHECK(begin.comm == "total");
    const auto& last = std::get<Sample>(entries[2]);
    CHECK(last.time == 20'725'300ms);
    CHECK(last.stage == Stage{.final = true});
    CHECK(last.minor_faults == 49526);
    CHECK(last.major_faults == 3);
    CHECK(last.cpu_ns == 23 * 4'000'000);
    CHECK(std::get<RecordingEnd>(entries[4]).time == last.time);
}
