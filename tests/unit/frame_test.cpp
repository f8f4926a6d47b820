// SPDX-License-Identifier: GPL-2.0-or-later
#include "live/frame.hpp"
#include "samples.hpp"

#include <doctest/doctest.h>

#include <cstdlib>
#include <ctime>

using namespace mp3prof;
using namespace mp3prof::test;

namespace
{

struct Scene {
    ProcessTable table{Rows::each};
    History history{100ms};
    View view{.interval = 100ms, .offset = 1'795'449'120s, .note = {}};
    nanoseconds now{};

    void interval(const std::vector<Sample>& samples)
    {
        table.add(samples);
        now += 100ms;
        REQUIRE(history.add(table.close(now, 100ms)));
    }
    Frame frame() const
    {
        ::setenv("TZ", "UTC", 1);
        ::tzset();
        return lay_out(history, view);
    }
    std::string text() const
    {
        std::string all;
        for (const Line& line : frame()) {
            all += line.text + '\n';
        }
        return all;
    }
};

Sample process(pid_t pid, std::uint64_t faults, std::uint64_t rss_bytes = 0,
               std::uint64_t cpu_ns = 0, Stage stage = first)
{
    Sample sample = sample_of(pid, 100ms, faults, stage);
    sample.threads = 1;
    sample.rss_bytes = rss_bytes;
    sample.cpu_ns = cpu_ns;
    return sample;
}

std::vector<std::string> order_of(const Scene& scene)
{
    std::vector<std::string> names;
    for (const Line& line : scene.frame()) {
        if (line.look == Look::plain && line.text.starts_with("  ")) {
            names.push_back(line.text.substr(line.text.rfind(' ') + 1));
        }
    }
    return names;
}

} // namespace

TEST_CASE("frame: title, scale, sum, processes, keys")
{
    Scene scene;
    scene.view.size = {.lines = 9, .columns = 80};
    scene.interval({process(1, 100), process(2, 400, 3 << 20, 50'000'000)});
    scene.interval({process(2, 500, 3 << 20, 60'000'000, {})});
    CHECK(scene.text() ==
          "mp3prof monitor  15:52:00  every 100ms, 2 processes\n"
          "bars: faults/s, one each 100ms; █ is 4.0k/s, in the total 5.0k/s\n"
          "    PID  minflt/s majflt/s   %CPU     RSS                       Command\n"
          "  total      1000      0.0   10.0    3.0M                   █▂  (2 processes)\n"
          "      2      1000      0.0   10.0    3.0M                   █▂  p2\n"
          "      1       0.0      0.0    0.0       0                   ▂   p1\n"
          "\n\n"
          "q quit   s sort (by faults)   p pause\n");
}

TEST_CASE("frame: sorted as it is wished, round and round")
{
    Scene scene;
    scene.interval({process(1, 100, 9, 7), process(2, 300, 7, 8), process(3, 200, 8, 9)});
    using Names = std::vector<std::string>;
    CHECK(order_of(scene) == Names{"p2", "p3", "p1"});
    scene.view.order = next_order(scene.view.order);
    CHECK(scene.view.order == SortBy::cpu);
    CHECK(order_of(scene) == Names{"p3", "p2", "p1"});
    scene.view.order = next_order(scene.view.order);
    CHECK(scene.view.order == SortBy::rss);
    CHECK(order_of(scene) == Names{"p1", "p3", "p2"});
    scene.view.order = next_order(scene.view.order);
    CHECK(scene.view.order == SortBy::pid);
    CHECK(order_of(scene) == Names{"p1", "p2", "p3"});
    CHECK(next_order(SortBy::pid) == SortBy::faults);
}

TEST_CASE("frame: as many processes as there is room for, the busiest, and how many are not shown")
{
    Scene scene;
    scene.view.size = {.lines = 9, .columns = 80};
    std::vector<Sample> crowd;
    for (pid_t pid = 1; pid <= 1000; ++pid) {
        crowd.push_back(process(pid, static_cast<std::uint64_t>(pid)));
    }
    scene.interval(crowd);
    CHECK(order_of(scene) == std::vector<std::string>{"p1000", "p999", "p998", "p997"});
    const Frame frame = scene.frame();
    CHECK(frame.size() == 9);
    CHECK(frame.back().look == Look::keys);
    CHECK(frame.back().text == "q quit   s sort (by faults)   p pause   996 more below");
}

TEST_CASE("frame: however small or large the screen is, it has as many lines")
{
    Scene scene;
    scene.interval({process(1, 100), process(2, 300)});
    for (const unsigned lines : {0U, 1U, 2U, 3U, 5U, 200U}) {
        for (const unsigned columns : {0U, 1U, 40U, 79U, 80U, 119U, 120U, 500U}) {
            scene.view.size = {.lines = lines, .columns = columns};
            const Frame frame = scene.frame();
            CHECK(frame.size() == std::max(lines, 1U));
            CHECK(frame.back().look == Look::keys);
        }
    }
}

TEST_CASE("frame: a narrow screen does without bars, a wide one has more figures")
{
    Scene scene;
    scene.interval({process(1, 100)});
    scene.view.size.columns = 50;
    CHECK(scene.text().find("█") == std::string::npos);
    CHECK(scene.text().find("%system") == std::string::npos);
    scene.view.size.columns = 120;
    CHECK(scene.text().find("█") != std::string::npos);
    CHECK(scene.text().find("   %usr %system    swap threads") != std::string::npos);
}

TEST_CASE("frame: a name obeys nobody, and an end is told")
{
    Scene scene;
    Sample hostile = process(1, 5, 0, 0, whole_life);
    hostile.comm = "a\x1b[2Jb";
    scene.interval({hostile, process(2, 1)});
    CHECK(scene.text().find("a?[2Jb (ended)") != std::string::npos);
    CHECK(scene.text().find('\x1b') == std::string::npos);
}

TEST_CASE("frame: notes, and that it is paused")
{
    Scene scene;
    CHECK(scene.text().find("the first figures come within 100ms") != std::string::npos);
    scene.view.note = "nothing is registered: mp3prof register PID";
    scene.view.paused = true;
    const Frame frame = scene.frame();
    CHECK(frame.at(2).look == Look::note);
    CHECK(frame.at(2).text == scene.view.note);
    CHECK(frame.at(0).text.ends_with("0 processes  PAUSED"));
    CHECK(frame.back().text == "q quit   s sort (by faults)   p go on");
}

TEST_CASE("frame: a figure too long for its column is rounded")
{
    Scene scene;
    scene.interval({process(1, 1'234'567'890'123)});
    CHECK(scene.text().find("      1     12.3T      0.0") != std::string::npos);
}

TEST_CASE("frame: the sum alone has one scale")
{
    Scene scene;
    ProcessTable sums(Rows::only_sum);
    sums.add(process(1, 100));
    REQUIRE(scene.history.add(sums.close(100ms, 100ms)));
    CHECK(scene.text().find("█ is 1.0k/s\n") != std::string::npos);
    CHECK(scene.text().find("(1 process)") != std::string::npos);
}
