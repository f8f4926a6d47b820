// SPDX-License-Identifier: GPL-2.0-or-later
#include "commands/recording_sink.hpp"

#include <algorithm>
#include <utility>

namespace mp3prof
{

namespace
{

// How long what was recorded may stay in memory, and the sampler's figures
// without a change of their kind.
constexpr nanoseconds between_flushes = std::chrono::milliseconds(500);
constexpr nanoseconds between_figures = std::chrono::seconds(10);

} // namespace

RecordingSink::RecordingSink(std::string path, RecordingHeader header,
                             std::optional<ProcessTree> tree)
    : path_(std::move(path)), header_(std::move(header)), tree_(std::move(tree))
{
}

void RecordingSink::know(std::span<const Sample> past)
{
    for (const Sample& sample : past) {
        known_.insert_or_assign(sample.key(), sample);
    }
    // Also who has had a PID that is recorded now, and ended before.
    std::erase_if(known_, [this](const auto& item) {
        return item.second.stage.final || (tree_ && !tree_->take(item.second));
    });
}

Result<bool> RecordingSink::begin(const Batch& past)
{
    TRY_ASSIGN(writer_, RecordingWriter::create(path_, header_));
    TRY(write_figures(RecordedFigures::Moment::begin, past.now, past.figures));
    for (const auto& [key, sample] : std::exchange(known_, {})) {
        TRY(writer_->write(KnownBefore{sample}));
    }
    TRY(writer_->flush());
    flushed_ = past.now;
    latest_ = past.figures;
    return true;
}

void RecordingSink::add(std::span<const Sample> samples)
{
    for (const Sample& sample : samples) {
        if (!tree_ || tree_->take(sample)) {
            waiting_.push_back(sample);
        }
    }
}

Result<bool> RecordingSink::advance(const Batch& batch)
{
    TRY(write_batch(batch));
    return !tree_ || tree_->size() == 0 || tree_->any_alive();
}

Result<bool> RecordingSink::finish(const Batch& batch)
{
    TRY(write_batch(batch));
    return true;
}

Status RecordingSink::write_batch(const Batch& batch)
{
    latest_ = batch.figures;
    if (batch.missed > 0) { // before the samples: they are what was left
        const nanoseconds time = waiting_.empty() ? batch.now : waiting_.front().time;
        TRY(writer_->write(Gap{.time = time, .missed = batch.missed}));
    }
    if (worth_telling(batch)) {
        TRY(write_figures(RecordedFigures::Moment::meanwhile, batch.now, batch.figures));
    }
    for (const Sample& sample : waiting_) {
        TRY(writer_->write(sample));
        processes_.insert(sample.key());
    }
    samples_ += waiting_.size();
    waiting_.clear();
    if (batch.now - flushed_ >= between_flushes) {
        flushed_ = batch.now;
        TRY(writer_->flush());
    }
    return {};
}

bool RecordingSink::worth_telling(const Batch& batch) const
{
    const Figures& now = batch.figures;
    return now.interval != figures_.interval || now.missed_ticks != figures_.missed_ticks ||
           now.throttled_ticks != figures_.throttled_ticks ||
           now.follow_failed != figures_.follow_failed ||
           batch.now - figures_time_ >= between_figures;
}

Status RecordingSink::write_figures(RecordedFigures::Moment moment, nanoseconds time,
                                    const Figures& figures)
{
    figures_ = figures;
    figures_time_ = time;
    return writer_->write(RecordedFigures{.time = time, .moment = moment, .figures = figures});
}

nanoseconds RecordingSink::quiet_until(nanoseconds /*period*/) const
{
    // The ring keeps what comes meanwhile.
    return latest_.tasks == 0 ? nanoseconds{} : latest_.last_tick + between_flushes;
}

void RecordingSink::withdraw()
{
    if (writer_) {
        writer_->withdraw();
        writer_.reset();
    }
}

Status RecordingSink::complete(const RecordingEnd& end, const std::optional<Figures>& command_end)
{
    if (!writer_) {
        return {};
    }
    if (command_end) {
        TRY(write_figures(RecordedFigures::Moment::command_end, end.time, *command_end));
    }
    TRY(write_figures(RecordedFigures::Moment::end, std::max(end.time, figures_time_), latest_));
    TRY(writer_->write(end));
    return writer_->flush();
}

} // namespace mp3prof
