// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "commands/sample_sink.hpp"
#include "device/source.hpp"
#include "format/format.hpp"
#include "rates/interval_grid.hpp"
#include "rates/process_table.hpp"
#include "sys/output.hpp"

#include <cstdint>
#include <functional>
#include <optional>

namespace mp3prof
{

// Turns batches into printed intervals. The caller picks the samples; each
// interval ends at the tick nearest to the grid, and carries what was added
// since the one before.
class IntervalSeries : public SampleSink
{
public:
    // What turns monotonic times into times since 1970; asked for each interval,
    // as the clock may be set and the machine may sleep meanwhile.
    using Offset = std::function<nanoseconds()>;

    IntervalSeries(nanoseconds interval, Formatter& formatter, Sink& sink, Offset offset);

    // Prints what stands before all rows. The first interval begins with the
    // last tick of `past`, or, where the sampler rests, with its next record.
    [[nodiscard]] Result<bool> begin(const Batch& past) override;

    // Not printed, but the base of deltas.
    void prime(const Sample& sample) override { table_.add(sample); }
    void add(std::span<const Sample> samples) override { table_.add(samples); }
    void add(const Sample& sample) { table_.add(sample); }

    // Ends the interval when the batch says that it is over. Like Sink::flush(),
    // false when nobody reads any more. Where the sampler rests (no task), the
    // batch's own time counts.
    [[nodiscard]] Result<bool> advance(const Batch& batch) override;

    // Prints what is left of the last interval.
    [[nodiscard]] Result<bool> finish(const Batch& batch) override;

    [[nodiscard]] std::optional<nanoseconds> deadline() const override;
    // Ticks before it end no interval.
    [[nodiscard]] nanoseconds quiet_until(nanoseconds period) const override;
    [[nodiscard]] std::uint64_t printed() const override { return printed_; }

private:
    void begin_grid(nanoseconds begin);
    void begin_with_records(const Batch& batch);
    [[nodiscard]] Result<bool> print(nanoseconds end, nanoseconds period);

    IntervalGrid grid_;
    ProcessTable table_;
    Formatter* formatter_;
    Sink* sink_;
    Offset offset_;
    nanoseconds last_end_{};
    nanoseconds last_expiry_{};
    std::uint64_t last_tick_count_ = 0;
    std::uint64_t printed_ = 0;
    bool resting_ = false; // no tick will come
};

} // namespace mp3prof
