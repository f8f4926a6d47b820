// SPDX-License-Identifier: GPL-2.0-or-later
// Many monitors at once, each with a wish of its own: one clock, one truth.
#include "support/child.hpp"
#include "support/clock.hpp"
#include "support/device.hpp"
#include "support/figures.hpp"
#include "support/load.hpp"
#include "support/ring.hpp"
#include "support/status.hpp"

#include <doctest/doctest.h>

#include <memory>
#include <vector>

#include <fcntl.h>

using namespace guest;
using std::chrono::milliseconds;

namespace
{

constexpr int monitors = 64;
constexpr int workers = 8;
constexpr std::uint64_t ms = 1'000'000;

// What a monitor saw, to be compared with what the others saw.
struct Account {
    std::uint64_t from = 0;
    std::uint64_t to = 0;
    std::uint64_t read = 0;
    std::uint64_t missed = 0;
    std::uint64_t finals = 0;
    std::uint64_t min_flt = 0; // of the FINAL records
    std::uint64_t cpu_ns = 0;
};

void take(Reader& reader, Account& account)
{
    while (const auto record = reader.next()) {
        ++account.read;
        if ((record->flags & MP3_RECORD_EXITED) == 0)
            continue;
        ++account.finals;
        account.min_flt += record->min_flt;
        account.cpu_ns += record->cpu_ns;
    }
    account.to = reader.want();
    account.missed = reader.missed();
}

// A process with a device and a wish of its own, that reads tick by tick until
// all workers have ended.
class Monitor
{
public:
    explicit Monitor(std::uint64_t wish_ns) : child_{[=, this] { return watch(wish_ns); }} {}

    bool ready() const
    {
        char word = 0;
        return ready_.receive(word);
    }
    Account account() const
    {
        Account account;
        account_.receive(account);
        return account;
    }
    void end() const { end_.open(); }
    Outcome reap() { return child_.reap(); }

private:
    int watch(std::uint64_t wish_ns) const
    {
        const Fd fd = open_device();
        const RingMap map{fd.get()};
        if (!map.valid() || set_interval(fd.get(), wish_ns) != 0)
            return 1;
        Account account;
        account.from = map.head();
        Reader reader{map, account.from};
        ready_.send(0);
        while (account.finals < workers && read_ticks(fd.get()) > 0)
            take(reader, account);
        account_.send(account);
        end_.wait(); // the wish holds until then
        return 0;
    }

    Mail<char> ready_; // before the child, which has copies of them
    Mail<Account> account_;
    Gate end_;
    Child child_;
};

std::uint64_t wish_of(int i)
{
    return (20 + static_cast<std::uint64_t>(i)) * ms;
}

} // namespace

TEST_SUITE("limits")
{

    TEST_CASE("64 monitors with 64 wishes agree, and each wish ends with its file")
    {
        EmptyRegistry empty;
        const Fd fd = open_device();
        const RingMap map{fd.get()};
        REQUIRE(map.valid());
        std::vector<std::unique_ptr<Monitor>> all;
        for (int i = 0; i < monitors; ++i) {
            all.push_back(std::make_unique<Monitor>(wish_of(i)));
            REQUIRE(all.back()->ready());
            CHECK(map.figures().wish_ns == wish_of(0));
        }

        Gate go;
        std::vector<pid_t> pids;
        for (int i = 0; i < workers; ++i)
            pids.push_back(spawn([&] {
                go.wait();
                return live({milliseconds{300}, 2, Ending::all_together, 500});
            }));
        for (const pid_t pid : pids)
            REQUIRE(register_pid(pid) == 0);
        for (int i = 0; i < workers; ++i)
            go.open();
        std::uint64_t min_flt = 0;
        for (const pid_t pid : pids) {
            const Outcome outcome = reap(pid);
            CHECK(outcome.exited_with(0));
            min_flt += static_cast<std::uint64_t>(outcome.usage.ru_minflt);
        }

        const Account first = all[0]->account();
        CHECK(first.finals == workers);
        CHECK(first.min_flt <= min_flt); // they were registered after their birth
        CHECK(first.min_flt >= workers * 900);
        for (int i = 1; i < monitors; ++i) {
            CAPTURE(i);
            const Account account = all[static_cast<std::size_t>(i)]->account();
            CHECK(account.read + account.missed == account.to - account.from);
            CHECK(account.missed == 0);
            CHECK(account.finals == first.finals);
            CHECK(account.min_flt == first.min_flt);
            CHECK(account.cpu_ns == first.cpu_ns);
        }

        for (int i = 0; i < monitors; ++i) {
            CAPTURE(i);
            const std::uint64_t next =
                i + 1 < monitors ? wish_of(i + 1) : map.header().default_interval_ns;
            auto& monitor = *all[static_cast<std::size_t>(i)];
            monitor.end();
            CHECK(monitor.reap().exited_with(0));
            CHECK(eventually([&] { return map.figures().wish_ns == next; }));
        }
    }

    TEST_CASE("900 wishes of one process: the smallest is in force after each change")
    {
        EmptyRegistry empty;
        const Fd fd = open_device();
        const RingMap map{fd.get()};
        constexpr int files = 900; // within everybody's RLIMIT_NOFILE
        std::vector<Fd> wishes;
        for (int i = 0; i < files; ++i) {
            wishes.push_back(open_device());
            REQUIRE(set_interval(wishes.back().get(),
                                 1000 * ms - static_cast<unsigned>(i) * ms / 2) == 0);
        }
        CHECK(map.figures().wish_ns == 1000 * ms - (files - 1) * ms / 2);
        while (!wishes.empty()) {
            wishes.pop_back();
            const std::uint64_t smallest = wishes.empty()
                                               ? map.header().default_interval_ns
                                               : 1000 * ms - (wishes.size() - 1) * ms / 2;
            REQUIRE(map.figures().wish_ns == smallest);
        }
    }
}
