// SPDX-License-Identifier: GPL-2.0-or-later
// Ticks to be counted by function: prints where the kernel's functions are, and
// says to the emulator when to count.
#include "command.hpp"
#include "figure.hpp"
#include "parts.hpp"
#include "schedule.hpp"
#include "stage.hpp"
#include "support/status.hpp"
#include "troupe.hpp"

#include <cstdio>

namespace bench
{

constexpr int processes = 1'000;
constexpr int ticks = 10;

static void start_counting()
{
    asm volatile(".byte 0x0f, 0x1f, 0x84, 0x00, 0x01, 'p', 'm', '3'");
}

static void stop_counting()
{
    asm volatile(".byte 0x0f, 0x1f, 0x84, 0x00, 0x02, 'p', 'm', '3'");
}

// The actors run uncounted, in the first half of the interval.
static void count_ticks(bool active)
{
    Stage stage;
    Troupe troupe{processes};
    troupe.register_all();
    const Directing directing;
    for (int i = 0; i < 3; ++i)
        stage.next_tick();
    for (int i = 0; i < ticks; ++i) {
        stage.settle();
        if (active) {
            troupe.act(processes);
            sleep_ns(25'000'000);
        }
        start_counting();
        stage.next_tick();
        stop_counting();
    }
    std::fputs(guest::read_text("/proc/kallsyms").c_str(), stdout);
}

// A monitor, all of whose processes act. Where it lies in memory is printed.
static void count_monitor(const Words& words)
{
    Stage stage;
    Troupe troupe{processes};
    troupe.register_all();
    const pid_t monitor = start(words);
    const Directing directing;
    for (int i = 0; i < 10 + ticks; ++i) {
        stage.settle();
        troupe.act(processes);
        sleep_ns(25'000'000);
        if (i >= 10) // it has started, and read what the ring held
            start_counting();
        stage.next_tick();
        wait_asleep(monitor);
        stop_counting();
    }
    std::fputs(guest::read_text("/proc/kallsyms").c_str(), stdout);
    std::fputs(guest::read_text("/proc/" + std::to_string(monitor) + "/maps").c_str(), stdout);
    end(monitor);
}

void profile_monitor(const Options&)
{
    count_monitor({tool, "monitor", "--interval", "50ms", "--total"});
}

void profile_rows(const Options&)
{
    count_monitor({tool, "monitor", "--interval", "50ms"});
}

void profile_active(const Options&)
{
    count_ticks(true);
}

void profile_idle(const Options&)
{
    count_ticks(false);
}

} // namespace bench
