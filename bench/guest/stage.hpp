// SPDX-License-Identifier: GPL-2.0-or-later
// The device, its ring and the sampler's thread: what a tick costs.
#pragma once

#include "support/device.hpp"
#include "support/ring.hpp"
#include "support/sampler.hpp"

#include <cstdint>
#include <functional>

namespace bench
{

struct Tick {
    std::uint64_t sampler_ns = 0; // what the sampler's thread took, all in all
    std::uint64_t records = 0;
    std::uint64_t ticks = 0; // one, unless the caller was late
};

class Stage
{
public:
    Stage(); // while there are few processes: it looks for the sampler

    // Sleeps until the sampler does, and forgets what was before.
    void settle();

    // Sleeps until the next tick is over: what was since the last call of these.
    Tick next_tick();

    // The median of what `count` ticks take before each of which `prepare` ran.
    // Only those with exactly that many records are taken: who has not changed
    // has one as well, once a second.
    std::uint64_t cost(std::uint64_t records, const std::function<void()>& prepare, int count = 7);

    std::uint64_t sampler_ns() const { return *sampler_.by_schedstat(); }
    pid_t sampler() const { return sampler_.pid(); }
    int fd() const { return device_.get(); }
    const guest::RingMap& map() const { return map_; }

private:
    Tick now() const;

    guest::Fd device_;
    guest::RingMap map_;
    guest::SamplerThread sampler_;
    Tick last_;
};

} // namespace bench
