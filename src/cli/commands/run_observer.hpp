// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "commands/run_session.hpp"
#include "commands/sample_sink.hpp"
#include "device/source.hpp"
#include "rates/process_tree.hpp"
#include "rates/run_tally.hpp"
#include "rates/threshold_watch.hpp"

#include <optional>
#include <vector>

namespace mp3prof
{

// What the records tell of the command, while it runs and a little longer.
class RunObserver
{
public:
    // `past` is from before the command.
    RunObserver(Source& source, ProcessTree tree, SampleSink* sink, const RunPlan& plan,
                const Batch& past);

    void command_begins(nanoseconds at) { watch_.begin(at); }
    // Reads until something comes on `wake_fd`, or a tick. The command is not to
    // suffer from our trouble: once reading has failed, it only waits.
    void attend(int wake_fd);
    // The command has ended, and nobody has waited for it yet.
    void look();
    // The command has ended: what the sampler has done for it is known.
    void command_ended(nanoseconds at);
    // What is still to come of the command, without an end to wait for.
    void settle(nanoseconds interval);
    // `charged`: what may be held against thresholds, beside what was seen.
    void finish(const Charged& charged);

    void summarize(RunSummary& summary) const;
    [[nodiscard]] std::vector<Sample> alive() const { return tree_.alive(); }
    [[nodiscard]] std::vector<Violation> violations() const { return watch_.violations(); }
    // The first thing that has failed.
    [[nodiscard]] const std::optional<Error>& failure() const { return failure_; }

private:
    void note(const Status& status, bool& failed);
    void note_output(const Result<bool>& written);
    [[nodiscard]] Status wait(std::optional<nanoseconds> deadline, int wake_fd);
    [[nodiscard]] Status drain();
    [[nodiscard]] Status read_last(nanoseconds interval);
    void take(const Batch& batch);

    Source& source_;
    ProcessTree tree_;
    SampleSink* sink_;
    RunTally tally_;
    ThresholdWatch watch_;
    Figures figures_;
    Figures at_end_; // when the command had ended
    Batch last_;
    std::uint64_t missed_ = 0;
    bool blind_ = false; // the source has failed
    std::optional<Error> failure_;
};

} // namespace mp3prof
