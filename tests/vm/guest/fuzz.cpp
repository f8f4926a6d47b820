// SPDX-License-Identifier: GPL-2.0-or-later
// Random writes and ioctls: whatever comes, the kernel stays well, and nobody
// is registered whom the writer may not inspect.
#include "support/child.hpp"
#include "support/clock.hpp"
#include "support/device.hpp"
#include "support/figures.hpp"
#include "support/history.hpp"
#include "support/status.hpp"
#include "support/users.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <random>

#include <fcntl.h>
#include <sys/ioctl.h>
#include <sys/mman.h>

using namespace guest;

namespace
{

constexpr int writes = 80'000;
constexpr int ioctls = 40'000;

unsigned seed()
{
    const char* text = std::getenv("MP3_FUZZ_SEED");
    const unsigned value = text != nullptr ? static_cast<unsigned>(std::strtoul(text, nullptr, 10))
                                           : std::random_device{}();
    std::printf("fuzz seed: MP3_FUZZ_SEED=%u\n", value);
    std::fflush(stdout);
    return value;
}

class Source
{
public:
    Source(unsigned seed, std::vector<pid_t> pids) : random_{seed}, pids_{std::move(pids)} {}

    std::size_t below(std::size_t n)
    {
        return std::uniform_int_distribution<std::size_t>{0, n - 1}(random_);
    }
    std::uint64_t word() { return random_(); }

    // One line of the grammar, or of something near it.
    std::string line()
    {
        static const char* const letters[] = {"R", "U", "R", "U", "X", "r", "", "RU"};
        static const char* const tails[] = {"",          "",          " follow", " follow", " ",
                                            "  follow ", " followed", "x",       "\t"};
        static const char* const blanks[] = {" ", " ", " ", "  ", "", "\t"};
        return std::string{letters[below(8)]} + blanks[below(6)] + number() + tails[below(9)] +
               (below(8) == 0 ? "" : "\n");
    }

    std::string text()
    {
        std::string text;
        switch (below(8)) {
        case 0: // any bytes
            for (std::size_t n = below(200); n > 0; --n)
                text += static_cast<char>(below(256));
            return text;
        case 1: // long, also beyond a page
            for (std::size_t n = below(page_size() + 300); text.size() < n;)
                text += line();
            return text;
        case 2: // a line with a few bytes changed
            text = line();
            for (std::size_t n = below(4); n > 0 && !text.empty(); --n)
                text[below(text.size())] = static_cast<char>(below(256));
            return text;
        default:
            for (std::size_t n = 1 + below(3); n > 0; --n)
                text += line();
            return text;
        }
    }

private:
    std::string number()
    {
        switch (below(6)) {
        case 0:
            return std::to_string(below(33'000));
        case 1:
            return std::to_string(static_cast<std::int64_t>(word()));
        case 2:
            return "*";
        case 3:
            return std::to_string(1 + below(4));
        default:
            return std::to_string(pids_[below(pids_.size())]);
        }
    }

    std::mt19937_64 random_;
    std::vector<pid_t> pids_;
};

// Writes without pause; an errno that no page of the manual names is an error.
int fuzz_writes(unsigned seed, const std::vector<pid_t>& pids, int count)
{
    Source source{seed, pids};
    const Fd kept{open(status_path, O_RDWR | O_CLOEXEC)};
    const long known[] = {EINVAL, ESRCH, EEXIST, EPERM, ENOENT, ENOSPC, EMSGSIZE};
    for (int i = 0; i < count; ++i) {
        const std::string text = source.text();
        const long result = source.below(4) == 0 ? write_status(text) : write_to(kept.get(), text);
        if (result > static_cast<long>(text.size()))
            return 2;
        if (result < 0 && std::find(std::begin(known), std::end(known), -result) == std::end(known))
            return static_cast<int>(-result);
    }
    return 0;
}

int fuzz_ioctls(unsigned seed, int count)
{
    Source source{seed, {1}};
    const Fd fd = open_device(O_NONBLOCK);
    __u64 value = 0;
    for (int i = 0; i < count; ++i) {
        value = source.below(2) == 0 ? source.word() : 1'000'000 * source.below(1100);
        unsigned long request = MP3_IOC_SET_INTERVAL;
        if (source.below(3) !=
            0) // near it, and on our own letter only: others are not ours to answer
            request =
                _IOC(source.below(4), MP3_IOC_MAGIC, source.below(256), source.below(1 << 14));
        const unsigned long bad[] = {0, 1, ~0UL, 1UL << 47, 0xffff800000000000UL, source.word()};
        const unsigned long address =
            source.below(4) == 0 ? bad[source.below(6)] : reinterpret_cast<unsigned long>(&value);
        errno = 0;
        if (ioctl(fd.get(), static_cast<unsigned long>(request), address) == 0) {
            if (request != MP3_IOC_SET_INTERVAL)
                return 3;
        } else if (errno != ENOTTY && errno != EINVAL && errno != EFAULT) {
            return 4;
        }
        if (source.below(16) == 0)
            read_ticks(fd.get());
        if (source.below(64) == 0)
            mmap(nullptr, source.below(1 << 26), static_cast<int>(source.below(8)),
                 static_cast<int>(1 + source.below(2)), fd.get(),
                 static_cast<off_t>(page_size() * source.below(1 << 16)));
    }
    return 0;
}

} // namespace

TEST_SUITE("fuzz")
{

    TEST_CASE("random writes and ioctls of an ordinary user")
    {
        EmptyRegistry empty;
        const unsigned start = seed();
        History history;
        std::vector<pid_t> own;
        Gate ready;
        for (int i = 0; i < 8; ++i) {
            own.push_back(spawn([&] {
                const bool became = become(stranger);
                ready.open();
                if (became)
                    sleep_for_ever();
                return 1;
            }));
            ready.wait();
        }
        std::vector<pid_t> workers;
        constexpr int parallel = 2;
        for (unsigned i = 0; i < parallel; ++i)
            workers.push_back(spawn([=] {
                return become(stranger) ? fuzz_writes(start + i, own, writes / parallel) : 253;
            }));
        workers.push_back(
            spawn([=] { return become(stranger) ? fuzz_ioctls(start, ioctls) : 253; }));
        std::vector<pid_t> allowed = own;
        allowed.insert(allowed.end(), workers.begin(), workers.end());
        std::uint64_t strangers = 0;
        std::size_t looked = 0;
        const auto look = [&] {
            history.update();
            for (; looked < history.all().size(); ++looked) {
                const auto pid = static_cast<pid_t>(history.all()[looked].pid);
                strangers +=
                    std::find(allowed.begin(), allowed.end(), pid) == allowed.end() ? 1 : 0;
            }
        };
        for (const pid_t pid : workers) {
            const Outcome outcome = reap(pid);
            CAPTURE(outcome.status);
            CHECK(outcome.exited_with(0));
            look();
        }
        look();
        CHECK(strangers == 0);
        note("fuzz_iterations", writes + ioctls);

        CHECK(unregister_all() == 0);
        CHECK(registered().empty());
        REQUIRE(register_pid(getpid()) == 0);
        CHECK(wait_ticks(3));
        for (const pid_t pid : own) {
            kill(pid, SIGKILL);
            reap(pid);
        }
    }

    TEST_CASE("random writes of root, processes dying under them")
    {
        EmptyRegistry empty;
        const unsigned start = seed();
        Child dying{[] {
            for (;;)
                reap(spawn([] { return 0; }));
            return 0;
        }};
        Child worker{[&] {
            return fuzz_writes(start, {dying.pid(), dying.pid() + 7, dying.pid() + 40, getppid()},
                               20'000);
        }};
        CHECK(worker.reap().exited_with(0));
        CHECK(unregister_all() == 0);
        REQUIRE(register_pid(getpid()) == 0);
        CHECK(wait_ticks(3));
    }
}
