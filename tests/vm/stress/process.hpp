// SPDX-License-Identifier: GPL-2.0-or-later
// Processes: started where there may be no PID left, and brought to an end.
#pragma once

#include <functional>

#include <sys/types.h>

namespace stress
{

// fork(): the child ends with the value of `body`, or with its parent. -1 when
// no PID was left.
pid_t start(const std::function<int()>& body);

// The same for whoever makes the child himself: judges what fork() returned.
pid_t started(const char* call, pid_t pid);

// wait4(), through EINTR: the status.
int finish(pid_t pid);

// True when the child is over, and reaped.
bool finish_if_over(pid_t pid);

// SIGKILL and the end of it; nothing for a PID that is none.
void end(pid_t pid);

void nap_us(long microseconds);

// execv() of this program with `--child MODE...`; returns only on failure.
int exec_self(const char* mode, const char* word);

// What such a child does; the exit status.
int run_child(int count, char** words);

} // namespace stress
