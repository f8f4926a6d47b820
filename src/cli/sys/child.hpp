// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "sys/error.hpp"
#include "sys/signals.hpp"
#include "sys/unique_fd.hpp"

#include <chrono>
#include <string>
#include <vector>

#include <sys/resource.h>
#include <sys/types.h>

namespace mp3prof
{

// How a child ended, and what the kernel charged to it and to the descendants
// that were waited for.
struct ChildEnd {
    int wait_status = 0;
    rusage usage{};
    // Its exit status as a shell has it: 128 + N for signal N.
    [[nodiscard]] int exit_status() const;
};

// A command in a child process that first stands at a gate: it exists, and can be
// registered, but runs nothing of its own before release().
class Child
{
public:
    // The child gets the signals as they were before `signals` changed them.
    [[nodiscard]] static Result<Child> fork_at_gate(const std::vector<std::string>& command,
                                                    const Signals& signals);

    [[nodiscard]] pid_t pid() const { return pid_; }

    // Opens the gate. The errno of exec when the command could not be run; the
    // child has ended then, and is to be waited for.
    [[nodiscard]] int release();

    // Whether it has ended. It stays to be waited for, and can be looked at.
    [[nodiscard]] Result<bool> has_ended() const;

    // Waits for a child that has ended, or ends by itself.
    [[nodiscard]] Result<ChildEnd> wait() const;

    // Drops the gate without opening it: the child ends without running.
    void abandon();

private:
    Child(pid_t pid, UniqueFd gate, UniqueFd failure)
        : pid_(pid), gate_(std::move(gate)), failure_(std::move(failure))
    {
    }

    pid_t pid_;
    UniqueFd gate_;    // a byte written opens the gate, closing it ends the child
    UniqueFd failure_; // the errno of exec, or end of file when it worked
};

} // namespace mp3prof
