// SPDX-License-Identifier: GPL-2.0-or-later
#include "commands/run_observer.hpp"

#include "sys/clock.hpp"

#include <algorithm>
#include <utility>

#include <poll.h>

namespace mp3prof
{

namespace
{

constexpr nanoseconds quick = std::chrono::milliseconds(10);

} // namespace

RunObserver::RunObserver(Source& source, ProcessTree tree, SampleSink* sink, const RunPlan& plan,
                         const Batch& past)
    : source_(source), tree_(std::move(tree)), sink_(sink), tally_(plan.interval),
      watch_(plan.thresholds, plan.interval), figures_(past.figures), last_(past)
{
    last_.samples = {};
}

void RunObserver::attend(int wake_fd)
{
    if (!blind_) {
        note(wait(std::nullopt, wake_fd), blind_);
        return;
    }
    pollfd wake{.fd = wake_fd, .events = POLLIN, .revents = 0};
    ::poll(&wake, 1, -1); // EINTR is as good as an event
}

void RunObserver::look()
{
    if (!blind_) {
        note(source_.look(), blind_);
    }
}

void RunObserver::command_ended(nanoseconds at)
{
    at_end_ = figures_;
    watch_.command_ended(at);
}

void RunObserver::settle(nanoseconds interval)
{
    if (!blind_) {
        note(read_last(interval), blind_);
    }
}

void RunObserver::finish(const Charged& charged)
{
    if (!blind_) {
        note(drain(), blind_);
    }
    tally_.finish();
    watch_.finish(tree_.size(), charged);
    if (sink_ != nullptr) {
        note_output(sink_->finish(last_));
    }
}

void RunObserver::summarize(RunSummary& summary) const
{
    summary.total = tally_.total();
    summary.peak = tally_.peak();
    summary.peak_rss_bytes = tally_.peak_rss_bytes();
    summary.exited = tree_.exited();
    summary.processes = tree_.size();
    summary.after = at_end_;
    summary.follow_failed = figures_.follow_failed - summary.before.follow_failed;
    summary.missed_records = missed_;
}

void RunObserver::note(const Status& status, bool& failed)
{
    if (!status) {
        failed = true;
        failure_ = failure_ ? failure_ : status.error();
    }
}

// A closed pipe does not end the command, a full disk neither.
void RunObserver::note_output(const Result<bool>& written)
{
    if (!written) {
        sink_ = nullptr;
        failure_ = failure_ ? failure_ : written.error();
    }
}

Status RunObserver::wait(std::optional<nanoseconds> deadline, int wake_fd)
{
    TRY_ASSIGN(const Batch batch, source_.wait({.deadline = deadline}, wake_fd));
    take(batch);
    return {};
}

Status RunObserver::drain()
{
    TRY_ASSIGN(const Batch batch, source_.drain());
    take(batch);
    return {};
}

// Reads until every process that has ended has its FINAL record: two passes
// of the sampler, as the one under way may have been past it.
Status RunObserver::read_last(nanoseconds interval)
{
    // Nobody wants to wait for two seconds behind `run -i 1s -- ls`.
    TRY(source_.set_interval(std::clamp(interval, source_.info().min_interval,
                                        std::max(source_.info().min_interval, quick))));
    TRY(drain());
    const std::uint64_t enough = figures_.ticks + 2;
    const nanoseconds give_up = monotonic_now() + std::chrono::seconds(2) + 4 * figures_.interval;
    while (figures_.ticks < enough && figures_.tasks > 0 && monotonic_now() < give_up) {
        TRY(wait(give_up, -1));
    }
    return drain(); // the last records may be behind the figures
}

void RunObserver::take(const Batch& batch)
{
    missed_ += batch.missed;
    figures_ = batch.figures;
    for (const Sample& sample : batch.samples) {
        if (tree_.take(sample)) {
            tally_.add(sample, figures_.interval);
            watch_.add(sample, figures_.interval);
            if (sink_ != nullptr) {
                sink_->add({&sample, 1});
            }
        }
    }
    watch_.advance(figures_.last_tick, figures_.interval, tree_.size());
    last_ = batch;
    if (sink_ != nullptr) {
        note_output(sink_->advance(batch));
    }
    last_.missed = 0; // told
}

} // namespace mp3prof
