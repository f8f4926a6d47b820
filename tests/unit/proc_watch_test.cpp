// SPDX-License-Identifier: GPL-2.0-or-later
#include "device/proc_watch.hpp"
#include "fake_proc.hpp"
#include "samples.hpp"

#include <doctest/doctest.h>

#include <cerrno>
#include <csignal>
#include <cstring>
#include <vector>

#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace mp3prof;
using namespace mp3prof::test;

namespace
{

constexpr pid_t parent = 5'000'001; // no kernel has such PIDs
constexpr pid_t child = 5'000'002;
constexpr pid_t grandchild = 5'000'003;

// What a look at `now` has to say.
std::vector<Sample> seen_by(ProcWatch& watch, nanoseconds now)
{
    watch.look(now);
    return watch.take();
}

} // namespace

TEST_CASE("a registered process counts from its registration")
{
    FakeProc proc;
    proc.cpu_ns[parent] = 1000;
    proc.set({.pid = parent, .minor_faults = 100, .major_faults = 3, .utime_ticks = 50});
    const auto watch = proc.watch();
    REQUIRE(watch->apply({Verb::add, parent}));
    proc.cpu_ns[parent] = 1500;
    proc.set({.pid = parent,
              .minor_faults = 107,
              .major_faults = 4,
              .utime_ticks = 51,
              .threads = 2,
              .rss_pages = 20,
              .swap_kib = 8});
    const auto records = seen_by(*watch, 1s);
    REQUIRE(records.size() == 1);
    const Sample& record = records[0];
    CHECK(record.pid == parent);
    CHECK(record.ppid == 1);
    CHECK(record.uid == 1000);
    CHECK(record.time == 1s);
    CHECK(record.comm == "work");
    CHECK(record.stage == first);
    CHECK(record.minor_faults == 7);
    CHECK(record.major_faults == 1);
    CHECK(record.cpu_ns == 500);
    CHECK(record.utime_ns == 1'000'000'000 / static_cast<std::uint64_t>(::sysconf(_SC_CLK_TCK)));
    CHECK(record.rss_bytes == 20 * static_cast<std::uint64_t>(::sysconf(_SC_PAGESIZE)));
    CHECK(record.swap_bytes == 8192);
    CHECK(record.threads == 2);
    proc.set({.pid = parent, .minor_faults = 110, .major_faults = 4});
    CHECK(seen_by(*watch, 2s).at(0).stage == Stage{});
}

TEST_CASE("a process that does nothing has a record a second")
{
    FakeProc proc;
    proc.set({.pid = parent});
    const auto watch = proc.watch();
    REQUIRE(watch->apply({Verb::add, parent}));
    CHECK(seen_by(*watch, 10s).size() == 1);
    CHECK(seen_by(*watch, 10s + 500ms).empty());
    CHECK(seen_by(*watch, 11s).size() == 1);
    proc.set({.pid = parent, .minor_faults = 1});
    CHECK(seen_by(*watch, 11s + 10ms).size() == 1);
}

TEST_CASE("without an exact clock CPU time is that of the kernel's ticks")
{
    FakeProc proc;
    const auto tick = 1'000'000'000 / static_cast<std::uint64_t>(::sysconf(_SC_CLK_TCK));
    proc.set({.pid = parent, .utime_ticks = 2, .stime_ticks = 3});
    const auto watch = proc.watch();
    REQUIRE(watch->apply({Verb::add, parent}));
    proc.set({.pid = parent, .utime_ticks = 4, .stime_ticks = 4});
    CHECK(seen_by(*watch, 1s).at(0).cpu_ns == 3 * tick);
}

TEST_CASE("a zombie has all that it has ever used, and is watched no more")
{
    FakeProc proc;
    proc.set({.pid = parent, .minor_faults = 100});
    const auto watch = proc.watch();
    REQUIRE(watch->apply({Verb::add, parent}));
    static_cast<void>(seen_by(*watch, 1s));
    proc.set({.pid = parent, .state = 'Z', .minor_faults = 142, .rss_pages = 0});
    const auto records = seen_by(*watch, 2s);
    REQUIRE(records.size() == 1);
    CHECK(records[0].stage == exited);
    CHECK(records[0].minor_faults == 42);
    CHECK(records[0].rss_bytes == 0);
    CHECK(watch->size() == 0);
    CHECK(seen_by(*watch, 3s).empty());
}

TEST_CASE("who leads other threads may end before them")
{
    FakeProc proc;
    proc.set({.pid = parent, .threads = 2});
    const auto watch = proc.watch();
    REQUIRE(watch->apply({Verb::add, parent}));
    proc.set({.pid = parent, .state = 'Z', .minor_faults = 5, .threads = 2});
    CHECK_FALSE(seen_by(*watch, 1s).at(0).stage.final);
    CHECK(watch->size() == 1);
}

TEST_CASE("a process that is gone has what was last seen of it")
{
    FakeProc proc;
    proc.set({.pid = parent});
    const auto watch = proc.watch();
    REQUIRE(watch->apply({Verb::add, parent}));
    proc.set({.pid = parent, .minor_faults = 9});
    static_cast<void>(seen_by(*watch, 1s));
    proc.end(parent);
    SUBCASE("and nobody has its PID") {}
    SUBCASE("and another has its PID")
    {
        proc.set({.pid = parent, .minor_faults = 1'000'000, .start_ticks = 2000});
    }
    const auto records = seen_by(*watch, 2s);
    REQUIRE(records.size() == 1);
    CHECK(records[0].stage == exited);
    CHECK(records[0].minor_faults == 9);
    CHECK(records[0].rss_bytes == 0);
    CHECK(watch->size() == 0);
}

TEST_CASE("children are followed from their birth, and theirs")
{
    FakeProc proc;
    SUBCASE("by the kernel's lists") {}
    SUBCASE("by the parents of all processes")
    {
        proc.drop("thread-self");
    }
    proc.set({.pid = parent});
    const auto watch = proc.watch();
    REQUIRE(watch->apply({Verb::follow, parent}));
    static_cast<void>(seen_by(*watch, 1s));
    proc.set({.pid = parent, .minor_faults = 1, .children = {child}});
    proc.set({.pid = child, .ppid = parent, .minor_faults = 30, .children = {grandchild}});
    proc.set({.pid = grandchild, .ppid = child, .state = 'Z', .minor_faults = 40});
    const auto records = seen_by(*watch, 2s);
    REQUIRE(records.size() == 3);
    CHECK(records[0].pid == parent);
    CHECK(records[1].pid == child);
    CHECK(records[1].stage == born);
    CHECK(records[1].ppid == parent);
    CHECK(records[1].minor_faults == 30);
    CHECK(records[2].pid == grandchild);
    CHECK(records[2].stage == whole_life);
    CHECK(records[2].minor_faults == 40);
}

TEST_CASE("the children of all threads are found")
{
    FakeProc proc;
    const auto watch = proc.watch();
    proc.set({.pid = parent, .threads = 2});
    REQUIRE(watch->apply({Verb::follow, parent}));
    proc.set({.pid = child, .ppid = parent});
    proc.write(fmt::format("{}/task/5000009/children", parent), fmt::format("{} ", child));
    CHECK(seen_by(*watch, 1s).size() == 2);
}

TEST_CASE("children from before the following are left alone, and one is taken up once")
{
    FakeProc proc;
    proc.set({.pid = parent, .children = {child}});
    proc.set({.pid = child, .ppid = parent});
    proc.set({.pid = grandchild, .ppid = parent});
    const auto watch = proc.watch();
    REQUIRE(watch->apply({Verb::follow, parent}));
    CHECK(seen_by(*watch, 1s).size() == 1);
    proc.set({.pid = parent, .minor_faults = 1, .children = {child, grandchild}});
    CHECK(seen_by(*watch, 2s).size() == 2);
    CHECK(watch->size() == 2);
    proc.set({.pid = parent, .minor_faults = 2, .children = {child, grandchild}});
    CHECK(seen_by(*watch, 2s + 1ms).size() == 1);
}

TEST_CASE("a process keeps its parent when another takes over")
{
    FakeProc proc;
    proc.set({.pid = parent});
    const auto watch = proc.watch();
    REQUIRE(watch->apply({Verb::follow, parent}));
    proc.set({.pid = parent, .children = {child}});
    proc.set({.pid = child, .ppid = parent});
    static_cast<void>(seen_by(*watch, 1s));
    proc.end(parent);
    proc.set({.pid = child, .ppid = 1, .minor_faults = 1});
    const auto records = seen_by(*watch, 2s);
    REQUIRE(records.size() == 2);
    CHECK(records[1].ppid == parent);
}

TEST_CASE("who has a child's PID without being that child is not taken for it")
{
    FakeProc proc;
    proc.set({.pid = parent});
    const auto watch = proc.watch();
    REQUIRE(watch->apply({Verb::follow, parent}));
    proc.set({.pid = parent, .children = {child}});
    proc.set({.pid = child, .ppid = 77});
    CHECK(seen_by(*watch, 1s).size() == 1);
    CHECK(watch->follow_failed() == 0);
}

TEST_CASE("a child that cannot be read is counted")
{
    FakeProc proc;
    proc.set({.pid = parent});
    const auto watch = proc.watch();
    REQUIRE(watch->apply({Verb::follow, parent}));
    proc.set({.pid = parent, .children = {child, grandchild}}); // the second is gone again
    proc.write(fmt::format("{}/stat/no-file", child), "");
    CHECK(seen_by(*watch, 1s).size() == 1);
    CHECK(watch->follow_failed() == 1);
}

TEST_CASE("ending a registration tells the last of it, and keeps the children")
{
    FakeProc proc;
    proc.set({.pid = parent});
    const auto watch = proc.watch();
    REQUIRE(watch->apply({Verb::follow, parent}));
    proc.set({.pid = parent, .minor_faults = 3, .children = {child}});
    proc.set({.pid = child, .ppid = parent});
    REQUIRE(watch->apply({Verb::remove, parent}));
    const auto records = watch->take();
    REQUIRE(records.size() == 1);
    CHECK(records[0].stage == Stage{.first = true, .final = true});
    CHECK(records[0].minor_faults == 3);
    CHECK(seen_by(*watch, 1s).at(0).pid == child);
    REQUIRE(watch->apply({.verb = Verb::remove_all}));
    CHECK(watch->take().at(0).stage.final);
    CHECK(watch->size() == 0);
}

TEST_CASE("a watch refuses as the module's registry does")
{
    FakeProc proc;
    proc.set({.pid = parent});
    const auto watch = proc.watch();
    CHECK(watch->apply({Verb::remove, parent}).error() == ENOENT);
    CHECK(watch->apply({Verb::add, child}).error() == ESRCH);
    REQUIRE(watch->apply({Verb::add, parent}));
    CHECK(watch->apply({Verb::add, parent}).error() == EEXIST);
    REQUIRE(watch->apply({Verb::follow, parent})); // more than before
    CHECK(watch->apply({Verb::follow, parent}).error() == EEXIST);
    CHECK(watch->size() == 1);
    proc.set({.pid = child, .state = 'Z'});
    CHECK(watch->apply({Verb::add, child}).error() == ESRCH);
    CHECK(watch->explain({Verb::add, child}, ESRCH) ==
          "cannot watch process 5000002: there is no such process (ps -e lists those that there "
          "are)");
    CHECK(watch->explain({Verb::add, child}, EPERM).find("findmnt ") != std::string::npos);
}

TEST_CASE("a thread stands for its process")
{
    FakeProc proc;
    proc.set({.pid = parent});
    proc.write("5000009/stat", stat_text({.pid = 5'000'009}));
    proc.write("5000009/status", status_text_of({.pid = parent}));
    const auto watch = proc.watch();
    REQUIRE(watch->apply({Verb::add, 5'000'009}));
    CHECK(seen_by(*watch, 1s).at(0).pid == parent);
}

TEST_CASE("a /proc of other processes is not used")
{
    const TemporaryFolder folder;
    const auto watch = ProcWatch::open({.path = folder.path()});
    REQUIRE_FALSE(watch);
    CHECK(watch.error().message.find("it is not of the processes here") != std::string::npos);
    CHECK_FALSE(ProcWatch::open({.path = folder.path("none")}));
}

TEST_CASE("a real child that is looked at as a zombie has what wait4 charges")
{
    const auto watch = *ProcWatch::open();
    REQUIRE(watch->apply({Verb::add, ::getpid()}));
    REQUIRE(watch->apply({Verb::follow, ::getpid()}));
    const pid_t pid = ::fork();
    if (pid == 0) {
        constexpr std::size_t size = 300 * 4096;
        void* memory =
            ::mmap(nullptr, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
        std::memset(memory, 1, size);
        ::_exit(0);
    }
    siginfo_t ended{};
    REQUIRE(::waitid(P_PID, static_cast<id_t>(pid), &ended, WEXITED | WNOWAIT) == 0);
    REQUIRE(watch->apply({Verb::remove, ::getpid()}));
    static_cast<void>(watch->take());
    const auto records = seen_by(*watch, 1s);
    rusage charged{};
    REQUIRE(::wait4(pid, nullptr, 0, &charged) == pid);
    REQUIRE(records.size() == 1);
    CHECK(records[0].pid == pid);
    CHECK(records[0].stage == whole_life);
    CHECK(records[0].minor_faults == static_cast<std::uint64_t>(charged.ru_minflt));
    CHECK(records[0].major_faults == static_cast<std::uint64_t>(charged.ru_majflt));
}
