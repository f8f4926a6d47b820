// SPDX-License-Identifier: GPL-2.0-or-later
// mmap() of /dev/mp3 with its errno, and what becomes of whoever touches it.
#pragma once

#include "support/child.hpp"

#include <cerrno>
#include <csignal>
#include <cstddef>
#include <cstdint>

#include <mp3.h>
#include <sys/mman.h>
#include <sys/types.h>
#include <sys/wait.h>

namespace guest
{

struct Mapped {
    void* memory = MAP_FAILED;
    std::size_t size = 0;
    int error = 0;

    Mapped(int fd, std::size_t bytes, int protection, int flags, off_t offset) : size{bytes}
    {
        errno = 0;
        memory = mmap(nullptr, bytes, protection, flags, fd, offset);
        error = memory == MAP_FAILED ? errno : 0;
    }
    ~Mapped()
    {
        if (error == 0)
            munmap(memory, size);
    }
    Mapped(const Mapped&) = delete;
    Mapped& operator=(const Mapped&) = delete;

    template <typename T>
    T* as() const
    {
        return static_cast<T*>(memory);
    }
};

// The errno of such a mapping, 0 when it is possible.
inline int map_error(int fd, std::size_t bytes, int protection, int flags, off_t offset)
{
    return Mapped{fd, bytes, protection, flags, offset}.error;
}

// The signal that ends a child which runs `body`; 0 when it returned true,
// -1 when it returned false.
template <typename Body>
int signal_of(const Body& body)
{
    const Outcome outcome = reap(spawn([&] { return body() ? 0 : 1; }));
    if (WIFSIGNALED(outcome.status))
        return WTERMSIG(outcome.status);
    return outcome.exited_with(0) ? 0 : -1;
}

} // namespace guest
