// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "sys/error.hpp"
#include "sys/unique_fd.hpp"

#include <csignal>

#include <sys/types.h>

namespace mp3prof
{

// Tells a signal to this process alone from one to its whole process group, as
// the terminal, timeout(1) or a shell's `kill %1` sends it: nothing in the signal
// itself does. The witness is a child in the group that does nothing but keep
// every signal pending; it ends with this object, or with this process.
class GroupWitness
{
public:
    [[nodiscard]] static Result<GroupWitness> make();

    GroupWitness(GroupWitness&& other) noexcept;
    GroupWitness& operator=(GroupWitness&&) = delete;
    GroupWitness(const GroupWitness&) = delete;
    GroupWitness& operator=(const GroupWitness&) = delete;
    ~GroupWitness();

    // True once for each time that the group had the signal. What was sent less
    // than a moment ago is waited for: timeout(1) sends to its child first.
    [[nodiscard]] bool saw(int signal);

    [[nodiscard]] pid_t pid() const { return pid_; }

private:
    GroupWitness(pid_t pid, UniqueFd line);
    void ask();

    pid_t pid_;
    UniqueFd line_; // a byte asks, a sigset_t answers; closing it ends the witness
    sigset_t seen_{};
};

} // namespace mp3prof
