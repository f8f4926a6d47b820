// SPDX-License-Identifier: GPL-2.0-or-later
// mp3-bench [--largest N] PART... - measures in a guest in virtual
// time, as root, with the module loaded. Prints lines for the host: "figure:
// KEY VALUE". Fails when a part could not be measured; the others are.
#include "parts.hpp"
#include "schedule.hpp"
#include "support/child.hpp"
#include "support/device.hpp"

#include <cstdio>
#include <cstdlib>
#include <map>
#include <string>

using Part = void (*)(const bench::Options&);

static const std::map<std::string, Part> parts{
    {"clock", bench::measure_clock},
    {"scale", bench::measure_scale},
    {"threads", bench::measure_threads},
    {"readers", bench::measure_readers},
    {"registration", bench::measure_registration},
    {"fork", bench::measure_fork},
    {"proc", bench::measure_proc},
    {"pidstat", bench::measure_pidstat},
    {"perf", bench::measure_perf},
    {"live", bench::measure_live},
    {"slowdown", bench::measure_slowdown},
    {"memory", bench::measure_memory},
    {"accuracy", bench::measure_accuracy},
    {"lateness", bench::measure_lateness},
    {"profile-active", bench::profile_active},
    {"profile-idle", bench::profile_idle},
    {"profile-monitor", bench::profile_monitor},
    {"profile-rows", bench::profile_rows},
};

static bool run(const std::string& name, const bench::Options& options)
{
    const auto part = parts.find(name);
    if (part == parts.end()) {
        std::printf("mp3-bench: no part %s\n", name.c_str());
        return false;
    }
    std::printf("mp3-bench: %s\n", name.c_str());
    std::fflush(stdout);
    const pid_t pid = guest::spawn([&] {
        part->second(options);
        return 0;
    });
    const bool measured = guest::reap(pid).exited_with(0);
    if (!measured)
        std::printf("mp3-bench: %s failed\n", name.c_str());
    guest::wait_for_standing_clock();
    return measured;
}

int main(int argc, char** argv)
{
    bench::Options options;
    int i = 1;
    for (; i < argc && argv[i][0] == '-'; ++i) {
        const std::string word{argv[i]};
        if (word == "--largest" && i + 1 < argc)
            options.largest = std::atoi(argv[++i]);
        else
            return 2;
    }
    if (!guest::prepare_node()) {
        std::printf("mp3-bench: the module is not loaded\n");
        return 2;
    }
    bench::lift_real_time_limit();
    bool all = true;
    for (; i < argc; ++i)
        all &= run(argv[i], options);
    return all ? 0 : 1;
}
