// SPDX-License-Identifier: GPL-2.0-or-later
#include "commands/monitor_loop.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

namespace mp3prof
{

namespace
{

void report_missed(std::uint64_t missed, std::ostream& words)
{
    if (missed > 0) {
        // What ended within them has no FINAL record for us.
        words << fmt::format("mp3prof: overrun: {} record{} missed (the totals of processes that "
                             "run on are not affected)\n",
                             missed, missed == 1 ? "" : "s")
              << std::flush;
    }
}

std::optional<nanoseconds> earlier(std::optional<nanoseconds> a, std::optional<nanoseconds> b)
{
    if (a && b) {
        return std::min(*a, *b);
    }
    return a ? a : b;
}

class Stream
{
public:
    Stream(Source& source, const MonitorPlan& plan, SampleSink& sink, const StopRequest& stop,
           std::ostream& words)
        : source_(source), plan_(plan), sink_(sink), stop_(stop), words_(words),
          selection_(plan.selection()), unseen_(plan.pids.begin(), plan.pids.end())
    {
    }

    Status run()
    {
        TRY_ASSIGN(Batch batch, source_.set_interval(plan_.interval).and_then([this] {
            return source_.drain();
        }));
        TRY_ASSIGN(bool read_on, start(batch));
        while (read_on && !over(batch)) {
            TRY_ASSIGN(batch, source_.wait({.deadline = earlier(end_, sink_.deadline()),
                                            .not_before = quiet_until(batch)},
                                           stop_.wake_fd));
            TRY_ASSIGN(read_on, take(batch));
        }
        if (!read_on || count_reached()) {
            return {};
        }
        // What was published since, and the FINAL records behind an idle figure.
        TRY_ASSIGN(batch, source_.drain());
        add(batch);
        TRY(sink_.finish(batch));
        return {};
    }

private:
    // Learns from what the ring still holds who is registered; prints none of it.
    Result<bool> start(const Batch& past)
    {
        for (const Sample& sample : past.samples) {
            if (selection_.takes(sample)) {
                sink_.prime(sample);
                note_past(sample);
            }
        }
        if (plan_.duration) {
            end_ = past.now + *plan_.duration;
        }
        idle_ = past.figures.tasks == 0;
        if (idle_ && !plan_.until_idle && !plan_.registered) {
            words_ << "mp3prof: nothing is registered yet; waiting (mp3prof register PID)\n"
                   << std::flush;
        }
        begin_ticks_ = past.figures.ticks;
        return sink_.begin(past);
    }

    void note_past(const Sample& sample)
    {
        if (!sample.stage.final) {
            unseen_.erase(sample.pid);
        } else if (!plan_.pids.empty()) {
            unseen_.insert(sample.pid); // it was there, and is no more
        }
    }

    // Or a wrong PID would give no row and no word for ever. What is registered
    // has a record in the ring or gets its first one with the next tick; the one
    // under way may have been past it.
    void name_unseen(const Batch& batch)
    {
        if (unseen_.empty() || batch.figures.ticks < begin_ticks_ + 2) {
            return;
        }
        for (const pid_t pid : unseen_) {
            words_ << fmt::format("mp3prof: no record of process {0} yet; waiting (mp3prof "
                                  "register {0})\n",
                                  pid);
        }
        words_ << std::flush;
        unseen_.clear();
    }

    Result<bool> take(const Batch& batch)
    {
        add(batch);
        name_unseen(batch);
        idle_ = batch.figures.tasks == 0;
        return sink_.advance(batch);
    }

    // Ticks that end no interval of ours need not wake us, as long as the ring
    // holds what they publish: a process has a record a tick, or a few when it
    // forks. But who waits for the end, or to be told of a wrong PID, wants all.
    [[nodiscard]] nanoseconds quiet_until(const Batch& batch) const
    {
        constexpr nanoseconds longest = std::chrono::seconds(1);
        if (plan_.until_idle || !unseen_.empty()) {
            return {};
        }
        const Figures& figures = batch.figures;
        const std::uint64_t processes = std::max(figures.tasks, std::uint32_t{1});
        const std::uint64_t ticks = source_.info().capacity / 4 / processes;
        const nanoseconds room = std::min<std::uint64_t>(ticks, 1000) * figures.interval;
        const nanoseconds quiet = std::min(sink_.quiet_until(figures.interval),
                                           figures.last_tick + std::min(room, longest));
        // We wake twice then, at its end and at the tick after it.
        return quiet - figures.last_tick > 2 * figures.interval ? quiet : nanoseconds{};
    }

    void add(const Batch& batch)
    {
        report_missed(batch.missed, words_);
        if (plan_.pids.empty()) {
            sink_.add(batch.samples);
            return;
        }
        for (const Sample& sample : batch.samples) {
            if (selection_.takes(sample)) {
                sink_.add({&sample, 1});
                unseen_.erase(sample.pid);
            }
        }
    }

    [[nodiscard]] bool count_reached() const
    {
        return plan_.count > 0 && sink_.printed() >= plan_.count;
    }

    [[nodiscard]] bool over(const Batch& batch) const
    {
        return count_reached() || (end_ && batch.now >= *end_) || (plan_.until_idle && idle_) ||
               (batch.woken && stop_.wanted());
    }

    Source& source_;
    const MonitorPlan& plan_;
    SampleSink& sink_;
    const StopRequest& stop_;
    std::ostream& words_;
    Selection selection_;
    std::optional<nanoseconds> end_;
    std::set<pid_t> unseen_; // of the PIDs asked for, until they are named
    std::uint64_t begin_ticks_ = 0;
    bool idle_ = false;
};

} // namespace

Selection MonitorPlan::selection() const
{
    return Selection(pids, follow ? Selection::Forks::taken : Selection::Forks::left);
}

StopRequest until_signal(Signals& signals)
{
    return {.wake_fd = signals.fd(), .wanted = [&signals] {
                signals.clear();
                return signals.take_any({SIGINT, SIGTERM}) != 0;
            }};
}

Status monitor_stream(Source& source, const MonitorPlan& plan, SampleSink& sink,
                      const StopRequest& stop, std::ostream& words)
{
    return Stream(source, plan, sink, stop, words).run();
}

Status monitor_dump(Source& source, const MonitorPlan& plan, Formatter& formatter, Sink& sink,
                    nanoseconds offset, std::ostream& words)
{
    TRY_ASSIGN(const Batch past, source.drain());
    report_missed(past.missed, words);
    const bool by_tick = formatter.rows() == Rows::only_sum;
    ProcessTable table(formatter.rows());
    std::map<ProcessKey, nanoseconds> last_of; // the record before
    nanoseconds last_tick{};                   // by_tick: the tick before
    Selection selection = plan.selection();
    const auto print_tick = [&](nanoseconds tick) {
        const nanoseconds elapsed = last_tick == nanoseconds{} ? last_tick : tick - last_tick;
        formatter.write(sink.stream(), table.close(tick, elapsed), offset);
        last_tick = tick;
    };

    formatter.begin(sink.stream());
    nanoseconds tick{};
    for (const Sample& sample : past.samples) {
        if (!selection.takes(sample)) {
            continue;
        }
        if (by_tick && table.pending() && sample.time != tick) {
            print_tick(tick);
        }
        tick = sample.time;
        table.add(sample);
        if (!by_tick) {
            const auto [before, is_new] = last_of.try_emplace(sample.key(), sample.time);
            Interval interval{.end = sample.time,
                              .elapsed = sample.time - before->second,
                              .processes = 1,
                              .rows = {table.close_one(sample.key())},
                              .total = {}};
            before->second = sample.time;
            formatter.write(sink.stream(), interval, offset);
        }
    }
    if (by_tick && table.pending()) {
        print_tick(tick);
    }
    TRY(sink.flush());
    return {};
}

} // namespace mp3prof
