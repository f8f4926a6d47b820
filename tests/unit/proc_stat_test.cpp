// SPDX-License-Identifier: GPL-2.0-or-later
#include "device/proc_stat.hpp"
#include "fake_proc.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

using namespace mp3prof;
using namespace mp3prof::test;

TEST_CASE("a stat has its figures in their places")
{
    const auto stat = parse_stat(stat_text({.pid = 4875,
                                            .ppid = 4851,
                                            .comm = "cat",
                                            .state = 'S',
                                            .minor_faults = 101,
                                            .major_faults = 7,
                                            .utime_ticks = 12,
                                            .stime_ticks = 34,
                                            .threads = 3,
                                            .start_ticks = 3679894,
                                            .rss_pages = 409}));
    REQUIRE(stat);
    CHECK(stat->pid == 4875);
    CHECK(stat->comm == "cat");
    CHECK(stat->state == 'S');
    CHECK(stat->ppid == 4851);
    CHECK(stat->minor_faults == 101);
    CHECK(stat->major_faults == 7);
    CHECK(stat->utime_ticks == 12);
    CHECK(stat->stime_ticks == 34);
    CHECK(stat->threads == 3);
    CHECK(stat->start_ticks == 3679894);
    CHECK(stat->rss_pages == 409);
}

TEST_CASE("a name may look like the rest of the text")
{
    for (const std::string name :
         {"a) R 1 (b", ") ) )", "two words", "(", "", "a\nb", "a) Z 1 2 3"}) {
        const auto stat = parse_stat(stat_text({.pid = 7, .comm = name, .minor_faults = 5}));
        REQUIRE(stat);
        CHECK(stat->comm == name);
        CHECK(stat->state == 'R');
        CHECK(stat->minor_faults == 5);
    }
}

TEST_CASE("what is no stat is none")
{
    const std::string whole = stat_text({.pid = 7});
    CHECK_FALSE(parse_stat(""));
    CHECK_FALSE(parse_stat("7 (work"));
    CHECK_FALSE(parse_stat("7 )work( R 1"));
    CHECK_FALSE(parse_stat(whole.substr(0, whole.find(" 3133440"))));
    CHECK_FALSE(parse_stat("x" + whole));
    CHECK_FALSE(parse_stat("7 (work) R 1 5 5 0 -1 4194560 -3 91 0 92 0 0 93 94 20 0 1 0 9 1 1\n"));
}

TEST_CASE("who leads among other threads is not over when it has ended")
{
    CHECK(parse_stat(stat_text({.pid = 7, .state = 'Z'}))->over());
    CHECK(parse_stat(stat_text({.pid = 7, .state = 'X'}))->over());
    CHECK_FALSE(parse_stat(stat_text({.pid = 7, .state = 'Z', .threads = 2}))->over());
    CHECK_FALSE(parse_stat(stat_text({.pid = 7, .state = 'T'}))->over());
}

TEST_CASE("a status has the process, the real user, and what is swapped")
{
    const auto status =
        parse_status("Name:\tUid: 5\nTgid:\t12\nPid:\t13\nUid:\t1000\t0\t0\t0\nVmSwap:\t  8 kB\n");
    REQUIRE(status);
    CHECK(status->tgid == 12);
    CHECK(status->uid == 1000);
    CHECK(status->swap_bytes == 8192);
    CHECK(parse_status("Tgid:\t12\nUid:\t0\t0\t0\t0\n")->swap_bytes == 0);
    CHECK_FALSE(parse_status("Tgid:\t12\n"));
    CHECK_FALSE(parse_status(""));
}

TEST_CASE("children are numbers, whatever stands between them")
{
    std::vector<pid_t> pids;
    const auto take = [&](pid_t pid) { pids.push_back(pid); };
    for_each_pid("12 345 \n6", take);
    CHECK(pids == std::vector<pid_t>{12, 345, 6});
    pids.clear();
    for_each_pid("0 99999999999999999999 -3 ", take);
    CHECK(std::ranges::all_of(pids, [](pid_t pid) { return pid > 0; }));
}
