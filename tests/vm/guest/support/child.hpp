// SPDX-License-Identifier: GPL-2.0-or-later
// Child processes: started, held at a gate, reaped with what wait4() says.
#pragma once

#include "support/fd.hpp"

#include <csignal>
#include <functional>

#include <sys/resource.h>
#include <sys/types.h>

namespace guest
{

// Forks; the child ends with the value of `body` and dies with its parent.
pid_t spawn(const std::function<int()>& body);

struct Outcome {
    pid_t pid = -1;
    int status = -1;
    rusage usage{};

    bool exited_with(int code) const;
};

// wait4(), through EINTR.
Outcome reap(pid_t pid);

// Waits until the child is dead, and leaves it a zombie.
bool wait_zombie(pid_t pid);

// A child that is killed and reaped when the case ends early.
class Child
{
public:
    explicit Child(const std::function<int()>& body) : pid_{spawn(body)} {}
    ~Child();
    Child(const Child&) = delete;
    Child& operator=(const Child&) = delete;

    pid_t pid() const { return pid_; }
    Outcome reap();
    Outcome kill_and_reap(int signal);

private:
    pid_t pid_;
    bool reaped_ = false;
};

// One side waits until the other opens; bytes are counted, so a gate can be
// opened several times.
class Gate
{
public:
    Gate();
    void open() const;
    void wait() const;

private:
    Fd read_end_;
    Fd write_end_;
};

// A value from a child to its parent.
template <typename T>
class Mail
{
public:
    Mail()
    {
        int ends[2] = {-1, -1};
        if (pipe(ends) == 0) {
            read_end_ = Fd{ends[0]};
            write_end_ = Fd{ends[1]};
        }
    }
    bool send(const T& value) const
    {
        return write(write_end_.get(), &value, sizeof value) == sizeof value;
    }
    bool receive(T& value) const
    {
        return read(read_end_.get(), &value, sizeof value) == sizeof value;
    }

private:
    Fd read_end_;
    Fd write_end_;
};

// Sleeps until killed.
[[noreturn]] void sleep_for_ever();

} // namespace guest
