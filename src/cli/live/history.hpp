// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "rates/process_table.hpp"
#include "rates/usage.hpp"

#include <cstdint>
#include <deque>
#include <map>

namespace mp3prof
{

// One process, or the sum of all, over the frames that are kept.
struct Track {
    Sample last;
    Rates rates;               // in the last frame
    std::deque<double> faults; // a second, minor and major; one a frame, oldest first
    bool ended = false;        // in the last frame

    Usage sum;                  // of the frame under way
    std::uint64_t interval = 0; // the last one that had it

    [[nodiscard]] double faults_per_s() const { return rates.minor_per_s + rates.major_per_s; }
};

// Puts intervals together to frames: what a live view shows at a time. Every
// interval counts, however many make up a frame.
class History
{
public:
    // How many frames are kept of each process.
    static constexpr std::size_t longest = 240;

    explicit History(nanoseconds frame) : frame_(frame) {}

    // True when a frame is complete with this one: it has lasted long enough, or
    // nothing lives that could give another interval.
    [[nodiscard]] bool add(const Interval& interval);

    // Completes the frame under way, if it has begun: no interval follows.
    void finish();

    // As of the last frame; those that ended in it are still there.
    [[nodiscard]] const std::map<ProcessKey, Track>& tracks() const { return tracks_; }
    [[nodiscard]] const Track& total() const { return total_; }
    [[nodiscard]] std::size_t processes() const { return processes_; }
    [[nodiscard]] nanoseconds end() const { return end_; }
    [[nodiscard]] nanoseconds frame() const { return frame_; }
    [[nodiscard]] std::uint64_t frames() const { return frames_; }
    [[nodiscard]] bool anything_lives() const { return total_.last.threads > 0; }

private:
    void complete_frame();
    void complete(Track& track) const;

    nanoseconds frame_;
    std::map<ProcessKey, Track> tracks_;
    Track total_;
    std::size_t processes_ = 0;
    nanoseconds end_{};     // CLOCK_MONOTONIC, of the last frame
    nanoseconds elapsed_{}; // of the frame under way
    std::uint64_t frames_ = 0;
    std::uint64_t intervals_ = 0;
};

} // namespace mp3prof
