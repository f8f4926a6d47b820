// SPDX-License-Identifier: GPL-2.0-or-later
#include "commands/metrics_board.hpp"

#include <sstream>
#include <utility>

namespace mp3prof
{

namespace
{

// Puts intervals up on a board, and writes out what is there then.
class BoardFormatter : public Formatter
{
public:
    BoardFormatter(MetricsBoard& board, Publish publish) : board_(board), publish_(publish) {}

    [[nodiscard]] Rows rows() const override { return Rows::each; }
    void begin(std::ostream& out) override
    {
        if (publish_ == Publish::from_the_start) {
            out << board_.text();
        }
    }
    void write(std::ostream& out, const Interval& interval, nanoseconds /*offset*/) override
    {
        board_.add(interval);
        if (publish_ != Publish::nothing) {
            out << board_.text();
        }
    }

private:
    MetricsBoard& board_;
    Publish publish_;
};

// A source of which a board notes what it says of itself.
class NotedSource : public Source
{
public:
    NotedSource(Source& source, MetricsBoard& board) : source_(source), board_(board) {}

    [[nodiscard]] const RingInfo& info() const override { return source_.info(); }
    [[nodiscard]] Status set_interval(nanoseconds interval) override
    {
        return source_.set_interval(interval);
    }
    [[nodiscard]] Result<Batch> wait(const Until& until, int wake_fd) override
    {
        return noted(source_.wait(until, wake_fd));
    }
    [[nodiscard]] Status look() override { return source_.look(); }
    [[nodiscard]] Result<Batch> drain() override { return noted(source_.drain()); }

private:
    Result<Batch> noted(Result<Batch> batch)
    {
        if (batch) {
            board_.note(*batch);
        }
        return batch;
    }

    Source& source_;
    MetricsBoard& board_;
};

} // namespace

MetricsBoard::MetricsBoard(GroupRules rules, std::size_t most_groups, const Knows& knows)
    : knows_(knows), table_(std::move(rules), most_groups)
{
}

void MetricsBoard::note(const Batch& batch)
{
    const std::lock_guard lock(mutex_);
    sampler_ = batch.figures;
    missed_records_ += batch.missed;
}

void MetricsBoard::add(const Interval& interval)
{
    const std::lock_guard lock(mutex_);
    table_.add(interval);
}

std::string MetricsBoard::text() const
{
    Metrics metrics;
    {
        const std::lock_guard lock(mutex_);
        metrics = {.groups = table_.groups(),
                   .sampler = sampler_,
                   .missed_records = missed_records_,
                   .knows = knows_};
    }
    std::ostringstream text;
    write_metrics(text, metrics);
    return std::move(text).str();
}

Status monitor_metrics(Source& source, const MonitorPlan& plan, MetricsBoard& board, Sink& sink,
                       Publish publish, const StopRequest& stop, std::ostream& words)
{
    BoardFormatter formatter(board, publish);
    NotedSource noted(source, board);
    IntervalSeries series(plan.interval, formatter, sink, [] { return nanoseconds{}; });
    return monitor_stream(noted, plan, series, stop, words);
}

} // namespace mp3prof
