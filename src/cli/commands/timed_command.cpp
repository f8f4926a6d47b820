// SPDX-License-Identifier: GPL-2.0-or-later
#include "commands/timed_command.hpp"

#include "sys/child.hpp"
#include "sys/clock.hpp"

#include <cerrno>
#include <csignal>

#include <poll.h>

namespace mp3prof
{

namespace
{

int asked_to_end(Signals& signals)
{
    for (const int signal : {SIGINT, SIGTERM}) {
        if (signals.take(signal) != Sender::none) {
            return signal;
        }
    }
    return 0;
}

} // namespace

Result<TimedEnd> run_timed(const std::vector<std::string>& command, Signals& signals)
{
    TimedEnd timed;
    TRY_ASSIGN(Child child, Child::fork_at_gate(command, signals));
    const nanoseconds begin = monotonic_now();
    if (const int error = child.release(); error != 0) {
        TRY(child.wait());
        return fail("cannot run {}: {}", command.front(), errno_words(error));
    }
    for (;;) {
        TRY_ASSIGN(const bool ended, child.has_ended());
        if (ended) {
            break;
        }
        pollfd wake{.fd = signals.fd(), .events = POLLIN, .revents = 0};
        ::poll(&wake, 1, 1000);
        signals.clear();
        if (const int signal = asked_to_end(signals); signal != 0) {
            timed.signal = signal;
            ::kill(child.pid(), SIGTERM);
        }
    }
    timed.wall_s = static_cast<double>((monotonic_now() - begin).count()) / 1e9;
    TRY_ASSIGN(const ChildEnd end, child.wait());
    timed.usage = end.usage;
    timed.status = end.exit_status();
    return timed;
}

} // namespace mp3prof
