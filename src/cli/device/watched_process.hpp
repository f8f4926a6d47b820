// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "device/proc_children.hpp"
#include "device/proc_process.hpp"
#include "ring/sample.hpp"

#include <vector>

namespace mp3prof
{

// A process of /proc under watch: its records as the module would give them.
class WatchedProcess
{
public:
    // Where its counts begin, and who has brought it in.
    struct Origin {
        bool birth = false; // found by following: it counts from its birth, and is followed
        pid_t parent = 0;   // then; it stays this one when another takes over
    };
    enum class State {
        alive,
        over, // a zombie: what it has used is known to the end
        gone, // waited for; what it has used is known as of the last look
    };

    // ESRCH where there is no such process any more, or not of that parent.
    [[nodiscard]] static tl::expected<WatchedProcess, int>
    begin(ProcProcess files, const Origin& origin, const CpuClock& clock);

    [[nodiscard]] State look(const CpuClock& clock);

    // Something has changed since its last record, or that is a second ago.
    [[nodiscard]] bool due(nanoseconds now) const;

    // What the last look has seen, and what stage it is in beside those it knows.
    [[nodiscard]] Sample record(nanoseconds now, const Stage& stage);

    // Its children from now on.
    void follow(ProcChildren& children);
    [[nodiscard]] bool followed() const { return followed_; }
    [[nodiscard]] std::vector<pid_t> new_children(ProcChildren& children);

    [[nodiscard]] pid_t pid() const { return files_.pid(); }

private:
    explicit WatchedProcess(ProcProcess files) : files_(std::move(files)) {}
    void take(const ProcProcess::Reading& reading);

    ProcProcess files_;
    Sample base_; // the counts when it was registered
    Sample last_; // the record to come; its counts are since birth
    bool changed_ = true;
    bool has_memory_ = true;
    nanoseconds recorded_at_{};
    bool followed_ = false;
    bool exact_cpu_ = false;
    std::uint64_t progress_ = 0;  // when its children were looked for
    std::vector<pid_t> children_; // as they were then, in order
};

} // namespace mp3prof
