// SPDX-License-Identifier: GPL-2.0-or-later
#include "study/study_plan.hpp"

#include "format/units.hpp"

#include <algorithm>
#include <array>
#include <fstream>
#include <sstream>
#include <thread>

#include <sys/utsname.h>
#include <unistd.h>

namespace mp3prof
{

namespace
{

constexpr std::uint64_t mib = std::uint64_t{1} << 20;
constexpr std::uint64_t gib = std::uint64_t{1} << 30;
constexpr std::uint64_t least_memory = 32 * mib;
constexpr std::uint64_t most_processes = 1000;
// Programs, page tables and the like of each workload, beside what it touches.
constexpr std::uint64_t overhead = 2 * mib;

std::uint64_t whole_mib(std::uint64_t bytes)
{
    return std::max<std::uint64_t>(bytes / mib, 1) * mib;
}

Result<std::uint64_t> choose_memory(const StudyWish& wish, const Machine& machine)
{
    if (!wish.memory) {
        const std::uint64_t half = whole_mib(machine.available / 2);
        if (half < least_memory) {
            return fail("cannot study here: only {} of memory are free",
                        human_bytes(machine.available));
        }
        return std::min(gib, half);
    }
    if (*wish.memory < least_memory) {
        return fail("{} of memory are too few: it takes {}", human_bytes(*wish.memory),
                    human_bytes(least_memory));
    }
    if (*wish.memory > machine.available) {
        return fail("cannot use {} of memory: only {} are free (take less: --memory)",
                    human_bytes(*wish.memory), human_bytes(machine.available));
    }
    return *wish.memory;
}

// `turns` accesses for each page, in so many iterations.
Load load_of(std::uint64_t size, double turns, std::uint64_t iterations, std::uint64_t page)
{
    Load load;
    load.size = size;
    load.page = load.unit = page;
    load.iterations = iterations;
    load.accesses = std::max<std::uint64_t>(
        static_cast<std::uint64_t>(turns * static_cast<double>(size / page)) / iterations, 1);
    return load;
}

std::vector<Group> locality_groups(std::uint64_t memory, const Machine& machine)
{
    constexpr std::array<double, 5> turns = {0.25, 0.5, 1, 2, 4};
    const std::uint64_t size = whole_mib(memory / 2);
    const std::uint64_t window = std::max<std::uint64_t>(size / 8 / mib, 1) * mib;
    std::vector<Group> groups;
    for (const Pattern& pattern :
         {Pattern{Walk::random, 0, 0}, Pattern{Walk::zipf, 0, 1}, Pattern{Walk::local, 0, 0},
          Pattern{Walk::window, window, 0}, Pattern{Walk::seq, 0, 0}}) {
        for (const double turn : turns) {
            groups.push_back({1, pattern, load_of(size, turn, 4, machine.page), {}});
        }
    }
    return groups;
}

// N workloads of a size, of which the most have `share` of the memory together.
std::vector<Group> level_groups(const StudyWish& wish, double share, std::uint64_t memory,
                                double turns, const Machine& machine)
{
    const std::uint64_t most = std::ranges::max(wish.levels);
    std::vector<std::uint64_t> levels = wish.levels;
    if (std::ranges::count(levels, 1U) == 0) {
        levels.insert(levels.begin(), 1); // what the others are held against
    }
    const std::uint64_t size =
        whole_mib(static_cast<std::uint64_t>(share * static_cast<double>(memory)) / most);
    std::vector<Group> groups;
    for (const std::uint64_t level : levels) {
        groups.push_back(
            {level, {}, load_of(size, turns, 20, machine.page), std::chrono::milliseconds(100)});
    }
    return groups;
}

Status check_levels(const std::vector<std::uint64_t>& levels, std::uint64_t memory)
{
    if (levels.empty() || std::ranges::min(levels) == 0) {
        return fail("a level is at least 1 process");
    }
    const std::uint64_t most = std::ranges::max(levels);
    if (most > most_processes) {
        return fail("{} processes at a time are more than {}", most, most_processes);
    }
    if (most * 2 * overhead > memory) {
        return fail("{} processes do not go into {} of memory (take more, or fewer: --memory, -L)",
                    most, human_bytes(memory));
    }
    return {};
}

// What must go out of memory when most run, and a little more.
Status check_swap(const StudyPlan& plan, const Machine& machine)
{
    std::uint64_t most = 0;
    for (const Group& group : plan.groups) {
        most = std::max(most, group.processes * (group.load.size + overhead));
    }
    const std::uint64_t needed = most > plan.memory ? most - plan.memory : 0;
    if (machine.swap_free >= needed) {
        return {};
    }
    const std::uint64_t missing = (needed + gib - 1) / gib;
    return fail("cannot thrash: {} must be swapped, and there is {} of free swap (sudo fallocate "
                "-l {}G /swapfile && sudo chmod 600 /swapfile && sudo mkswap /swapfile && sudo "
                "swapon /swapfile; or thrash on files, which needs none: --backing file)",
                human_bytes(needed),
                machine.swap_free == 0 ? "none" : "only " + human_bytes(machine.swap_free),
                missing);
}

} // namespace

std::string experiment_name(Experiment experiment)
{
    switch (experiment) {
    case Experiment::locality:
        return "locality";
    case Experiment::multiprogramming:
        return "multiprogramming";
    case Experiment::thrashing:
        break;
    }
    return "thrashing";
}

void read_meminfo(std::string_view text, Machine& machine)
{
    std::istringstream lines{std::string(text)};
    for (std::string line; std::getline(lines, line);) {
        std::istringstream words(line);
        std::string name;
        std::uint64_t kib = 0;
        words >> name >> kib;
        if (name == "MemTotal:") {
            machine.memory = kib * 1024;
        } else if (name == "MemAvailable:") {
            machine.available = kib * 1024;
        } else if (name == "SwapFree:") {
            machine.swap_free = kib * 1024;
        }
    }
}

Machine this_machine()
{
    Machine machine;
    utsname names{};
    ::uname(&names);
    machine.host = names.nodename;
    machine.kernel = fmt::format("{} {} {}", names.sysname, names.release, names.machine);
    machine.cpus = std::max(std::thread::hardware_concurrency(), 1U);
    machine.page = static_cast<std::uint64_t>(::sysconf(_SC_PAGESIZE));
    std::ostringstream text;
    text << std::ifstream("/proc/meminfo").rdbuf();
    read_meminfo(text.str(), machine);
    return machine;
}

std::uint64_t StudyPlan::file_bytes() const
{
    std::uint64_t most = 0;
    for (const Group& group : groups) {
        most = std::max(most, group.processes * group.load.size);
    }
    return backing == Backing::file ? most : 0;
}

Result<StudyPlan> plan_study(const StudyWish& wish, const Machine& machine)
{
    StudyPlan plan;
    plan.experiment = wish.experiment;
    plan.backing = wish.backing;
    TRY_ASSIGN(plan.memory, choose_memory(wish, machine));
    switch (wish.experiment) {
    case Experiment::locality:
        plan.groups = locality_groups(plan.memory, machine);
        plan.interval = std::chrono::milliseconds(10); // they live for a moment only
        return plan;
    case Experiment::multiprogramming:
        TRY(check_levels(wish.levels, plan.memory));
        plan.groups = level_groups(wish, 0.6, plan.memory, 4, machine);
        return plan;
    case Experiment::thrashing:
        break;
    }
    TRY(check_levels(wish.levels, plan.memory));
    plan.groups = level_groups(wish, 2, plan.memory, 2, machine);
    if (plan.backing == Backing::swap) {
        plan.swap = machine.swap_free;
        TRY(check_swap(plan, machine));
    }
    return plan;
}

} // namespace mp3prof
