// SPDX-License-Identifier: GPL-2.0-or-later
#include "hand.hpp"

#include "support/device.hpp"
#include "support/status.hpp"

#include <cstdlib>

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

namespace syscalls
{

using guest::page_size;

namespace
{

std::byte* make_buffer()
{
    void* memory = mmap(nullptr, Hand::buffer_size + page_size(), PROT_READ | PROT_WRITE,
                        MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (memory == MAP_FAILED)
        std::abort();
    auto* bytes = static_cast<std::byte*>(memory);
    if (munmap(bytes + Hand::buffer_size, page_size()) != 0)
        std::abort();
    return bytes;
}

} // namespace

Worker::Worker(Ledger& all, std::size_t which, bool is_root)
    : ledger{all}, index{which}, root{is_root}
{
    for (auto& slots : descriptors)
        for (auto& fd : slots)
            fd = -1;
}

Hand::Hand(Worker& worker, std::uint64_t seed, bool is_child)
    : worker_{worker}, random_{seed}, buffer_{make_buffer()}, is_child_{is_child}
{
}

void Hand::open_some()
{
    for (std::size_t i = 0; i < slots_of_each; ++i) {
        keep(Slot::device, open(guest::device_path, O_RDWR | O_NONBLOCK));
        keep(Slot::status, open(guest::status_path, O_RDWR));
    }
}

int Hand::descriptor(Slot slot)
{
    const auto& slots = worker_.descriptors[static_cast<unsigned>(slot)];
    const std::size_t first = random_.below(slots_of_each);
    int fd = -1; // the next that is there
    for (std::size_t i = 0; i < slots_of_each && fd < 0; ++i)
        fd = slots[(first + i) % slots_of_each];
    return fd;
}

int Hand::descriptor()
{
    switch (random_.below(16)) {
    case 0:
        return static_cast<int>(random_.word());
    case 1:
    case 2:
        return descriptor(Slot::other);
    case 3:
    case 4:
    case 5:
        return descriptor(Slot::status);
    default:
        return descriptor(Slot::device);
    }
}

long Hand::keep(Slot slot, long fd)
{
    if (fd >= 0) {
        auto& place =
            worker_.descriptors[static_cast<unsigned>(slot)][random_.below(slots_of_each)];
        const int old = place.exchange(static_cast<int>(fd));
        if (old > 2)
            close(old);
    }
    return fd;
}

void* Hand::pointer()
{
    switch (random_.below(12)) {
    case 0:
        return reinterpret_cast<void*>(
            random_.pick<std::uintptr_t>({0, 1, 8, ~0UL, ~7UL, 1UL << 47, (1UL << 47) - 4096,
                                          0xffff800000000000, 0xffffffff81000000}));
    case 1:
        return reinterpret_cast<void*>(random_.word());
    case 2:
    case 3:
        return ground();
    case 4: // across the end
        return buffer_ + buffer_size - random_.below(64);
    default:
        return buffer_ + random_.below(64);
    }
}

std::size_t Hand::length()
{
    switch (random_.below(8)) {
    case 0:
        return random_.pick<std::size_t>({0, 1, 7, ~0UL, 1UL << 31, 1UL << 40, 1UL << 62});
    case 1:
        return random_.below(2 * page_size());
    case 2:
        return random_.below(64);
    default:
        return sizeof(std::uint64_t);
    }
}

void* Hand::ground()
{
    const std::uintptr_t offset = random_.below(8) == 0 ? random_.below(page_size()) : 0;
    return reinterpret_cast<void*>(ground_start + random_.below(ground_pages) * page_size() +
                                   offset);
}

std::size_t Hand::ground_length()
{
    switch (random_.below(16)) {
    case 0:
        return random_.pick<std::size_t>({0, 1, ~0UL, 1UL << 63, 1UL << 45, 1UL << 32});
    case 1:
        return random_.below(ground_pages) * page_size();
    case 2:
        return random_.below(4 * page_size());
    default:
        return (1 + random_.below(16)) * page_size();
    }
}

} // namespace syscalls
