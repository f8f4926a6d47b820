// SPDX-License-Identifier: GPL-2.0-or-later
#include "plot/picture.hpp"
#include "samples.hpp"

#include <doctest/doctest.h>

#include <algorithm>

using namespace mp3prof;
using namespace mp3prof::test;

namespace
{

Trace trace_of(pid_t pid, std::uint64_t minor, std::uint64_t major = 0)
{
    return {.pid = pid,
            .name = "p" + std::to_string(pid),
            .steps = {{.begin = 0ms,
                       .end = 1000ms,
                       .minor_faults = minor,
                       .major_faults = major,
                       .cpu_ns = 500'000'000,
                       .rss_bytes = std::uint64_t{100} << 20}},
            .starts = {100ms},
            .exits = {},
            .lives = true};
}

Timeline timeline_of(std::vector<Trace> traces, const std::string& file = "runs/make.mp3")
{
    Timeline timeline;
    timeline.file = file;
    timeline.command = "make -j4";
    timeline.host = "here";
    timeline.kernel = "6.1.0";
    timeline.cpus = 2;
    timeline.since_1970 = 1'795'449'120s;
    timeline.interval = 50ms;
    timeline.length = 2s;
    timeline.traces = std::move(traces);
    return timeline;
}

Picture drawn(const std::vector<Timeline>& timelines, const PictureWish& wish = {})
{
    const Result<Picture> picture = draw(timelines, wish);
    REQUIRE(picture);
    return *picture;
}

std::vector<std::string> names_of(const Panel& panel)
{
    std::vector<std::string> names;
    for (const Curve& curve : panel.curves) {
        names.push_back(curve.name);
    }
    return names;
}

using Names = std::vector<std::string>;

} // namespace

TEST_CASE("a picture says what it is of, and how it was made")
{
    const Picture picture = drawn({timeline_of({trace_of(1, 3000)})});
    CHECK(picture.title == "Page faults: make -j4");
    CHECK(picture.subtitle ==
          "here, Linux 6.1.0, 2 CPUs, sampled every 50ms, 2026-11-23T15:52:00Z");
    CHECK(picture.time_axis == "time since the begin (s)");
    CHECK(picture.length == 2);
    REQUIRE(picture.panels.size() == 1); // there are no major faults
    CHECK(picture.panels[0].axis == "minor faults per second");
    CHECK(picture.panels[0].numbers == "%gk");
    CHECK(picture.panels[0].top == doctest::Approx(3.15));
    CHECK(names_of(picture.panels[0]) == Names{"p1 (1)"});
    CHECK(picture.panels[0].curves[0].starts == std::vector<double>{0.1});
    CHECK(picture.panels[0].curves[0].points[0].y == 3);
}

TEST_CASE("major faults have a panel of their own, with the same colours")
{
    const Picture picture = drawn({timeline_of({trace_of(1, 30000, 2)})});
    REQUIRE(picture.panels.size() == 2);
    CHECK(picture.panels[1].axis == "major faults per second");
    CHECK(picture.panels[1].numbers == "%g");
    CHECK(picture.panels[1].curves[0].color == picture.panels[0].curves[0].color);
}

TEST_CASE("units are those of people")
{
    const Timeline timeline = timeline_of({trace_of(1, 10)});
    const Picture rss = drawn({timeline}, {.what = What::rss});
    CHECK(rss.panels[0].numbers == "%g MiB");
    CHECK(rss.panels[0].curves[0].points[0].y == 100);
    const Picture cpu = drawn({timeline}, {.what = What::cpu});
    CHECK(cpu.panels[0].axis == "CPU (100 % is one CPU)");
    CHECK(cpu.panels[0].numbers == "%g %%");
    CHECK(cpu.panels[0].curves[0].points[0].y == 50);
    Timeline hours = timeline;
    hours.length = std::chrono::hours(5);
    CHECK(drawn({hours}).time_axis == "time since the begin (h)");
    CHECK(drawn({hours}).length == 5);
}

TEST_CASE("all processes are one line, unless each is wanted")
{
    const Timeline timeline = timeline_of({trace_of(1, 10), trace_of(2, 20)});
    const Picture total = drawn({timeline});
    CHECK(names_of(total.panels[0]) == Names{"all 2 processes"});
    CHECK(total.panels[0].curves[0].points[0].y == 30);
    CHECK(names_of(drawn({timeline}, {.lines = Lines::processes}).panels[0]) ==
          Names{"p2 (2)", "p1 (1)"});
}

TEST_CASE("of too many processes those with most have a line, the others share one")
{
    std::vector<Trace> traces;
    for (pid_t pid = 1; pid <= 100; ++pid) {
        traces.push_back(trace_of(pid, static_cast<std::uint64_t>(pid)));
    }
    const Picture picture = drawn({timeline_of(traces)}, {.lines = Lines::processes});
    const Panel& panel = picture.panels[0];
    CHECK(panel.curves.size() == most_lines + 1);
    CHECK(panel.curves.front().name == "p100 (100)");
    CHECK(panel.curves.back().name == "others (93)");
    CHECK(panel.curves.back().points[0].y == doctest::Approx(4.371)); // thousand
}

TEST_CASE("several files are drawn over each other, from the begin of each")
{
    Timeline other = timeline_of({trace_of(9, 100)}, "runs/again.mp3");
    other.host = "there";
    other.length = 7s;
    const Picture picture = drawn({timeline_of({trace_of(1, 10)}), other});
    CHECK(picture.title == "Page faults: 2 recordings");
    CHECK(picture.subtitle == "Linux 6.1.0, 2 CPUs, sampled every 50ms");
    CHECK(picture.length == 7);
    CHECK(names_of(picture.panels[0]) == Names{"make.mp3", "again.mp3"});
    CHECK(picture.panels[0].curves[1].points[0] == Point{0, 100});
    CHECK(names_of(drawn({timeline_of({trace_of(1, 10)}), other}, {.lines = Lines::processes})
                       .panels[0]) == Names{"make.mp3: p1 (1)", "again.mp3: p9 (9)"});
}

TEST_CASE("one interval among a hundred thousand is in the picture")
{
    Timeline timeline = timeline_of({Trace{}});
    for (int i = 0; i < 100'000; ++i) {
        timeline.traces[0].steps.push_back(
            {.begin = i * 50ms, .end = (i + 1) * 50ms, .minor_faults = i == 77'777 ? 50'000U : 1U});
    }
    timeline.length = 100'000 * 50ms;
    const Picture picture = drawn({timeline});
    const std::vector<Point>& points = picture.panels[0].curves[0].points;
    CHECK(points.size() <= 4 * PictureWish{}.columns);
    const auto spike = std::ranges::max_element(points, {}, &Point::y);
    CHECK(spike->y == doctest::Approx(1000)); // a million a second
    CHECK(picture.panels[0].numbers == "%gk");
    CHECK(spike->x == doctest::Approx(77'777 * 0.05 / 60).epsilon(0.001));
}

TEST_CASE("lost records are marked")
{
    Timeline timeline = timeline_of({trace_of(1, 10)});
    timeline.blanks = {{.begin = 500ms, .end = 750ms, .missed = 3}};
    const Picture picture = drawn({timeline});
    REQUIRE(picture.blanks.size() == 1);
    CHECK(picture.blanks[0].begin == 0.5);
    CHECK(picture.blanks[0].end == 0.75);
}

TEST_CASE("what cannot be drawn is said")
{
    const auto error = [](const Timeline& timeline, const PictureWish& wish) {
        const Result<Picture> picture = draw({&timeline, 1}, wish);
        return picture ? "" : picture.error().message;
    };
    CHECK(error(timeline_of({}), {}) == "cannot draw runs/make.mp3: it has no record of a process");
    CHECK(error(timeline_of({trace_of(1, 1)}), {.what = What::rss, .running = Running::sum}) ==
          "cannot draw rss cumulatively: it is an amount, not a count (faults, rate and cpu can "
          "be)");
    Timeline without = timeline_of({trace_of(1, 1)});
    without.memory_known = false;
    CHECK(error(without, {.what = What::swap}) ==
          "cannot draw swap of runs/make.mp3: its source did not know it");
    CHECK(error(without, {.what = What::rss}) ==
          "cannot draw rss of runs/make.mp3: its source did not know it");
}

TEST_CASE("an axis of nothing has no parts")
{
    const PictureWish swap{.what = What::swap};
    CHECK(drawn({timeline_of({trace_of(7, 1000)})}, swap).panels.at(0).tic == 1);
    CHECK(drawn({timeline_of({trace_of(7, 1000)})}).panels.at(0).tic == 0);
}
