// SPDX-License-Identifier: GPL-2.0-or-later
// Calls on descriptors.
#include "command_text.hpp"
#include "kinds.hpp"
#include "support/device.hpp"
#include "support/status.hpp"

#include <cerrno>
#include <cstring>

#include <fcntl.h>
#include <sys/ioctl.h>
#include <sys/sendfile.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

namespace syscalls
{

namespace
{

long call_open(Hand& hand)
{
    Random& random = hand.random();
    const bool device = !random.one_in(3);
    const char* path = device ? guest::device_path : guest::status_path;
    unsigned flags = random.pick<unsigned>({O_RDONLY, O_WRONLY, O_RDWR, O_RDWR});
    flags |= (random.one_in(8) ? 0U : O_NONBLOCK) |
             random.flags({O_SYNC, O_TRUNC, O_APPEND, O_CREAT, O_EXCL, O_DIRECTORY, O_PATH,
                           O_TMPFILE, O_NOFOLLOW, O_NOATIME, O_CLOEXEC, O_NOCTTY},
                          24);
    if (random.one_in(64))
        return hand.keep(Slot::other,
                         openat(hand.descriptor(), path + 1, static_cast<int>(flags), 0));
    return hand.keep(device ? Slot::device : Slot::status,
                     openat(AT_FDCWD, path, static_cast<int>(flags), 0600));
}

long call_pipe(Hand& hand)
{
    int ends[2];
    if (pipe2(ends, O_NONBLOCK) != 0)
        return -1;
    hand.keep(Slot::other, ends[0]);
    return hand.keep(Slot::other, ends[1]);
}

long call_close(Hand& hand)
{
    const int fd = hand.descriptor();
    return fd >= 0 && fd <= 2 ? 0 : close(fd);
}

long call_close_range(Hand& hand)
{
    const auto first = static_cast<unsigned>(3 + hand.random().below(40));
    const unsigned last = hand.random().one_in(16)
                              ? static_cast<unsigned>(hand.random().word())
                              : first + static_cast<unsigned>(hand.random().below(3));
    return syscall(SYS_close_range, first, last, hand.random().flags({2, 4, 8}, 16));
}

long call_dup(Hand& hand)
{
    const int fd = hand.descriptor();
    const Slot slot = hand.random().pick({Slot::device, Slot::status, Slot::other});
    if (hand.random().one_in(2))
        return hand.keep(slot, dup(fd));
    const int onto = hand.descriptor(slot); // one that is open; it takes its place
    if (onto <= 2)
        return hand.keep(slot, fcntl(fd, F_DUPFD_CLOEXEC, 3));
    return dup3(fd, onto, static_cast<int>(hand.random().flags({O_CLOEXEC})));
}

long call_read(Hand& hand)
{
    return syscall(SYS_read, hand.descriptor(), hand.pointer(), hand.length());
}

long call_pread(Hand& hand)
{
    return syscall(SYS_pread64, hand.descriptor(), hand.pointer(), hand.length(),
                   hand.random().pick<long>({0, 1, 8, -1, 4096, 1L << 62}));
}

void make_vector(Hand& hand, iovec (&vector)[4])
{
    for (iovec& part : vector)
        part = {hand.pointer(), hand.length()};
}

int vector_count(Hand& hand)
{
    return hand.random().one_in(32) ? hand.random().pick({-1, 0, 1025})
                                    : static_cast<int>(1 + hand.random().below(4));
}

long call_readv(Hand& hand)
{
    iovec vector[4];
    make_vector(hand, vector);
    // Beyond its end stands our stack, which is no vector either.
    const int count = vector_count(hand);
    return syscall(SYS_readv, hand.descriptor(), vector, count > 4 ? -1 : count);
}

long call_write(Hand& hand)
{
    Random& random = hand.random();
    const int fd = random.one_in(4) ? hand.descriptor() : hand.descriptor(Slot::status);
    if (random.one_in(8))
        return syscall(SYS_write, fd, hand.pointer(), hand.length());
    char text[600];
    const std::size_t size = command_text(hand, text);
    return random.one_in(16) ? syscall(SYS_pwrite64, fd, text, size, random.word())
                             : write(fd, text, size);
}

long call_writev(Hand& hand)
{
    char text[600];
    iovec vector[4];
    make_vector(hand, vector);
    if (!hand.random().one_in(4))
        vector[0] = {text, command_text(hand, text)};
    const int count = vector_count(hand);
    return syscall(SYS_writev, hand.descriptor(Slot::status), vector, count > 4 ? -1 : count);
}

long call_lseek(Hand& hand)
{
    return lseek(hand.descriptor(), hand.random().pick<long>({0, 1, -1, 4096, 1L << 62}),
                 static_cast<int>(hand.random().below(6)));
}

long call_sendfile(Hand& hand)
{
    off_t offset = hand.random().pick<long>({0, 8, -1, 1L << 62});
    return sendfile(hand.descriptor(), hand.descriptor(),
                    hand.random().one_in(2) ? &offset : nullptr, hand.length());
}

long call_splice(Hand& hand)
{
    return splice(hand.descriptor(), nullptr, hand.descriptor(), nullptr, hand.length(),
                  SPLICE_F_NONBLOCK | hand.random().flags({SPLICE_F_MOVE, SPLICE_F_MORE, 64}, 8));
}

long call_ioctl(Hand& hand)
{
    Random& random = hand.random();
    const std::uint64_t interval =
        random.pick<std::uint64_t>({1'000'000, 2'000'000, 10'000'000, 50'000'000, 1'000'000'000,
                                    999'999, 0, ~0UL, random.word()});
    std::memcpy(hand.buffer(), &interval, sizeof interval);
    unsigned long request = MP3_IOC_SET_INTERVAL;
    if (random.one_in(3)) // near it, and on our own letter only: others are not ours to answer
        request = _IOC(random.below(4), MP3_IOC_MAGIC, random.below(256), random.below(1 << 14));
    void* argument = random.one_in(4) ? hand.pointer() : hand.buffer();
    return ioctl(hand.descriptor(random.one_in(8) ? Slot::status : Slot::device), request,
                 argument);
}

long call_fcntl(Hand& hand)
{
    Random& random = hand.random();
    const int fd = hand.descriptor();
    switch (random.below(4)) {
    case 0:
        return fcntl(fd, F_SETFL,
                     static_cast<int>(random.flags({O_NONBLOCK, O_APPEND, O_ASYNC, O_DIRECT}, 3)));
    case 1:
        return fcntl(fd, F_SETFD, static_cast<int>(random.below(2)));
    case 2:
        return fcntl(fd, F_SETOWN, static_cast<int>(random.pick({0, getpid(), -1, 1 << 30})));
    default:
        return fcntl(
            fd, static_cast<int>(random.pick({F_GETFL, F_GETFD, F_GETOWN, F_GETPIPE_SZ, 9999})));
    }
}

long call_truncate(Hand& hand)
{
    const int fd = hand.descriptor();
    switch (hand.random().below(3)) {
    case 0:
        return fsync(fd);
    case 1:
        return fallocate(fd, static_cast<int>(hand.random().below(4)), 0, 4096);
    default:
        return ftruncate(fd, hand.random().pick<long>({0, -1, 4096}));
    }
}

constexpr Kind kinds[] = {
    {"open",
     60,
     call_open,
     {EACCES, EEXIST, EINVAL, EISDIR, ENOTDIR, EPERM, ENXIO, EMFILE, ENFILE, ENOMEM, EOPNOTSUPP,
      EINTR, ELOOP, EBADF, ENODEV, ENOENT}},
    {"pipe", 4, call_pipe, {EMFILE, ENFILE, ENOMEM}},
    {"close", 12, call_close, {EBADF, EINTR}},
    {"close_range", 1, call_close_range, {EINVAL, EMFILE, ENOMEM}},
    {"dup", 15, call_dup, {EBADF, EBUSY, EINVAL, EMFILE, EINTR}},
    {"read", 60, call_read, {EAGAIN, EBADF, EFAULT, EINTR, EINVAL, ENOMEM}},
    {"pread", 10, call_pread, {EAGAIN, EBADF, EFAULT, EINTR, EINVAL, ESPIPE, ENOMEM, EOVERFLOW}},
    {"readv", 15, call_readv, {EAGAIN, EBADF, EFAULT, EINTR, EINVAL, ENOMEM}},
    {"write",
     90,
     call_write,
     {EINVAL, ESRCH, EEXIST, EPERM, ENOENT, ENOSPC, EMSGSIZE, EFAULT, ENOMEM, EBADF, EAGAIN, EPIPE,
      ESPIPE, EINTR, EOVERFLOW}},
    {"writev",
     10,
     call_writev,
     {EINVAL, ESRCH, EEXIST, EPERM, ENOENT, ENOSPC, EMSGSIZE, EFAULT, ENOMEM, EBADF, EAGAIN, EPIPE,
      EINTR}},
    {"lseek", 10, call_lseek, {EBADF, EINVAL, ESPIPE, ENXIO, EOVERFLOW}},
    {"sendfile",
     10,
     call_sendfile,
     {EAGAIN, EBADF, EFAULT, EINVAL, EIO, ENOMEM, EOVERFLOW, ESPIPE, EINTR, EPIPE}},
    {"splice", 10, call_splice, {EAGAIN, EBADF, EINVAL, ENOMEM, ESPIPE, EINTR, EPIPE}},
    {"ioctl", 60, call_ioctl, {ENOTTY, EINVAL, EFAULT, EBADF}},
    {"fcntl", 20, call_fcntl, {EACCES, EAGAIN, EBADF, EINVAL, ESRCH, EPERM, EINTR, ENOMEM}},
    {"ftruncate",
     4,
     call_truncate,
     {EBADF, EINVAL, EACCES, EPERM, ENODEV, ESPIPE, EOPNOTSUPP, EIO}},
};

} // namespace

std::span<const Kind> file_kinds()
{
    return kinds;
}

} // namespace syscalls
