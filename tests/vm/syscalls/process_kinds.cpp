// SPDX-License-Identifier: GPL-2.0-or-later
// Calls that make, change and end processes. A child makes a few calls of its
// own with what it has inherited, and ends by itself, by exec or by a signal.
#include "calls.hpp"
#include "kinds.hpp"

#include <cerrno>
#include <csignal>

#include <linux/sched.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

namespace syscalls
{

namespace
{

// Reaps what has ended, and counts the signals.
void reap(Worker& worker, int flags)
{
    int status = 0;
    for (pid_t pid = 0; (pid = waitpid(-1, &status, flags)) > 0; flags = WNOHANG)
        worker.ledger.count_end(pid, status);
}

void exec_nothing()
{
    char* const arguments[] = {const_cast<char*>("mp3-syscall-fuzz"),
                               const_cast<char*>("--nothing"), nullptr};
    char* const environment[] = {nullptr};
    execve("/proc/self/exe", arguments, environment);
}

[[noreturn]] void live_as_child(Hand& parent)
{
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    signal(SIGALRM, SIG_DFL);
    alarm(1); // it may be blocked in a call
    Hand hand = parent.child();
    for (std::uint64_t calls = hand.random().below(12); calls > 0; --calls)
        make_call(hand);
    if (hand.worker().root && hand.random().one_in(4))
        // The result does not matter: changing it at all is the point.
        (void)!syscall(SYS_setresuid, 61234, 61234, 61234);
    if (hand.random().one_in(4))
        exec_nothing();
    if (hand.random().one_in(4))
        kill(getpid(), SIGKILL);
    _exit(0);
}

long call_fork(Hand& hand)
{
    if (hand.is_child())
        return 0;
    reap(hand.worker(), WNOHANG);
    const unsigned long flags =
        hand.random().flags({CLONE_FS, CLONE_FILES, CLONE_SYSVSEM, CLONE_IO}, 4);
    const long pid = syscall(SYS_clone, flags | SIGCHLD, nullptr, nullptr, nullptr, nullptr);
    if (pid == 0)
        live_as_child(hand);
    return pid;
}

long call_vfork(Hand& hand)
{
    if (hand.is_child())
        return 0;
    const bool execs = hand.random().one_in(2);
    const pid_t pid = vfork();
    if (pid == 0) {
        if (execs)
            exec_nothing();
        _exit(0);
    }
    return pid;
}

long call_wait(Hand& hand)
{
    reap(hand.worker(), hand.random().one_in(16) ? 0 : WNOHANG);
    return 0;
}

long call_kill(Hand& hand)
{
    Ledger& ledger = hand.worker().ledger;
    const pid_t pid = hand.random().one_in(2)
                          ? ledger.victim.load()
                          : ledger.pids[hand.random().below(most_workers)].load();
    // 0 asks, SIGURG is ignored: neither ends it.
    return pid > 1 ? kill(pid, hand.random().pick({0, SIGURG, SIGCONT})) : 0;
}

long call_rename(Hand& hand)
{
    char name[16];
    for (char& byte : name)
        byte = static_cast<char>(hand.random().word());
    return prctl(PR_SET_NAME, name);
}

long call_yield(Hand&)
{
    return syscall(SYS_sched_yield);
}

constexpr Kind kinds[] = {
    {"fork", 6, call_fork, {EAGAIN, ENOMEM}},
    {"vfork", 2, call_vfork, {EAGAIN, ENOMEM}},
    {"wait", 4, call_wait, {}},
    {"kill", 4, call_kill, {EPERM, ESRCH}},
    {"prctl", 4, call_rename, {}},
    {"sched_yield", 4, call_yield, {}},
};

} // namespace

std::span<const Kind> process_kinds()
{
    return kinds;
}

} // namespace syscalls
