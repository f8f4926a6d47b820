// SPDX-License-Identifier: GPL-2.0-or-later
#include "sys/group_witness.hpp"

#include <array>
#include <cerrno>
#include <ctime>
#include <utility>

#include <sys/socket.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

namespace mp3prof
{

namespace
{

// What the witness does; async-signal-safe calls only.
[[noreturn]] void witness(int line, const sigset_t& all)
{
    char question = 0;
    while (::read(line, &question, 1) == 1) {
        sigset_t pending;
        ::sigpending(&pending);
        const timespec at_once{};
        while (::sigtimedwait(&all, nullptr, &at_once) > 0) {
        }
        if (::write(line, &pending, sizeof(pending)) < 0) {
            break;
        }
    }
    ::_exit(0);
}

} // namespace

Result<GroupWitness> GroupWitness::make()
{
    std::array<int, 2> ends{};
    if (::socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends.data()) < 0) {
        return fail("cannot make a pair of sockets: {}", errno_words(errno));
    }
    UniqueFd ours(ends[0]);
    const UniqueFd theirs(ends[1]);
    // Somebody may have stopped the witness; that must not stop us.
    const timeval patience{.tv_sec = 1, .tv_usec = 0};
    ::setsockopt(ours.get(), SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof(patience));

    // Blocked before the fork: the witness never dies of a signal to the group.
    sigset_t all;
    sigset_t before;
    ::sigfillset(&all);
    ::sigprocmask(SIG_SETMASK, &all, &before);
    const pid_t pid = ::fork();
    if (pid == 0) {
        ours.reset(); // or it would hold its own line open
        witness(theirs.get(), all);
    }
    const int error = errno;
    ::sigprocmask(SIG_SETMASK, &before, nullptr);
    if (pid < 0) {
        return fail("cannot make a process: {}", errno_words(error));
    }
    return GroupWitness(pid, std::move(ours));
}

GroupWitness::GroupWitness(pid_t pid, UniqueFd line) : pid_(pid), line_(std::move(line))
{
    ::sigemptyset(&seen_);
}

GroupWitness::GroupWitness(GroupWitness&& other) noexcept
    : pid_(std::exchange(other.pid_, 0)), line_(std::move(other.line_)), seen_(other.seen_)
{
}

GroupWitness::~GroupWitness()
{
    if (pid_ > 0) {
        line_.reset();
        ::kill(pid_, SIGKILL); // should it be stopped
        while (::waitpid(pid_, nullptr, 0) < 0 && errno == EINTR) {
        }
    }
}

void GroupWitness::ask()
{
    sigset_t pending;
    // A witness that somebody has killed has seen nothing.
    if (::send(line_.get(), "?", 1, MSG_NOSIGNAL) == 1 &&
        ::recv(line_.get(), &pending, sizeof(pending), 0) == sizeof(pending)) {
        ::sigorset(&seen_, &seen_, &pending);
    }
}

bool GroupWitness::saw(int signal)
{
    constexpr timespec moment{.tv_sec = 0, .tv_nsec = 20'000'000};
    ask();
    if (::sigismember(&seen_, signal) == 0) {
        ::nanosleep(&moment, nullptr);
        ask();
    }
    const bool seen = ::sigismember(&seen_, signal) == 1;
    ::sigdelset(&seen_, signal);
    return seen;
}

} // namespace mp3prof
