// SPDX-License-Identifier: GPL-2.0-or-later
#include "live/history.hpp"

namespace mp3prof
{

bool History::add(const Interval& interval)
{
    if (elapsed_ == nanoseconds::zero()) {
        // What ended in the frame before has been shown.
        std::erase_if(tracks_, [](const auto& item) { return item.second.ended; });
    }
    ++intervals_;
    // Rows and tracks are in the same order, so the place of one hints at the next.
    auto hint = tracks_.begin();
    for (const Row& row : interval.rows) {
        hint = tracks_.try_emplace(hint, row.last.key());
        Track& track = hint->second;
        track.last = row.last;
        track.sum += row.delta;
        track.ended = row.last.stage.final;
        track.interval = intervals_;
        ++hint;
    }
    total_.last = interval.total.last;
    total_.sum += interval.total.delta;
    processes_ = interval.processes;
    end_ = interval.end;
    elapsed_ += interval.elapsed;
    if (anything_lives() && elapsed_ + interval.elapsed / 2 < frame_) {
        return false;
    }
    complete_frame();
    return true;
}

void History::finish()
{
    if (elapsed_ > nanoseconds::zero()) {
        complete_frame();
    }
}

void History::complete_frame()
{
    // Gone without a last record, which an overrun took.
    std::erase_if(tracks_, [this](const auto& item) {
        return !item.second.ended && item.second.interval != intervals_;
    });
    for (auto& [key, track] : tracks_) {
        complete(track);
    }
    complete(total_);
    elapsed_ = {};
    ++frames_;
}

void History::complete(Track& track) const
{
    track.rates = rates_of(track.sum, elapsed_);
    track.sum = {};
    track.faults.push_back(track.faults_per_s());
    if (track.faults.size() > longest) {
        track.faults.pop_front();
    }
}

} // namespace mp3prof
