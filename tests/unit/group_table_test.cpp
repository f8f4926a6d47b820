// SPDX-License-Identifier: GPL-2.0-or-later
#include "rates/group_table.hpp"
#include "samples.hpp"

#include <doctest/doctest.h>

using namespace mp3prof;
using namespace mp3prof::test;

namespace
{

struct Scene {
    ProcessTable processes{Rows::each};
    GroupTable groups;
    nanoseconds now = 1s;

    explicit Scene(GroupRules rules = {}, std::size_t most = 100) : groups(std::move(rules), most)
    {
    }

    const Groups& after(const std::vector<Sample>& samples)
    {
        processes.add(samples);
        now += 1s;
        groups.add(processes.close(now, 1s));
        return groups.groups();
    }
};

Sample named(const char* name, pid_t pid, std::uint64_t faults, Stage stage = {})
{
    Sample sample = sample_of(pid, 1s, faults, stage);
    sample.comm = name;
    sample.cpu_ns = faults * 1000;
    sample.utime_ns = 3;
    sample.stime_ns = 1;
    sample.rss_bytes = 4096;
    sample.swap_bytes = 512;
    sample.threads = 2;
    return sample;
}

} // namespace

TEST_CASE("a group has the sums of its processes")
{
    Scene scene;
    const Groups& groups =
        scene.after({named("cc", 1, 10, born), named("cc", 2, 5, born), named("ld", 3, 7, born)});
    REQUIRE(groups.size() == 2);
    const Group& cc = groups.at("cc");
    CHECK(cc.used.minor_faults == 15);
    CHECK(cc.used.user_ns == 11'250);
    CHECK(cc.processes == 2);
    CHECK(cc.threads == 4);
    CHECK(cc.rss_bytes == 8192);
    CHECK(cc.swap_bytes == 1024);
}

TEST_CASE("what a process has used stays in its group when it ends")
{
    Scene scene;
    scene.after({named("cc", 1, 10, born), named("cc", 2, 5, born)});
    const Groups& groups = scene.after({named("cc", 1, 12, exited)});
    CHECK(groups.at("cc").used.minor_faults == 17);
    CHECK(groups.at("cc").processes == 1);
    CHECK(groups.at("cc").rss_bytes == 4096);
    scene.after({named("cc", 2, 6, exited)});
    scene.after({named("cc", 1, 3, whole_life)}); // another one, between two intervals
    CHECK(groups.at("cc").used.minor_faults == 21);
    CHECK(groups.at("cc").processes == 0);
    scene.after({});
    CHECK(groups.at("cc").used.minor_faults == 21);
}

TEST_CASE("a process that is registered anew goes on where its group was")
{
    Scene scene;
    scene.after({named("cc", 1, 10, born)});
    scene.after({named("cc", 1, 11, final)});
    const Groups& groups = scene.after({named("cc", 1, 2, first)});
    CHECK(groups.at("cc").used.minor_faults == 13);
    CHECK(groups.at("cc").processes == 1);
}

TEST_CASE("a process counts for the name that it has, from then on")
{
    Scene scene;
    scene.after({named("sh", 1, 10, born)});
    const Groups& groups = scene.after({named("make", 1, 25)});
    CHECK(groups.at("sh").used.minor_faults == 10);
    CHECK(groups.at("sh").processes == 0);
    CHECK(groups.at("make").used.minor_faults == 15);
    CHECK(groups.at("make").processes == 1);
}

TEST_CASE("there are only so many groups, and one more for the rest")
{
    Scene scene({}, 2);
    const Groups& groups = scene.after({named("a", 1, 1, born), named("b", 2, 2, born),
                                        named("c", 3, 3, born), named("d", 4, 4, born)});
    CHECK(groups.size() == 3);
    CHECK(groups.at("other").used.minor_faults == 7);
    scene.after({named("e", 4, 10)});
    CHECK(groups.size() == 3);
    CHECK(groups.at("other").used.minor_faults == 13);
}

TEST_CASE("groups of a name are there before their processes are")
{
    GroupRules rules;
    REQUIRE(rules.add("web=nginx"));
    Scene scene(std::move(rules));
    CHECK(scene.groups.groups().contains("web"));
    const Groups& groups = scene.after({named("make", 1, 10, born)});
    CHECK(groups.at("other").used.minor_faults == 10);
    CHECK(groups.at("web").processes == 0);
}

TEST_CASE("processes that rename themselves without end make nothing grow")
{
    Scene scene({}, 3);
    for (std::uint64_t i = 0; i < 10'000; ++i) {
        scene.after({named(std::to_string(i).c_str(), 1, i, i == 0 ? born : Stage{})});
    }
    CHECK(scene.groups.groups().size() == 4);
    std::uint64_t sum = 0;
    for (const auto& [name, group] : scene.groups.groups()) {
        sum += group.used.minor_faults;
    }
    CHECK(sum == 9'999);
}
