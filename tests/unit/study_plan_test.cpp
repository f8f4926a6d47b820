// SPDX-License-Identifier: GPL-2.0-or-later
#include "study/study_plan.hpp"

#include <doctest/doctest.h>

using namespace mp3prof;

namespace
{

constexpr std::uint64_t mib = 1 << 20;
constexpr std::uint64_t gib = 1 << 30;

Machine machine(std::uint64_t available, std::uint64_t swap)
{
    Machine machine;
    machine.cpus = 2;
    machine.memory = 16 * gib;
    machine.available = available;
    machine.swap_free = swap;
    return machine;
}

StudyWish wish(Experiment experiment, std::optional<std::uint64_t> memory = {})
{
    StudyWish wish;
    wish.experiment = experiment;
    wish.memory = memory;
    return wish;
}

std::string refusal(const StudyWish& wish, const Machine& machine)
{
    const auto plan = plan_study(wish, machine);
    return plan ? "" : plan.error().message;
}

} // namespace

TEST_CASE("meminfo is read")
{
    Machine machine;
    read_meminfo("MemTotal:       16384 kB\nMemFree: 1 kB\nMemAvailable:    8192 kB\n"
                 "SwapTotal:  99 kB\nSwapFree:        1024 kB\n",
                 machine);
    CHECK(machine.memory == 16 * mib);
    CHECK(machine.available == 8 * mib);
    CHECK(machine.swap_free == mib);
}

TEST_CASE("the memory is a GiB, or half of what is free")
{
    CHECK(plan_study(wish(Experiment::locality), machine(8 * gib, 0))->memory == gib);
    CHECK(plan_study(wish(Experiment::locality), machine(gib, 0))->memory == 512 * mib);
    CHECK(plan_study(wish(Experiment::locality, 100 * mib), machine(gib, 0))->memory == 100 * mib);
}

TEST_CASE("what does not go into memory is refused, with what mends it")
{
    CHECK(refusal(wish(Experiment::locality), machine(20 * mib, 0)) ==
          "cannot study here: only 20.0M of memory are free");
    CHECK(refusal(wish(Experiment::locality, 2 * gib), machine(gib, 0)) ==
          "cannot use 2.0G of memory: only 1.0G are free (take less: --memory)");
    CHECK(refusal(wish(Experiment::locality, mib), machine(gib, 0)) ==
          "1.0M of memory are too few: it takes 32.0M");
    StudyWish crowd = wish(Experiment::multiprogramming, 64 * mib);
    crowd.levels = {1, 100};
    CHECK(refusal(crowd, machine(gib, 0)).find("100 processes do not go into 64.0M") == 0);
    crowd.levels = {2000};
    CHECK(refusal(crowd, machine(gib, 0)).find("are more than 1000") != std::string::npos);
    crowd.levels = {0};
    CHECK(refusal(crowd, machine(gib, 0)) == "a level is at least 1 process");
}

TEST_CASE("levels of multiprogramming fit into memory together")
{
    const auto plan = plan_study(wish(Experiment::multiprogramming), machine(8 * gib, 0));
    REQUIRE(plan);
    REQUIRE(plan->groups.size() == 3);
    CHECK(plan->groups.back().processes == 11);
    CHECK(plan->groups.back().load.size * 11 < gib * 7 / 10);
    CHECK(plan->swap == 0);
    CHECK(plan->file_bytes() == 0);

    StudyWish without_one = wish(Experiment::multiprogramming);
    without_one.levels = {5, 11};
    const auto whole = plan_study(without_one, machine(8 * gib, 0));
    REQUIRE(whole);
    CHECK(whole->groups.front().processes == 1); // the others are held against it
}

TEST_CASE("thrashing wants twice the memory, from swap or from files")
{
    const auto swapped = plan_study(wish(Experiment::thrashing), machine(8 * gib, 4 * gib));
    REQUIRE(swapped);
    CHECK(swapped->groups.front().load.size < gib); // one alone fits
    CHECK(swapped->groups.back().load.size * 11 > gib * 19 / 10);
    CHECK(swapped->swap == 4 * gib);

    const std::string none = refusal(wish(Experiment::thrashing), machine(8 * gib, 0));
    CHECK(none.find("cannot thrash: ") == 0);
    CHECK(none.find("there is none of free swap") != std::string::npos);
    CHECK(none.find("fallocate -l 2G /swapfile") != std::string::npos);
    CHECK(none.find("--backing file") != std::string::npos);
    CHECK(refusal(wish(Experiment::thrashing), machine(8 * gib, 100 * mib)).find("only 100.0M") !=
          std::string::npos);

    StudyWish files = wish(Experiment::thrashing);
    files.backing = Backing::file;
    const auto filed = plan_study(files, machine(8 * gib, 0));
    REQUIRE(filed);
    CHECK(filed->file_bytes() == 11 * filed->groups.back().load.size);
}

TEST_CASE("locality has each pattern with more and more accesses")
{
    const auto plan = plan_study(wish(Experiment::locality), machine(8 * gib, 0));
    REQUIRE(plan);
    CHECK(plan->groups.size() == 25);
    for (const Group& group : plan->groups) {
        CHECK(group.processes == 1);
        CHECK(check_pattern(group.pattern, group.load.size, 4096));
        CHECK(group.load.accesses > 0);
    }
}
