// SPDX-License-Identifier: GPL-2.0-or-later
// One thread of a worker: its random choices, and what it chooses from. The
// descriptors and the ground are shared by the threads of a worker, which take
// them away from each other without asking.
#pragma once

#include "ledger.hpp"
#include "random.hpp"

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>

namespace syscalls
{

// Descriptors by what they were opened for; they may be something else by now.
enum class Slot : unsigned { device, status, other };
constexpr std::size_t slots_of_each = 8;

struct Worker {
    Ledger& ledger;
    std::size_t index;
    bool root;
    std::array<std::array<std::atomic<int>, slots_of_each>, 3> descriptors{};

    Worker(Ledger& all, std::size_t which, bool is_root);
};

class Hand
{
public:
    Hand(Worker& worker, std::uint64_t seed, bool is_child = false);

    Worker& worker() const { return worker_; }
    Random& random() { return random_; }
    bool is_child() const { return is_child_; }
    // A copy for a child that this thread has forked.
    Hand child() { return Hand{worker_, random_.word(), true}; }

    // Opens some files to begin with.
    void open_some();
    // A descriptor, mostly of the device or the status file, at times a bad one.
    int descriptor();
    int descriptor(Slot slot);
    // Keeps a new descriptor, closing what was in its place; gives it back.
    long keep(Slot slot, long fd);

    // Memory that is ours, followed by a page that is not there.
    std::byte* buffer() const { return buffer_; }
    static constexpr std::size_t buffer_size = 8192;
    // Where a call may read or write, mostly not where it should.
    void* pointer();
    // A length to go with it.
    std::size_t length();

    // Pages for mappings, with nothing of ours near.
    void* ground();
    std::size_t ground_length();

private:
    Worker& worker_;
    Random random_;
    std::byte* buffer_;
    bool is_child_;
};

constexpr std::uintptr_t ground_start = 0x100000000000;
constexpr std::size_t ground_pages = 256;

} // namespace syscalls
