// SPDX-License-Identifier: GPL-2.0-or-later
#include "commands/replay.hpp"

#include <algorithm>
#include <utility>

namespace mp3prof
{

namespace
{

// Each registered process has a record at least every second: where there is
// none for longer, nothing was registered.
constexpr nanoseconds longest_silence = std::chrono::seconds(3);
// What no sampler does would only take long to go through.
constexpr nanoseconds shortest_period = std::chrono::microseconds(10);

class Player
{
public:
    Player(const RecordingHeader& header, SampleSink& sink) : sink_(sink)
    {
        batch_.now = header.begin;
        batch_.figures.last_tick = header.begin;
        set_period(header.interval);
    }

    // False when nobody wants more.
    Result<bool> take(const RecordingEntry& entry)
    {
        return std::visit([this](const auto& known) { return play(known); }, entry);
    }

    Status finish()
    {
        TRY_ASSIGN(const bool go_on, begin());
        if (go_on) {
            TRY(sink_.finish(batch_));
        }
        return {};
    }

private:
    Result<bool> play(const KnownBefore& known)
    {
        if (!begun_) {
            sink_.prime(known.sample);
        }
        return true;
    }

    Result<bool> play(const RecordedFigures& recorded)
    {
        if (!begun_ && recorded.moment == RecordedFigures::Moment::begin) {
            batch_.figures = recorded.figures;
            batch_.now = recorded.time;
        }
        set_period(recorded.figures.interval);
        return true;
    }

    Result<bool> play(const Sample& sample)
    {
        TRY_ASSIGN(bool go_on, begin());
        if (go_on && ticking_ && sample.time > tick_) {
            TRY_ASSIGN(go_on, tick(tick_));
            if (go_on) {
                TRY_ASSIGN(go_on, pass_silence(sample.time));
            }
        }
        tick_ = ticking_ ? std::max(tick_, sample.time) : sample.time;
        ticking_ = true;
        sink_.add({&sample, 1});
        batch_.now = tick_;
        batch_.figures.last_tick = tick_;
        batch_.figures.tasks = 1;
        return go_on;
    }

    Result<bool> play(const Gap& /*gap*/) { return true; }
    Result<bool> play(const RecordingEnd& /*end*/) { return true; }

    // Behind what was known before, and the first figures.
    Result<bool> begin()
    {
        if (std::exchange(begun_, true)) {
            return true;
        }
        return sink_.begin(batch_);
    }

    void set_period(nanoseconds interval)
    {
        period_ = std::max(interval, shortest_period);
        batch_.figures.interval = period_;
    }

    Result<bool> tick(nanoseconds time)
    {
        batch_.now = time;
        batch_.figures.last_tick = time;
        ++batch_.figures.ticks;
        return sink_.advance(batch_);
    }

    // From tick_ up to the tick at `until`, which is not among those.
    Result<bool> pass_silence(nanoseconds until)
    {
        const nanoseconds last = until - period_ / 2;
        const nanoseconds silent = tick_ + longest_silence + 4 * period_;
        nanoseconds time = tick_;
        for (;;) {
            // Of the ticks in between only those that end something.
            const std::int64_t ticks =
                std::max<std::int64_t>((sink_.quiet_until(period_) - time) / period_, 1);
            time += ticks * period_;
            if (time >= std::min(last, silent)) {
                break;
            }
            TRY_ASSIGN(const bool go_on, tick(time));
            if (!go_on) {
                return false;
            }
        }
        if (last <= silent) {
            return true;
        }
        batch_.figures.tasks = 0; // the sampler rests
        return tick(silent);
    }

    SampleSink& sink_;
    Batch batch_;
    nanoseconds period_{};
    nanoseconds tick_{};
    bool begun_ = false;
    bool ticking_ = false;
};

} // namespace

Status replay(RecordingReader& reader, SampleSink& sink)
{
    Player player(reader.header(), sink);
    for (;;) {
        TRY_ASSIGN(const std::optional<RecordingEntry> entry, reader.next());
        if (!entry) {
            return player.finish();
        }
        TRY_ASSIGN(const bool go_on, player.take(*entry));
        if (!go_on) {
            return {};
        }
    }
}

} // namespace mp3prof
