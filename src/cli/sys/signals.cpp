// SPDX-License-Identifier: GPL-2.0-or-later
#include "sys/signals.hpp"

#include <array>
#include <atomic>
#include <cerrno>
#include <cstdint>

#include <sys/eventfd.h>
#include <unistd.h>

namespace mp3prof
{

namespace
{

// A handler has nothing but globals.
std::array<std::atomic<Sender>, NSIG> came;
std::atomic<int> event_of_handler = -1;
static_assert(std::atomic<Sender>::is_always_lock_free && std::atomic<int>::is_always_lock_free);

void on_signal(int signal, siginfo_t* info, void* /*context*/)
{
    const int saved_errno = errno;
    auto& sender = came.at(static_cast<std::size_t>(signal));
    if (sender != Sender::process) {
        sender = info->si_code == SI_KERNEL ? Sender::kernel : Sender::process;
    }
    const std::uint64_t one = 1;
    // It cannot fail in a way that matters: a full counter is readable as well.
    [[maybe_unused]] const ssize_t written = ::write(event_of_handler, &one, sizeof(one));
    errno = saved_errno;
}

} // namespace

Result<Signals> Signals::make()
{
    UniqueFd event(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK));
    if (!event) {
        return fail("cannot make an event descriptor: {}", errno_words(errno));
    }
    event_of_handler = event.get();
    sigset_t mask{};
    ::sigprocmask(SIG_SETMASK, nullptr, &mask);
    Signals signals(std::move(event), mask);
    signals.ignore({SIGPIPE});
    return signals;
}

Signals::~Signals()
{
    restore();
}

void Signals::set(int signal, const struct sigaction& action)
{
    struct sigaction old {
    };
    ::sigaction(signal, &action, &old);
    before_.try_emplace(signal, old);
}

void Signals::catch_these(std::initializer_list<int> signals, Repeat repeat)
{
    struct sigaction action {
    };
    action.sa_sigaction = on_signal;
    action.sa_flags = SA_SIGINFO | (repeat == Repeat::once ? static_cast<int>(SA_RESETHAND) : 0);
    sigset_t caught{};
    ::sigemptyset(&caught);
    for (const int signal : signals) {
        came.at(static_cast<std::size_t>(signal)) = Sender::none;
        set(signal, action);
        ::sigaddset(&caught, signal);
    }
    // Who started us may have left them blocked, SIGCHLD above all.
    ::sigprocmask(SIG_UNBLOCK, &caught, nullptr);
}

void Signals::catch_ends()
{
    catch_these({SIGINT}, Repeat::once);
    catch_these({SIGTERM}, Repeat::always);
}

void Signals::ignore(std::initializer_list<int> signals)
{
    struct sigaction action {
    };
    action.sa_handler = SIG_IGN;
    for (const int signal : signals) {
        set(signal, action);
    }
}

Sender Signals::take(int signal)
{
    return came.at(static_cast<std::size_t>(signal)).exchange(Sender::none);
}

int Signals::take_any(std::initializer_list<int> signals)
{
    for (const int signal : signals) {
        if (take(signal) != Sender::none) {
            return signal;
        }
    }
    return 0;
}

void Signals::clear()
{
    std::uint64_t count = 0;
    // EAGAIN when no signal came: nothing to clear.
    [[maybe_unused]] const ssize_t got = ::read(event_.get(), &count, sizeof(count));
}

void Signals::stop()
{
    struct sigaction stopping {
    };
    stopping.sa_handler = SIG_DFL;
    struct sigaction ours {
    };
    ::sigaction(SIGTSTP, &stopping, &ours);
    ::raise(SIGTSTP);
    ::sigaction(SIGTSTP, &ours, nullptr);
}

void Signals::restore() const
{
    if (!event_) {
        return; // moved from: another one has it all
    }
    for (const auto& [signal, action] : before_) {
        ::sigaction(signal, &action, nullptr);
    }
    // What has waited behind the mask meets the old actions.
    ::sigprocmask(SIG_SETMASK, &mask_before_, nullptr);
}

SignalsHeld::SignalsHeld()
{
    sigset_t all{};
    ::sigfillset(&all);
    ::sigprocmask(SIG_SETMASK, &all, &before_);
}

SignalsHeld::~SignalsHeld()
{
    ::sigprocmask(SIG_SETMASK, &before_, nullptr);
}

} // namespace mp3prof
