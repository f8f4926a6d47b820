// SPDX-License-Identifier: GPL-2.0-or-later
// Many processes that sleep, and when they are told to, run and fault once.
#pragma once

#include <atomic>
#include <cstdint>
#include <vector>

#include <sys/types.h>

namespace bench
{

class Troupe
{
public:
    // Each process has so many threads beside its first; they only sleep.
    explicit Troupe(int size = 0, int more_threads = 0);
    ~Troupe();
    Troupe(const Troupe&) = delete;
    Troupe& operator=(const Troupe&) = delete;

    void grow_to(int size);
    void register_all(); // those that are not yet

    // Wakes the first `count`. They run when the caller sleeps, and before the
    // sampler does.
    void act(int count);

    int size() const { return static_cast<int>(pids_.size()); }
    const std::vector<pid_t>& pids() const { return pids_; }

private:
    struct Cue {
        std::atomic<std::uint32_t> ready; // that many have begun to wait
        std::atomic<std::uint32_t> scene[16384];
    };
    [[noreturn]] void play(int index) const;

    Cue* cue_;
    int more_threads_;
    std::size_t registered_ = 0;
    std::vector<pid_t> pids_;
};

} // namespace bench
