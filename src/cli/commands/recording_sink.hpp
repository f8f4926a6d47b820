// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "commands/sample_sink.hpp"
#include "rates/process_tree.hpp"
#include "recording/recording_writer.hpp"

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace mp3prof
{

// Records the samples, and the figures of the sampler where they change. What is
// older than half a second is in the file.
class RecordingSink : public SampleSink
{
public:
    // The file is made by begin(). `tree`: what to record, until all of it has
    // ended; nothing: everything.
    RecordingSink(std::string path, RecordingHeader header, std::optional<ProcessTree> tree = {});

    // What is still held of the time before the recording. Before prime().
    void know(std::span<const Sample> past);

    // A sample that came before begin(), but after know(), is recorded.
    void prime(const Sample& sample) override { add({&sample, 1}); }
    [[nodiscard]] Result<bool> begin(const Batch& past) override;
    void add(std::span<const Sample> samples) override;
    [[nodiscard]] Result<bool> advance(const Batch& batch) override;
    [[nodiscard]] Result<bool> finish(const Batch& batch) override;
    [[nodiscard]] std::optional<nanoseconds> deadline() const override { return std::nullopt; }
    [[nodiscard]] nanoseconds quiet_until(nanoseconds period) const override;
    [[nodiscard]] std::uint64_t printed() const override { return 0; }

    // There was nothing to record: what stood under the name stands there again.
    void withdraw();

    // The last entries; none is taken after them. `command_end`: the figures
    // when the command had ended, if there was one.
    [[nodiscard]] Status complete(const RecordingEnd& end,
                                  const std::optional<Figures>& command_end);

    [[nodiscard]] const ProcessTree& tree() const { return *tree_; } // if there is one
    [[nodiscard]] std::uint64_t samples() const { return samples_; }
    [[nodiscard]] std::size_t processes() const { return processes_.size(); }

private:
    [[nodiscard]] Status write_batch(const Batch& batch);
    [[nodiscard]] Status write_figures(RecordedFigures::Moment moment, nanoseconds time,
                                       const Figures& figures);
    [[nodiscard]] bool worth_telling(const Batch& batch) const;

    std::string path_;
    RecordingHeader header_;
    std::optional<RecordingWriter> writer_; // since begin()
    std::optional<ProcessTree> tree_;
    std::map<ProcessKey, Sample> known_; // until begin()
    std::vector<Sample> waiting_;        // of this batch
    std::set<ProcessKey> processes_;
    std::uint64_t samples_ = 0;
    Figures figures_; // that were written last
    nanoseconds figures_time_{};
    Figures latest_; // figures
    nanoseconds flushed_{};
};

} // namespace mp3prof
