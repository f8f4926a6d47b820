// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "device/source.hpp"

#include <cstdint>
#include <optional>
#include <span>

namespace mp3prof
{

// What is done with samples as they come: they are printed, or recorded. The
// caller picks the samples.
class SampleSink
{
public:
    SampleSink() = default;
    SampleSink(const SampleSink&) = delete;
    SampleSink& operator=(const SampleSink&) = delete;
    SampleSink(SampleSink&&) = delete;
    SampleSink& operator=(SampleSink&&) = delete;
    virtual ~SampleSink() = default;

    // Knowledge from before it begins: the base of what follows. Before begin().
    virtual void prime(const Sample& sample) = 0;

    // `past` is everything from before. This and the next two give false when
    // there is nobody, or nothing, to go on for.
    [[nodiscard]] virtual Result<bool> begin(const Batch& past) = 0;

    // Samples of the batch that the next call, of advance() or finish(), is of.
    virtual void add(std::span<const Sample> samples) = 0;
    [[nodiscard]] virtual Result<bool> advance(const Batch& batch) = 0;
    [[nodiscard]] virtual Result<bool> finish(const Batch& batch) = 0;

    // When advance() should be called at the latest; none: at the next tick.
    [[nodiscard]] virtual std::optional<nanoseconds> deadline() const = 0;

    // Ticks before this time, `period` apart, need no call of advance(); 0 where
    // any may.
    [[nodiscard]] virtual nanoseconds quiet_until(nanoseconds period) const = 0;

    // Intervals that were printed.
    [[nodiscard]] virtual std::uint64_t printed() const = 0;
};

} // namespace mp3prof
