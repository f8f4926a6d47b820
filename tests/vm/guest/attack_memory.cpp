// SPDX-License-Identifier: GPL-2.0-or-later
// Every way that a program has to write where its page tables say read-only:
// the ring keeps its bytes, for its other readers too.
#include "support/child.hpp"
#include "support/device.hpp"
#include "support/ring.hpp"
#include "support/status.hpp"

#include <doctest/doctest.h>

#include <cerrno>
#include <csignal>
#include <cstring>

#include <fcntl.h>
#include <linux/futex.h>
#include <sys/mman.h>
#include <sys/ptrace.h>
#include <sys/random.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/wait.h>

using namespace guest;

namespace
{

constexpr unsigned long nonsense = 0x4141414141414141;

// The ring as another reader has it, before and after. Nothing is registered,
// so that it stands still.
class Witness
{
public:
    Witness() : device_{open_device()}, map_{device_.get()}
    {
        REQUIRE(map_.valid());
        wait_for_standing_clock();
        before_.assign(map_.base(), map_.base() + map_.size());
    }

    bool unchanged() const { return std::memcmp(map_.base(), before_.data(), before_.size()) == 0; }

private:
    EmptyRegistry empty_;
    Fd device_;
    RingMap map_;
    std::vector<unsigned char> before_;
};

// A mapping of the ring by a descriptor of either kind, and places in it.
class Target
{
public:
    explicit Target(int flags) : device_{open(device_path, flags | O_CLOEXEC)}, map_{device_.get()}
    {
    }

    bool valid() const { return map_.valid(); }
    std::vector<void*> places() const // in the header, in records, at the very end
    {
        auto* base = const_cast<unsigned char*>(map_.base());
        return {base, base + offsetof(mp3_header, head), base + map_.header().data_offset,
                base + map_.size() - sizeof nonsense};
    }

private:
    Fd device_;
    RingMap map_;
};

// Tries `attack` on each place, by a child whose mapping it is: it must fail there,
// and leave no trace here.
template <typename Attack>
void check_repelled(const Attack& attack)
{
    const Witness witness;
    for (const int flags : {O_RDWR, O_RDONLY}) {
        CAPTURE(flags);
        const Outcome outcome = reap(spawn([&] {
            const Target target{flags};
            if (!target.valid())
                return 2;
            for (void* place : target.places())
                if (attack(place))
                    return 1;
            return 0;
        }));
        CAPTURE(outcome.status);
        CHECK(outcome.exited_with(0));
        CHECK(witness.unchanged());
    }
}

// A reader that waits for its debugger.
struct WaitingReader {
    Mail<void*> place;
    Gate go;
    Child child{[this] {
        const Target target{O_RDWR};
        place.send(target.valid() ? target.places()[1] : nullptr);
        go.wait();
        return 0;
    }};
    void* where() const
    {
        void* address = nullptr;
        place.receive(address);
        return address;
    }
};

} // namespace

TEST_SUITE("attack")
{

    TEST_CASE("the ring: /proc/self/mem writes nowhere in it")
    {
        check_repelled([](void* place) {
            const Fd memory{open("/proc/self/mem", O_RDWR | O_CLOEXEC)};
            const auto address = static_cast<off_t>(reinterpret_cast<std::uintptr_t>(place));
            return !memory || pwrite(memory.get(), &nonsense, sizeof nonsense, address) != -1;
        });
    }

    TEST_CASE("the ring: process_vm_writev writes nowhere in it")
    {
        check_repelled([](void* place) {
            unsigned long word = nonsense;
            const iovec from{&word, sizeof word};
            const iovec to{place, sizeof word};
            return process_vm_writev(getpid(), &from, 1, &to, 1, 0) != -1;
        });
    }

    TEST_CASE("the ring: a call that returns its result in there is EFAULT")
    {
        check_repelled([](void* place) {
            const Fd file{open("/proc/self/exe", O_RDONLY | O_CLOEXEC)};
            const bool read_into = pread(file.get(), place, 8, 0) != -1 || errno != EFAULT;
            const bool random = getrandom(place, 8, 0) != -1 || errno != EFAULT;
            return read_into || random;
        });
    }

    TEST_CASE("the ring: an atomic operation of futex on it is EFAULT")
    {
        check_repelled([](void* place) {
            unsigned own = 0;
            return syscall(SYS_futex, &own, FUTEX_WAKE_OP, 1, 1, place,
                           FUTEX_OP(FUTEX_OP_SET, 1, FUTEX_OP_CMP_EQ, 1)) != -1 ||
                   errno != EFAULT;
        });
    }

    TEST_CASE("the ring: the word that the kernel clears at exit is not in it")
    {
        const Witness witness;
        CHECK(reap(spawn([] {
                  const Target target{O_RDWR};
                  syscall(SYS_set_tid_address, target.places()[1]);
                  return 0; // and is cleared, if it can be
              })).exited_with(0));
        CHECK(witness.unchanged());
    }

    TEST_CASE("the ring: populating it for writing is refused")
    {
        constexpr int madv_populate_write = 23; // 5.14
        check_repelled([](void* place) {
            const auto page =
                reinterpret_cast<std::uintptr_t>(place) & ~(std::uintptr_t{page_size()} - 1);
            return madvise(reinterpret_cast<void*>(page), page_size(), madv_populate_write) != -1;
        });
    }

    TEST_CASE("the ring: pages of it in a pipe take no bytes from the pipe")
    {
        check_repelled([](void* place) {
            int ends[2];
            const iovec piece{place, 8};
            if (pipe(ends) != 0 ||
                vmsplice(ends[1], &piece, 1, SPLICE_F_GIFT) != 8) // reading is allowed
                return true;
            char back[16];
            const bool written = write(ends[1], &nonsense, sizeof nonsense) == sizeof nonsense;
            return !written || read(ends[0], back, sizeof back) < 8;
        });
    }

    TEST_CASE("the ring: a debugger does not write to it in a reader's stead")
    {
        const Witness witness;
        WaitingReader reader;
        void* place = reader.where();
        REQUIRE(place != nullptr);
        REQUIRE(ptrace(PTRACE_ATTACH, reader.child.pid(), nullptr, nullptr) == 0);
        int status = 0;
        REQUIRE(waitpid(reader.child.pid(), &status, __WALL) == reader.child.pid());
        errno = 0;
        const long seen = ptrace(PTRACE_PEEKDATA, reader.child.pid(), place, nullptr);
        CHECK(errno == 0); // it may look, as the reader may
        CHECK(ptrace(PTRACE_POKEDATA, reader.child.pid(), place, nonsense) == -1);
        CHECK(ptrace(PTRACE_PEEKDATA, reader.child.pid(), place, nullptr) == seen);
        CHECK(ptrace(PTRACE_DETACH, reader.child.pid(), nullptr, nullptr) == 0);
        CHECK(witness.unchanged());
        reader.go.open();
        CHECK(reader.child.reap().exited_with(0));
    }

    TEST_CASE("the ring: root does not write to it through a reader's memory")
    {
        const Witness witness;
        WaitingReader reader;
        void* place = reader.where();
        REQUIRE(place != nullptr);
        const std::string path = "/proc/" + std::to_string(reader.child.pid()) + "/mem";
        const Fd memory{open(path.c_str(), O_RDWR | O_CLOEXEC)};
        REQUIRE(memory);
        const auto address = static_cast<off_t>(reinterpret_cast<std::uintptr_t>(place));
        CHECK(pwrite(memory.get(), &nonsense, sizeof nonsense, address) == -1);
        unsigned long word = nonsense;
        const iovec from{&word, sizeof word};
        const iovec to{place, sizeof word};
        CHECK(process_vm_writev(reader.child.pid(), &from, 1, &to, 1, 0) == -1);
        CHECK(witness.unchanged());
        reader.go.open();
        CHECK(reader.child.reap().exited_with(0));
    }
}
