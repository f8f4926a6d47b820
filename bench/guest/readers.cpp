// SPDX-License-Identifier: GPL-2.0-or-later
// More readers of one ring: those that wait for ticks, those that only map it,
// and what the kernel takes to wake somebody at all.
#include "figure.hpp"
#include "parts.hpp"
#include "schedule.hpp"
#include "stage.hpp"
#include "support/child.hpp"
#include "support/clock.hpp"
#include "troupe.hpp"

#include <memory>
#include <string>
#include <vector>

namespace bench
{

namespace
{

constexpr int most = 64;

int wait_for_ticks()
{
    const guest::Fd fd = guest::open_device();
    const guest::RingMap map{fd.get()};
    while (guest::readable(fd.get(), -1))
        guest::read_ticks(fd.get());
    return 1;
}

int only_map()
{
    const guest::Fd fd = guest::open_device();
    const guest::RingMap map{fd.get()};
    guest::sleep_for_ever();
}

std::uint64_t cost_with(Stage& stage, int readers, int (*body)())
{
    std::vector<std::unique_ptr<guest::Child>> all;
    for (int i = 0; i < readers; ++i)
        all.push_back(std::make_unique<guest::Child>(body));
    const Directing directing;
    for (int i = 0; i < 5; ++i)
        stage.next_tick();
    return stage.cost(0, [] {});
}

double more(std::uint64_t many, std::uint64_t none)
{
    return static_cast<double>(many) - static_cast<double>(none);
}

// One that waits in poll() for a pipe: what waking it takes of who wakes.
double cost_of_a_wake_up()
{
    const guest::Gate gate;
    guest::Child child{[&]() -> int {
        for (;;)
            gate.wait();
    }};
    const Directing directing; // it does not run in between
    std::vector<std::uint64_t> asleep;
    std::vector<std::uint64_t> awake;
    for (int i = 0; i < 9; ++i) {
        sleep_ns(5'000'000);
        const std::uint64_t begin = guest::now_ns();
        gate.open();
        const std::uint64_t middle = guest::now_ns();
        gate.open();
        asleep.push_back(middle - begin);
        awake.push_back(guest::now_ns() - middle);
    }
    return more(median(asleep), median(awake));
}

} // namespace

void measure_readers(const Options&)
{
    Stage stage;
    Troupe troupe{1};
    troupe.register_all();
    const std::uint64_t none = cost_with(stage, 0, wait_for_ticks);
    for (const int readers : {1, 2, 8, most})
        figure("reader.waits." + std::to_string(readers),
               more(cost_with(stage, readers, wait_for_ticks), none) / readers);
    figure("reader.maps." + std::to_string(most),
           more(cost_with(stage, most, only_map), none) / most);
    figure("wake_up", cost_of_a_wake_up());
}

} // namespace bench
