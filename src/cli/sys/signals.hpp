// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "sys/error.hpp"
#include "sys/unique_fd.hpp"

#include <csignal>
#include <initializer_list>
#include <map>

namespace mp3prof
{

enum class Repeat {
    once, // the second one has its default effect again: it kills
    always,
};

// Who sent a signal.
enum class Sender {
    none,   // it has not come
    kernel, // the terminal: to its whole process group
    process,
};

// Signals as events. While it lives, the signals it catches make fd() readable
// and are taken by take(), whatever mask we were started with, and SIGPIPE is
// ignored: a closed pipe is an error of write(), so that every command can end
// well. Afterwards all are as they were before. Only one at a time.
class Signals
{
public:
    [[nodiscard]] static Result<Signals> make();

    Signals(Signals&& other) noexcept = default;
    Signals& operator=(Signals&&) = delete;
    Signals(const Signals&) = delete;
    Signals& operator=(const Signals&) = delete;
    ~Signals();

    void catch_these(std::initializer_list<int> signals, Repeat repeat);
    // SIGINT, whose second one kills, and SIGTERM, which timeout(1) sends twice.
    void catch_ends();
    void ignore(std::initializer_list<int> signals);

    // Who has sent the signal since the last call; a process rather than the kernel.
    [[nodiscard]] Sender take(int signal);
    // One of these that has come since it was taken; 0 for none.
    [[nodiscard]] int take_any(std::initializer_list<int> signals);
    [[nodiscard]] int fd() const { return event_.get(); }
    // Makes fd() wait for the next signal.
    void clear();

    // Lets SIGTSTP, which is caught, stop us as it would any program; returns
    // when we are continued.
    static void stop();

    // What it was like before; also for a child after fork().
    void restore() const;

private:
    Signals(UniqueFd event, const sigset_t& mask_before)
        : event_(std::move(event)), mask_before_(mask_before)
    {
    }
    void set(int signal, const struct sigaction& action);

    UniqueFd event_;
    std::map<int, struct sigaction> before_;
    sigset_t mask_before_{};
};

// While it lives, no signal is delivered to this thread; those that come wait.
class SignalsHeld
{
public:
    SignalsHeld();
    SignalsHeld(const SignalsHeld&) = delete;
    SignalsHeld& operator=(const SignalsHeld&) = delete;
    ~SignalsHeld();

private:
    sigset_t before_{};
};

} // namespace mp3prof
