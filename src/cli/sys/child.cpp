// SPDX-License-Identifier: GPL-2.0-or-later
#include "sys/child.hpp"

#include <array>
#include <cerrno>

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

namespace mp3prof
{

namespace
{

struct Pipe {
    UniqueFd read;
    UniqueFd write;
};

// What the child does between fork and exec; async-signal-safe calls only.
[[noreturn]] void run_child(char* const* argv, int gate, int failure, const Signals& signals)
{
    char go = 0;
    while (::read(gate, &go, 1) < 0 && errno == EINTR) {
    }
    if (go == 0) {
        ::_exit(0);
    }
    signals.restore();
    ::execvp(argv[0], argv);
    const int error = errno;
    // The parent reads the pipe until it is closed; should this fail, the exit
    // status still says that something did.
    [[maybe_unused]] const ssize_t written = ::write(failure, &error, sizeof(error));
    ::_exit(125);
}

Result<Pipe> make_pipe()
{
    std::array<int, 2> ends{};
    if (::pipe2(ends.data(), O_CLOEXEC) < 0) {
        return fail("cannot make a pipe: {}", errno_words(errno));
    }
    return Pipe{UniqueFd(ends[0]), UniqueFd(ends[1])};
}

} // namespace

int ChildEnd::exit_status() const
{
    return WIFSIGNALED(wait_status) ? 128 + WTERMSIG(wait_status) : WEXITSTATUS(wait_status);
}

Result<Child> Child::fork_at_gate(const std::vector<std::string>& command, const Signals& signals)
{
    TRY_ASSIGN(Pipe gate, make_pipe());
    TRY_ASSIGN(Pipe failure, make_pipe());
    std::vector<char*> argv;
    argv.reserve(command.size() + 1);
    for (const std::string& word : command) {
        argv.push_back(const_cast<char*>(word.c_str()));
    }
    argv.push_back(nullptr);

    // Until exec the child has our handlers, which would swallow a signal that
    // is for it: such a signal waits for restore() in the child.
    const SignalsHeld held;
    const pid_t pid = ::fork();
    if (pid < 0) {
        return fail("cannot make a process: {}", errno_words(errno));
    }
    if (pid == 0) {
        gate.write.reset(); // or the child would hold its own gate open
        run_child(argv.data(), gate.read.get(), failure.write.get(), signals);
    }
    return Child(pid, std::move(gate.write), std::move(failure.read));
}

int Child::release()
{
    const char go = 1;
    // The child holds the reading end until exec, so nobody gets SIGPIPE; should
    // it be dead already, the read below says so by its end of file.
    [[maybe_unused]] const ssize_t written = ::write(gate_.get(), &go, 1);
    gate_.reset();
    int error = 0;
    ssize_t got = 0;
    do {
        got = ::read(failure_.get(), &error, sizeof(error));
    } while (got < 0 && errno == EINTR);
    failure_.reset();
    return got == sizeof(error) ? error : 0;
}

Result<bool> Child::has_ended() const
{
    siginfo_t ended{};
    if (::waitid(P_PID, static_cast<id_t>(pid_), &ended, WEXITED | WNOHANG | WNOWAIT) < 0 &&
        errno != EINTR) {
        return fail("cannot wait for process {}: {}", pid_, errno_words(errno));
    }
    return ended.si_pid == pid_;
}

Result<ChildEnd> Child::wait() const
{
    ChildEnd end;
    while (::wait4(pid_, &end.wait_status, 0, &end.usage) < 0) {
        if (errno != EINTR) {
            return fail("cannot wait for process {}: {}", pid_, errno_words(errno));
        }
    }
    return end;
}

void Child::abandon()
{
    gate_.reset();
}

} // namespace mp3prof
