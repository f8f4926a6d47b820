// SPDX-License-Identifier: GPL-2.0-or-later
#include "support/ring.hpp"

#include <algorithm>
#include <cstring>

#include <sys/mman.h>

namespace guest
{

RingMap::RingMap(int fd)
{
    const auto page = static_cast<std::size_t>(sysconf(_SC_PAGESIZE));
    void* first = mmap(nullptr, page, PROT_READ, MAP_SHARED, fd, MP3_RING_OFFSET);
    if (first == MAP_FAILED)
        return;
    size_ = static_cast<const mp3_header*>(first)->map_size;
    munmap(first, page);
    void* all = mmap(nullptr, size_, PROT_READ, MAP_SHARED, fd, MP3_RING_OFFSET);
    if (all != MAP_FAILED)
        base_ = static_cast<const unsigned char*>(all);
}

RingMap::~RingMap()
{
    if (base_ != nullptr)
        munmap(const_cast<unsigned char*>(base_), size_);
}

std::uint64_t RingMap::head() const
{
    return __atomic_load_n(&header().head, __ATOMIC_ACQUIRE); // (D), with (C')
}

mp3_figures RingMap::figures() const
{
    mp3_figures copy{};
    const __u64 tick = __atomic_load_n(&header().figures.tick, __ATOMIC_ACQUIRE); // (G), with (F)
    std::memcpy(&copy, &header().figures, sizeof copy);
    copy.tick = tick;
    return copy;
}

const mp3_record* RingMap::slot(std::uint64_t index) const
{
    const std::uint64_t offset = (index & (header().capacity - 1)) * header().record_size;
    return reinterpret_cast<const mp3_record*>(base_ + header().data_offset + offset);
}

void Reader::jump(std::uint64_t head)
{
    const std::uint64_t capacity = map_.header().capacity;
    if (head - want_ <= capacity - 1)
        return;
    missed_ += head - (capacity - 1) - want_;
    want_ = head - (capacity - 1);
}

std::optional<mp3_record> Reader::next()
{
    for (;;) {
        const std::uint64_t head = map_.head();
        if (head == want_)
            return std::nullopt;
        jump(head);
        const mp3_record* slot = map_.slot(want_);
        const __u64 seq = __atomic_load_n(&slot->seq, __ATOMIC_ACQUIRE); // (C), with (B)
        if (seq != want_ + 1)
            continue;
        mp3_record copy;
        std::memcpy(&copy, slot, sizeof copy);
        __atomic_thread_fence(__ATOMIC_ACQUIRE); // (E), with (A)
        if (__atomic_load_n(&slot->seq, __ATOMIC_RELAXED) != seq)
            continue;
        ++want_;
        return copy;
    }
}

} // namespace guest
