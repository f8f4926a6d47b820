// SPDX-License-Identifier: GPL-2.0-or-later
#include "sys/crowd.hpp"

#include "sys/clock.hpp"

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <ctime>

#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

namespace mp3prof
{

namespace
{

// The child's life; async-signal-safe calls only.
[[noreturn]] void live(pid_t parent, nanoseconds pause, const Signals& signals)
{
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    signals.restore();
    if (::getppid() != parent) { // it died before it could take us along
        ::_exit(0);
    }
    const auto size = static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
    void* page = ::mmap(nullptr, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (pause == nanoseconds::zero() || page == MAP_FAILED) {
        for (;;) {
            ::pause();
        }
    }
    const timespec time = timespec_of(pause);
    for (;;) {
        ::madvise(page, size, MADV_DONTNEED);
        *static_cast<volatile char*>(page) = 1;
        ::nanosleep(&time, nullptr);
    }
}

} // namespace

Result<Crowd> Crowd::fork(std::size_t count, nanoseconds pause, const Signals& signals)
{
    Crowd crowd;
    crowd.pids_.reserve(count);
    const pid_t parent = ::getpid();
    while (crowd.pids_.size() < count) {
        // Until restore() the child has our handlers.
        const SignalsHeld held;
        const pid_t pid = ::fork();
        if (pid < 0) {
            return fail("cannot make {} processes, only {}: {}", count, crowd.pids_.size(),
                        errno_words(errno));
        }
        if (pid == 0) {
            live(parent, pause, signals);
        }
        crowd.pids_.push_back(pid);
    }
    std::ranges::sort(crowd.pids_); // PIDs may have begun anew
    return crowd;
}

Crowd::~Crowd()
{
    // They are ours and not waited for: no PID of them can be another's.
    for (const pid_t pid : pids_) {
        ::kill(pid, SIGKILL);
    }
    for (const pid_t pid : pids_) {
        while (::waitpid(pid, nullptr, 0) < 0 && errno == EINTR) {
        }
    }
}

} // namespace mp3prof
