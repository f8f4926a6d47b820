// SPDX-License-Identifier: GPL-2.0-or-later
#include "stage.hpp"

#include "figure.hpp"
#include "schedule.hpp"

#include <string>
#include <vector>

namespace bench
{

Stage::Stage() : device_{guest::open_device()}, map_{device_.get()}
{
    demand(map_.valid(), "there is no ring");
    demand(sampler_.found() && sampler_.by_schedstat().has_value(),
           "the sampler's thread is not to be seen");
    last_ = now();
}

Tick Stage::now() const
{
    return {sampler_ns(), map_.head(), map_.figures().tick};
}

void Stage::settle()
{
    wait_asleep(sampler_.pid());
    while (guest::readable(device_.get(), 0))
        guest::read_ticks(device_.get());
    last_ = now();
}

Tick Stage::next_tick()
{
    demand(guest::read_ticks(device_.get()) > 0, "no tick comes");
    wait_asleep(sampler_.pid()); // or its time is not accounted yet
    const Tick moment = now();
    const Tick since{moment.sampler_ns - last_.sampler_ns, moment.records - last_.records,
                     moment.ticks - last_.ticks};
    last_ = moment;
    return since;
}

std::uint64_t Stage::cost(std::uint64_t records, const std::function<void()>& prepare, int count)
{
    std::vector<std::uint64_t> taken;
    for (int tries = 0; static_cast<int>(taken.size()) < count; ++tries) {
        demand(tries < 10 * count, "no tick has " + std::to_string(records) + " records");
        settle();
        prepare();
        const Tick tick = next_tick();
        if (tick.ticks == 1 && tick.records == records)
            taken.push_back(tick.sampler_ns);
    }
    return median(taken);
}

} // namespace bench
