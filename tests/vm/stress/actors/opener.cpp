// SPDX-License-Identifier: GPL-2.0-or-later
// A child that opens the device and does to the descriptor and the mappings what
// can be done, in any order, until it exits or is killed: mapped, half
// unmapped, blocked in read, with its descriptor on the way through a socket.
#include "actor.hpp"
#include "board.hpp"
#include "interface.hpp"
#include "judge.hpp"
#include "process.hpp"
#include "support/child.hpp"
#include "support/device.hpp"

#include <cerrno>
#include <csignal>
#include <cstring>

#include <fcntl.h>
#include <poll.h>
#include <sys/epoll.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>

namespace stress
{

namespace
{

// One descriptor and one mapping at a time.
class Handling
{
public:
    bool open(Random& random)
    {
        constexpr int flags[] = {0, 0, O_NONBLOCK, O_SYNC};
        fd_ = open_device(random.pick(flags));
        return static_cast<bool>(fd_);
    }

    void something(Random& random)
    {
        switch (random.below(14)) {
        case 0:
            return map_ring(random);
        case 1:
            return map_classic();
        case 2:
            return map_wrongly(random);
        case 3:
            return expect_all("mprotect", mprotect(memory_, size_, PROT_READ | PROT_WRITE),
                              {EACCES, ENOMEM, EINVAL});
        case 4:
            return unmap_some(random);
        case 5:
            return move(random);
        case 6:
            return wish(random);
        case 7:
            return read_something(random);
        case 8:
            return poll_it(random);
        case 9:
            return duplicate();
        case 10:
            return pass_on(random);
        case 11:
            return fork_with_it();
        case 12:
            return ask_nonsense(random);
        default:
            fd_.reset();
            if (!open(random))
                fd_ = guest::Fd{}; // gone: all else is EBADF
        }
    }

    // Until SIGKILL.
    void block() const
    {
        fcntl(fd_.get(), F_SETFL, 0);
        for (;;)
            if (guest::read_ticks(fd_.get()) < 0)
                nap_us(1000);
    }

private:
    void expect_all(const char* call, long result, std::initializer_list<int> expected) const
    {
        const int error = error_of(result);
        count(call, error);
        for (const int known : expected)
            if (error == known)
                return;
        if (error != 0 && error != EBADF)
            fail("%s: %s", call, errno_name(error));
    }

    void keep(void* memory, std::size_t size)
    {
        if (memory == MAP_FAILED)
            return;
        if (memory_ != nullptr)
            munmap(memory_, size_);
        memory_ = memory;
        size_ = size;
        count_words();
    }

    // Looks at a word of each page that is still there.
    void count_words() const
    {
        long sum = 0;
        for (std::size_t at = 0; at < size_; at += 64 * guest::page_size())
            sum += *reinterpret_cast<volatile long*>(static_cast<char*>(memory_) + at);
        last_sum = sum;
    }

    void map_ring(Random& random)
    {
        const std::size_t size =
            guest::page_size() * (random.one_in(4) ? 1 : random.between(1, 1500));
        void* memory = mmap(nullptr, size, PROT_READ, MAP_SHARED, fd_.get(), MP3_RING_OFFSET);
        expect_all("map the ring", memory == MAP_FAILED ? -1 : 0, {});
        keep(memory, size);
    }

    void map_classic()
    {
        const std::size_t size = MP3_CLASSIC_PAGES * guest::page_size();
        void* memory = mmap(nullptr, size, PROT_READ | PROT_WRITE, MAP_SHARED, fd_.get(), 0);
        expect_all("map the classic buffer", memory == MAP_FAILED ? -1 : 0, {});
        keep(memory, size);
    }

    void map_wrongly(Random& random) const
    {
        constexpr std::size_t huge = std::size_t{1} << 30;
        const off_t offset = random.one_in(2) ? MP3_RING_OFFSET : MP3_RING_OFFSET + 4096;
        const bool writable = random.one_in(2);
        void* memory = mmap(nullptr, writable ? 4096 : huge, writable ? PROT_WRITE : PROT_READ,
                            MAP_SHARED, fd_.get(), offset);
        expect_all("map what cannot be", memory == MAP_FAILED ? -1 : 0, {EPERM, EINVAL});
        if (memory != MAP_FAILED)
            fail("what cannot be mapped was");
    }

    void unmap_some(Random& random)
    {
        if (memory_ == nullptr)
            return;
        const std::size_t pages = size_ / guest::page_size();
        const std::size_t first = random.below(pages);
        expect_all("unmap a part",
                   munmap(static_cast<char*>(memory_) + first * guest::page_size(),
                          (1 + random.below(pages - first)) * guest::page_size()),
                   {});
        memory_ = nullptr; // the rest stays until the end
    }

    void move(Random& random)
    {
        if (memory_ == nullptr)
            return;
        const std::size_t pages = size_ / guest::page_size();
        const std::size_t size = (1 + random.below(2 * pages)) * guest::page_size();
        void* memory = mremap(memory_, size_, size, MREMAP_MAYMOVE);
        expect_all("mremap", memory == MAP_FAILED ? -1 : 0, {EFAULT, EINVAL});
        if (memory == MAP_FAILED)
            return;
        if (size > size_)
            fail("a mapping grew from %zu to %zu bytes", size_, size);
        memory_ = memory;
        size_ = size;
        count_words();
    }

    void wish(Random& random) const
    {
        const std::uint64_t ns = static_cast<std::uint64_t>(random.between(1, 1000)) * 1'000'000;
        const int error = guest::set_interval(fd_.get(), ns);
        errno = error;
        expect_all("set the interval", error == 0 ? 0 : -1, {EINVAL});
    }

    void read_something(Random& random) const
    {
        char buffer[64];
        void* const places[] = {buffer, buffer + 3, guest::bad_address(), nullptr};
        fcntl(fd_.get(), F_SETFL, O_NONBLOCK);
        expect_all("read anyhow",
                   read(fd_.get(), random.pick(places), random.below(sizeof buffer - 3)),
                   {EAGAIN, EINVAL, EFAULT});
    }

    void poll_it(Random& random) const
    {
        const guest::Fd set{epoll_create1(EPOLL_CLOEXEC)};
        epoll_event event{EPOLLIN, {}};
        expect_all("epoll_ctl", epoll_ctl(set.get(), EPOLL_CTL_ADD, fd_.get(), &event), {});
        pollfd entries[] = {{set.get(), POLLIN, 0}, {fd_.get(), POLLIN, 0}};
        expect_all("poll", poll(entries, 2, static_cast<int>(random.below(5))), {EINTR});
    }

    void duplicate()
    {
        const int copy = fcntl(fd_.get(), F_DUPFD_CLOEXEC, 0);
        expect_all("dup", copy, {});
        fd_ = guest::Fd{copy};
    }

    // The only reference is in the socket for a while, or for good.
    void pass_on(Random& random)
    {
        int ends[2];
        if (!fd_ || socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0)
            return;
        const guest::Fd from{ends[0]};
        const guest::Fd to{ends[1]};
        expect_all("pass through a socket", send_fd(from.get(), fd_.get()), {});
        fd_.reset();
        if (random.one_in(2))
            fd_ = guest::Fd{receive_fd(to.get())};
        else
            open(random);
    }

    struct Message {
        Message()
        {
            header.msg_iov = &vector;
            header.msg_iovlen = 1;
            header.msg_control = control;
            header.msg_controllen = sizeof control;
        }
        char byte = 0;
        iovec vector{&byte, 1};
        alignas(cmsghdr) char control[CMSG_SPACE(sizeof(int))] = {};
        msghdr header{};
    };

    static long send_fd(int socket, int fd)
    {
        Message message;
        cmsghdr* const part = CMSG_FIRSTHDR(&message.header);
        part->cmsg_level = SOL_SOCKET;
        part->cmsg_type = SCM_RIGHTS;
        part->cmsg_len = CMSG_LEN(sizeof fd);
        std::memcpy(CMSG_DATA(part), &fd, sizeof fd);
        return sendmsg(socket, &message.header, 0);
    }

    static int receive_fd(int socket)
    {
        Message message;
        int fd = -1;
        if (recvmsg(socket, &message.header, MSG_CMSG_CLOEXEC) == 1)
            std::memcpy(&fd, CMSG_DATA(CMSG_FIRSTHDR(&message.header)), sizeof fd);
        return fd;
    }

    // The child has the descriptor, and the classic mapping, but not the ring.
    void fork_with_it() const
    {
        fcntl(fd_.get(), F_SETFL, O_NONBLOCK);
        const pid_t pid = start([this] {
            guest::read_ticks(fd_.get());
            return 0;
        });
        if (pid > 0)
            finish(pid);
    }

    void ask_nonsense(Random& random) const
    {
        __u64 word = random.word();
        const unsigned long request =
            _IOC(random.below(4), MP3_IOC_MAGIC, 2 + random.below(200), 8);
        expect_all("ioctl of no meaning", ioctl(fd_.get(), request, &word), {ENOTTY});
    }

    static inline volatile long last_sum;

    guest::Fd fd_;
    void* memory_ = nullptr;
    std::size_t size_ = 0;
};

class Opener : public Actor
{
public:
    void step(Random& random) override
    {
        const bool blocks = random.one_in(3);
        const bool killed = blocks || random.one_in(2);
        const long us = random.between(0, 30'000);
        const pid_t pid = start([&] { return handle(random, blocks); });
        if (pid < 0)
            return;
        offer_target(random, pid);
        if (killed) {
            nap_us(us);
            end(pid);
            count(blocks ? "killed, perhaps blocked in read" : "killed, perhaps mapped");
        } else if (const int status = finish(pid); status != 0) {
            fail("a child that handles the device: status %#x", static_cast<unsigned>(status));
        }
    }

    // Waits for nobody: its child is over.
    bool let_go() override { return true; }

private:
    static int handle(Random& random, bool blocks)
    {
        Handling handling;
        if (!handling.open(random))
            return 0;
        for (long n = random.between(2, 25); n > 0; --n)
            handling.something(random);
        if (blocks)
            handling.block();
        return 0;
    }
};

} // namespace

std::unique_ptr<Actor> make_opener(Person)
{
    return std::make_unique<Opener>();
}

} // namespace stress
