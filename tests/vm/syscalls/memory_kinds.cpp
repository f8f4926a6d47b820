// SPDX-License-Identifier: GPL-2.0-or-later
// Calls on mappings. All stand in the ground, where nothing else is.
#include "kinds.hpp"
#include "support/device.hpp"

#include <cerrno>

#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

namespace syscalls
{

using guest::page_size;

namespace
{

unsigned some_protection(Random& random)
{
    return random.one_in(2) ? PROT_READ : random.flags({PROT_READ, PROT_WRITE, PROT_EXEC});
}

long some_offset(Random& random)
{
    const auto page = static_cast<long>(page_size());
    switch (random.below(16)) {
    case 0:
        return random.pick<long>(
            {page, MP3_RING_OFFSET - page, MP3_RING_OFFSET + page, INT64_MAX & -page, -page, 1});
    case 1:
    case 2:
    case 3:
    case 4:
        return 0;
    default:
        return MP3_RING_OFFSET;
    }
}

bool is_in_ground(long address)
{
    const auto at = static_cast<std::uintptr_t>(address);
    return at >= ground_start && at < 2 * ground_start;
}

long call_mmap(Hand& hand)
{
    Random& random = hand.random();
    unsigned flags = random.one_in(8) ? random.pick<unsigned>({MAP_PRIVATE, MAP_SHARED_VALIDATE, 0})
                                      : MAP_SHARED;
    flags |= random.flags({MAP_FIXED}) |
             random.flags({MAP_POPULATE, MAP_LOCKED, MAP_NORESERVE, MAP_GROWSDOWN, MAP_NONBLOCK,
                           MAP_STACK, MAP_FIXED_NOREPLACE, MAP_SYNC},
                          16);
    const std::size_t length = hand.ground_length();
    const long result = syscall(SYS_mmap, hand.ground(), length, some_protection(random), flags,
                                hand.descriptor(random.one_in(8) ? Slot::status : Slot::device),
                                some_offset(random));
    // The kernel chose another place, where nothing finds it again.
    if (result != -1 && !is_in_ground(result))
        munmap(reinterpret_cast<void*>(result), length);
    return result;
}

long call_munmap(Hand& hand)
{
    return syscall(SYS_munmap, hand.ground(), hand.ground_length());
}

long call_mprotect(Hand& hand)
{
    Random& random = hand.random();
    return syscall(SYS_mprotect, hand.ground(), hand.ground_length(),
                   some_protection(random) | random.flags({PROT_GROWSDOWN, PROT_GROWSUP, 8}, 16));
}

long call_mremap(Hand& hand)
{
    Random& random = hand.random();
    const unsigned flags = random.pick<unsigned>(
        {0, MREMAP_MAYMOVE, MREMAP_MAYMOVE | MREMAP_FIXED, MREMAP_MAYMOVE | 4, MREMAP_FIXED, 8});
    const std::size_t length = hand.ground_length();
    const std::size_t wanted = random.one_in(2) ? length : (1 + random.below(32)) * page_size();
    const long result = syscall(SYS_mremap, hand.ground(), random.one_in(8) ? 0 : length, wanted,
                                flags, hand.ground());
    if (result != -1 && !is_in_ground(result))
        munmap(reinterpret_cast<void*>(result), wanted);
    return result;
}

long call_madvise(Hand& hand)
{
    // All but MADV_HWPOISON (100) and its like, which break the machine for root.
    return syscall(SYS_madvise, hand.ground(), hand.ground_length(), hand.random().below(30));
}

long call_mlock(Hand& hand)
{
    switch (hand.random().below(3)) {
    case 0:
        return syscall(SYS_mlock, hand.ground(), hand.ground_length());
    case 1:
        return syscall(SYS_mlock2, hand.ground(), hand.ground_length(), hand.random().below(3));
    default:
        return syscall(SYS_munlock, hand.ground(), hand.ground_length());
    }
}

long call_msync(Hand& hand)
{
    return syscall(SYS_msync, hand.ground(), hand.ground_length(), hand.random().below(9));
}

long call_mincore(Hand& hand)
{
    return syscall(SYS_mincore, hand.ground(), hand.random().below(64) * page_size(),
                   hand.pointer());
}

long call_remap_file_pages(Hand& hand)
{
    return syscall(SYS_remap_file_pages, hand.ground(), hand.ground_length(), 0,
                   hand.random().pick<unsigned long>(
                       {0, 1, MP3_RING_OFFSET / page_size(), MP3_RING_OFFSET / page_size() + 3}),
                   0);
}

// Into the ground or out of it, by the kernel's hand: a fault is no signal.
long copy_process(Hand& hand, long call)
{
    iovec ours{hand.buffer(), 1 + hand.random().below(Hand::buffer_size)};
    iovec ground{hand.ground(), hand.random().one_in(4) ? hand.length() : ours.iov_len};
    const pid_t pid = hand.random().one_in(8)
                          ? hand.worker().ledger.pids[hand.random().below(most_workers)].load()
                          : getpid();
    return syscall(call, pid, &ours, 1, &ground, 1, 0);
}

long call_vm_readv(Hand& hand)
{
    return copy_process(hand, SYS_process_vm_readv);
}

long call_vm_writev(Hand& hand)
{
    return copy_process(hand, SYS_process_vm_writev);
}

// By our own hand: where nothing is, or what may not be, a signal ends us.
long call_touch(Hand& hand)
{
    auto* word = static_cast<volatile std::uint8_t*>(hand.ground());
    if (hand.random().one_in(4))
        *word = static_cast<std::uint8_t>(hand.random().word());
    else
        hand.buffer()[0] = static_cast<std::byte>(*word);
    return 0;
}

constexpr Kind kinds[] = {
    {"mmap",
     60,
     call_mmap,
     {EACCES, EAGAIN, EBADF, EEXIST, EINVAL, EIO, ENODEV, ENOMEM, EOVERFLOW, EPERM, EOPNOTSUPP,
      ENFILE}},
    {"munmap", 25, call_munmap, {EINVAL, ENOMEM}},
    {"mprotect", 40, call_mprotect, {EACCES, EINVAL, ENOMEM}},
    {"mremap", 20, call_mremap, {EAGAIN, EFAULT, EINVAL, ENOMEM, EPERM}},
    {"madvise",
     30,
     call_madvise,
     {EACCES, EAGAIN, EBADF, EINVAL, EIO, ENOMEM, EPERM, EFAULT, EBUSY, ENODEV}},
    {"mlock", 15, call_mlock, {EAGAIN, EINVAL, ENOMEM, EPERM}},
    {"msync", 5, call_msync, {EBUSY, EINVAL, ENOMEM}},
    {"mincore", 5, call_mincore, {EAGAIN, EFAULT, EINVAL, ENOMEM}},
    {"remap_file_pages", 4, call_remap_file_pages, {EINVAL, EAGAIN, ENOMEM, EPERM, EACCES, EBADF}},
    {"process_vm_readv", 25, call_vm_readv, {EFAULT, EINVAL, ENOMEM, EPERM, ESRCH, EINTR}},
    {"process_vm_writev", 20, call_vm_writev, {EFAULT, EINVAL, ENOMEM, EPERM, ESRCH, EINTR}},
    {"touch", 2, call_touch, {}},
};

} // namespace

std::span<const Kind> memory_kinds()
{
    return kinds;
}

} // namespace syscalls
