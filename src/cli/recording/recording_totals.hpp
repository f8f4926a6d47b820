// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "rates/interval_grid.hpp"
#include "rates/run_tally.hpp"
#include "rates/usage.hpp"
#include "recording/recording.hpp"
#include "recording/recording_reader.hpp"
#include "sys/error.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <vector>

namespace mp3prof
{

// What one process has used in a recording.
struct ProcessTotals {
    Sample last;
    Usage used;
    Usage peak; // the interval with the most faults
    std::uint64_t peak_rss_bytes = 0;
};

// What all of them have.
struct RecordingTotals {
    std::vector<ProcessTotals> processes; // those with the most faults first
    Usage used;
    Usage peak;   // the interval with the most faults
    Usage exited; // those that exited; what wait4() can know of
    std::uint64_t peak_rss_bytes = 0;
    std::uint64_t missed_records = 0;
    nanoseconds wall{};
    Figures before; // the sampler when it began
    Figures last;
    // None of these in one that was not completed.
    std::optional<Figures> after; // when it, or the command, had ended
    std::optional<RecordingEnd> end;
};

[[nodiscard]] inline std::uint64_t faults_of(const Usage& usage)
{
    return usage.minor_faults + usage.major_faults;
}

// Adds up entries in their order.
class RecordingTally
{
public:
    explicit RecordingTally(const RecordingHeader& header);

    void add(const RecordingEntry& entry);
    [[nodiscard]] RecordingTotals finish();

private:
    struct Process {
        ProcessTotals totals;
        Usage at; // since registration
        Usage in_interval;
        std::uint64_t interval = 0;
        bool known = false;
        bool ended = false;
    };

    void take(const Sample& sample);
    void take(const KnownBefore& known);
    void take(const Gap& gap);
    void take(const RecordedFigures& figures);
    void take(const RecordingEnd& end);
    void note_time(nanoseconds time);
    void begin_tick(nanoseconds time);
    static void end_interval(Process& process);

    nanoseconds begin_;
    bool of_command_; // then all that is in it was born in it
    nanoseconds latest_{};
    nanoseconds period_;
    nanoseconds tick_{};
    IntervalGrid grid_;
    std::uint64_t interval_ = 0;
    RunTally tally_;
    std::map<ProcessKey, Process> processes_;
    RecordingTotals totals_;
    bool figures_seen_ = false;
};

[[nodiscard]] Result<RecordingTotals> read_totals(RecordingReader& reader);

} // namespace mp3prof
