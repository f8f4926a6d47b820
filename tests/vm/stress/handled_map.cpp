// SPDX-License-Identifier: GPL-2.0-or-later
#include "handled_map.hpp"

#include "board.hpp"
#include "judge.hpp"
#include "support/device.hpp"

#include <cerrno>

#include <sys/mman.h>

namespace stress
{

static int map_error(const void* memory)
{
    return memory == MAP_FAILED ? errno : 0;
}

void HandledMap::keep(void* memory, std::size_t size)
{
    if (memory_ != nullptr)
        munmap(memory_, size_);
    memory_ = memory;
    size_ = size;
    touch();
}

// A word of some pages: they are there.
void HandledMap::touch() const
{
    for (std::size_t at = 0; at < size_; at += 64 * guest::page_size())
        (void)*reinterpret_cast<const volatile long*>(static_cast<char*>(memory_) + at);
}

void HandledMap::map_ring(int fd, Random& random)
{
    const std::size_t pages = random.one_in(4) ? 1 : 1 + random.below(1500);
    const std::size_t size = pages * guest::page_size();
    void* memory = mmap(nullptr, size, PROT_READ, MAP_SHARED, fd, MP3_RING_OFFSET);
    if (expect("map the ring", map_error(memory), {EBADF}))
        keep(memory, size);
}

void HandledMap::map_classic(int fd)
{
    const std::size_t size = MP3_CLASSIC_PAGES * guest::page_size();
    void* memory = mmap(nullptr, size, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    if (expect("map the classic buffer", map_error(memory), {EBADF}))
        keep(memory, size);
}

// To write, or too much, or from where nothing is.
void HandledMap::map_wrongly(int fd, Random& random) const
{
    constexpr std::size_t huge = std::size_t{1} << 30;
    const bool writable = random.one_in(2);
    const off_t offset = MP3_RING_OFFSET + (random.one_in(2) ? 0 : 4096);
    void* memory = mmap(nullptr, writable ? 4096 : huge, writable ? PROT_WRITE : PROT_READ,
                        MAP_SHARED, fd, offset);
    if (expect("map what cannot be", map_error(memory), {EPERM, EINVAL, EBADF}))
        fail("what cannot be mapped was");
}

void HandledMap::make_writable() const
{
    // EACCES: the ring. ENOMEM: partly unmapped.
    if (memory_ != nullptr)
        expect("mprotect", error_of(mprotect(memory_, size_, PROT_READ | PROT_WRITE)),
               {EACCES, ENOMEM});
}

void HandledMap::unmap_some(Random& random)
{
    if (memory_ == nullptr)
        return;
    const std::size_t pages = size_ / guest::page_size();
    const std::size_t first = random.below(pages);
    const std::size_t count = 1 + random.below(pages - first);
    expect("unmap a part", error_of(munmap(static_cast<char*>(memory_) + first * guest::page_size(),
                                           count * guest::page_size())));
    memory_ = nullptr; // the rest stays until the end
}

void HandledMap::move(Random& random)
{
    if (memory_ == nullptr)
        return;
    const std::size_t pages = size_ / guest::page_size();
    const std::size_t size = (1 + random.below(2 * pages)) * guest::page_size();
    void* memory = mremap(memory_, size_, size, MREMAP_MAYMOVE);
    if (!expect("mremap", map_error(memory), {EFAULT, EINVAL})) // it cannot grow
        return;
    if (size > size_)
        fail("a mapping grew from %zu to %zu bytes", size_, size);
    memory_ = memory;
    size_ = size;
    touch();
}

} // namespace stress
