// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "device/proc_watch.hpp"
#include "device/source.hpp"

#include <vector>

namespace mp3prof
{

// Where the module is not there: what a watch sees of /proc, tick by tick. Its
// ticks are of its own clock, on an absolute grid, and fall only while somebody
// waits for them and something is registered.
class ProcSource : public Source
{
public:
    // The watch stays the caller's, who registers with it.
    explicit ProcSource(ProcWatch& watch);

    [[nodiscard]] const RingInfo& info() const override { return info_; }
    [[nodiscard]] Status set_interval(nanoseconds interval) override;
    [[nodiscard]] Result<Batch> wait(const Until& until, int wake_fd) override;
    [[nodiscard]] Status look() override;
    [[nodiscard]] Result<Batch> drain() override;

private:
    void begin_or_rest();
    void tick(nanoseconds now);
    void look_at(nanoseconds now);

    ProcWatch& watch_;
    RingInfo info_;
    Figures figures_;
    nanoseconds anchor_{}; // of the grid; 0 while nothing ticks
    std::int64_t passed_ = 0;
    std::uint64_t published_ = 0;
    std::vector<Sample> given_; // with the last batch
};

} // namespace mp3prof
