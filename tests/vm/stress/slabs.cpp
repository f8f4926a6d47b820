// SPDX-License-Identifier: GPL-2.0-or-later
#include "slabs.hpp"

#include "board.hpp"
#include "support/clock.hpp"
#include "support/status.hpp"

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <sstream>
#include <vector>

namespace stress
{

namespace
{

std::string slab_file(const char* cache, const char* file)
{
    return std::string{"/sys/kernel/slab/"} + cache + "/" + file;
}

// Objects in use. The caches that CPUs keep count as in use until shrunk; so
// does what KASAN holds in quarantine.
std::optional<long> active(const char* cache)
{
    guest::write_text(slab_file(cache, "shrink"), "1");
    std::istringstream lines{guest::read_text("/proc/slabinfo")};
    for (std::string line; std::getline(lines, line);) {
        std::istringstream words{line};
        std::string name;
        long objects = 0;
        if (words >> name >> objects && name == cache)
            return objects;
    }
    return std::nullopt;
}

// A cache that the kernel has merged with others counts theirs, too.
bool shared_with_others(const char* cache)
{
    const std::string aliases = guest::read_text(slab_file(cache, "aliases"));
    return !aliases.empty() && aliases != "0\n";
}

struct Population {
    long threads = 0;
    long processes = 0;
};

Population population()
{
    Population found;
    for (const auto& entry : std::filesystem::directory_iterator("/proc")) {
        const std::string name = entry.path().filename();
        if (std::isdigit(static_cast<unsigned char>(name[0])) == 0)
            continue;
        std::error_code gone; // it may end meanwhile
        for (auto thread = std::filesystem::directory_iterator(entry.path() / "task", gone);
             !gone && thread != std::filesystem::directory_iterator{}; thread.increment(gone))
            ++found.threads;
        ++found.processes;
    }
    return found;
}

std::optional<long> less(const std::optional<long>& objects, long known)
{
    return objects ? std::optional{*objects - known} : std::nullopt;
}

bool no_more(const std::optional<long>& now, const std::optional<long>& before)
{
    return !now || !before || *now <= *before;
}

std::string text(const std::optional<long>& value)
{
    return value ? std::to_string(*value) : "?";
}

} // namespace

Surplus surplus_now()
{
    const auto tasks = active("task_struct");
    const auto processes =
        shared_with_others("signal_cache") ? std::nullopt : active("signal_cache");
    const Population known = population();
    return {less(tasks, known.threads), less(processes, known.processes)};
}

// What most looks say: objects and threads are counted one after the other, and
// a thread that comes or goes between the two makes a look wrong, either way.
Surplus settled_surplus()
{
    constexpr std::size_t looks = 21;
    std::vector<std::optional<long>> tasks;
    std::vector<std::optional<long>> processes;
    while (tasks.size() < looks) {
        guest::sleep_until_ns(guest::now_ns() + 50'000'000);
        const Surplus now = surplus_now();
        tasks.push_back(now.tasks);
        processes.push_back(now.processes);
    }
    std::sort(tasks.begin(), tasks.end());
    std::sort(processes.begin(), processes.end());
    const Surplus usual{tasks[looks / 2], processes[looks / 2]};
    if (!usual.tasks)
        not_here("the number of task_struct objects (/proc/slabinfo)");
    if (!usual.processes)
        not_here("the number of signal_cache objects (boot with slab_nomerge)");
    return usual;
}

bool returns_to(const Surplus& before)
{
    Surplus now;
    const bool returned = guest::eventually([&] {
        now = surplus_now();
        return no_more(now.tasks, before.tasks) && no_more(now.processes, before.processes);
    });
    say("task_struct objects beyond threads: %s before, %s after; "
        "signal_cache beyond processes: %s before, %s after",
        text(before.tasks).c_str(), text(now.tasks).c_str(), text(before.processes).c_str(),
        text(now.processes).c_str());
    return returned;
}

} // namespace stress
