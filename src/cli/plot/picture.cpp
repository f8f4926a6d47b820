// SPDX-License-Identifier: GPL-2.0-or-later
#include "plot/picture.hpp"

#include "format/units.hpp"
#include "plot/curve_points.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <iterator>
#include <utility>

namespace mp3prof
{

namespace
{

using std::chrono::nanoseconds;

// A trace with its place in the picture.
struct Chosen {
    const Timeline* timeline;
    Trace trace;
    std::string name;
};

// The time axis: seconds, minutes or hours, whatever gives numbers to read.
struct TimeScale {
    double ns = 1e9;
    const char* unit = "s";
};

TimeScale time_scale(nanoseconds length)
{
    if (length > std::chrono::hours(3)) {
        return {3600e9, "h"};
    }
    if (length > std::chrono::minutes(5)) {
        return {60e9, "min"};
    }
    return {};
}

std::string shortened(std::string text, std::size_t longest)
{
    if (text.size() > longest) {
        text.resize(longest - 3);
        text += "...";
    }
    return text;
}

// How much of it a process has, to choose those with a line of their own.
double weight_of(const Trace& trace, What what)
{
    double weight = 0;
    for (const Step& step : trace.steps) {
        switch (what) {
        case What::faults:
        case What::rate:
            weight +=
                static_cast<double>(step.minor_faults) + static_cast<double>(step.major_faults);
            break;
        case What::cpu:
            weight += static_cast<double>(step.cpu_ns);
            break;
        case What::rss:
            weight = std::max(weight, static_cast<double>(step.rss_bytes));
            break;
        case What::swap:
            weight = std::max(weight, static_cast<double>(step.swap_bytes));
            break;
        }
    }
    return weight;
}

std::vector<const Trace*> by_weight(const Timeline& timeline, What what)
{
    std::vector<std::pair<double, const Trace*>> weighed;
    for (const Trace& trace : timeline.traces) {
        weighed.emplace_back(weight_of(trace, what), &trace);
    }
    std::ranges::stable_sort(weighed, std::greater<>{},
                             [](const auto& pair) { return pair.first; });
    std::vector<const Trace*> traces;
    for (const auto& [weight, trace] : weighed) {
        traces.push_back(trace);
    }
    return traces;
}

std::string prefix_of(const Timeline& timeline, std::size_t files)
{
    return files > 1 ? std::filesystem::path(timeline.file).filename().string() + ": " : "";
}

std::string name_of(const Trace& trace)
{
    return trace.pid == 0 ? trace.name : fmt::format("{} ({})", trace.name, trace.pid);
}

// A line for each process, as far as there are colours.
void choose_processes(const Timeline& timeline, const PictureWish& wish, std::size_t files,
                      std::vector<Chosen>& chosen)
{
    const std::vector<const Trace*> traces = by_weight(timeline, wish.what);
    const std::size_t share = std::max<std::size_t>(most_lines / files, 1);
    const std::size_t own = traces.size() <= share ? traces.size() : share;
    const std::string prefix = prefix_of(timeline, files);
    for (std::size_t i = 0; i < own; ++i) {
        const Trace& trace = *traces[i];
        chosen.push_back({&timeline, trace, prefix + name_of(trace)});
    }
    if (own < traces.size()) {
        const auto others = std::span(traces).subspan(own);
        chosen.push_back(
            {&timeline, sum_of(others), prefix + fmt::format("others ({})", others.size())});
    }
}

std::vector<Chosen> choose(std::span<const Timeline> timelines, const PictureWish& wish)
{
    std::vector<Chosen> chosen;
    for (const Timeline& timeline : timelines) {
        if (wish.lines == Lines::processes) {
            choose_processes(timeline, wish, timelines.size(), chosen);
            continue;
        }
        std::vector<const Trace*> all;
        for (const Trace& trace : timeline.traces) {
            all.push_back(&trace);
        }
        chosen.push_back({&timeline, sum_of(all),
                          timelines.size() > 1
                              ? std::filesystem::path(timeline.file).filename().string()
                          : all.size() == 1 ? name_of(*all[0])
                                            : fmt::format("all {} processes", all.size())});
    }
    return chosen;
}

std::vector<double> times_of(const std::vector<nanoseconds>& times, double unit)
{
    std::vector<double> scaled;
    for (const nanoseconds time : times) {
        scaled.push_back(static_cast<double>(time.count()) / unit);
    }
    return scaled;
}

Curve curve_of(const Chosen& chosen, std::size_t color, const CurveKind& kind,
               const PictureWish& wish, double unit, double length)
{
    std::vector<Point> points = points_of(chosen.trace, chosen.timeline->length, kind);
    for (Point& point : points) {
        point.x /= unit;
    }
    return {.name = shortened(chosen.name, 40),
            .color = color,
            .points = thinned(points, 0, length, wish.columns),
            .starts = times_of(chosen.trace.starts, unit),
            .exits = times_of(chosen.trace.exits, unit)};
}

double highest_of(const std::vector<Curve>& curves)
{
    double highest = 0;
    for (const Curve& curve : curves) {
        for (const Point& point : curve.points) {
            highest = std::max(highest, point.y);
        }
    }
    return highest;
}

// Numbers at the axis are short: in thousands, in MiB.
void scale(Panel& panel, const AxisUnit& unit)
{
    const double highest = highest_of(panel.curves);
    double divisor = 1;
    std::size_t step = 0;
    while (highest / divisor >= unit.factor * 2 && step + 1 < unit.suffixes.size()) {
        divisor *= unit.factor;
        ++step;
    }
    panel.numbers = "%g" + std::string(unit.suffixes[step]);
    panel.top = highest > 0 ? highest / divisor * 1.05 : 1;
    panel.tic = highest > 0 ? 0 : 1; // no parts of nothing
    for (Curve& curve : panel.curves) {
        for (Point& point : curve.points) {
            point.y /= divisor;
        }
    }
}

std::string title_of(std::span<const Timeline> timelines, const PictureWish& wish)
{
    std::string of;
    if (timelines.size() == 1) {
        const Timeline& only = timelines.front();
        of = only.command.empty() ? std::filesystem::path(only.file).filename().string()
                                  : only.command;
    } else {
        of = fmt::format("{} recordings", timelines.size());
    }
    return fmt::format("{}: {}", words_of(wish.what, wish.running), shortened(of, 60));
}

// Where and how it was made; of several, what they have in common.
std::string subtitle_of(std::span<const Timeline> timelines)
{
    const Timeline& first = timelines.front();
    const auto common = [&](auto member) {
        return std::ranges::all_of(
            timelines, [&](const Timeline& timeline) { return timeline.*member == first.*member; });
    };
    std::vector<std::string> words;
    if (!first.host.empty() && common(&Timeline::host)) {
        words.push_back(first.host);
    }
    if (!first.kernel.empty() && common(&Timeline::kernel)) {
        words.push_back("Linux " + first.kernel);
    }
    if (first.cpus > 0 && common(&Timeline::cpus)) {
        words.push_back(fmt::format("{} CPU{}", first.cpus, first.cpus == 1 ? "" : "s"));
    }
    words.push_back(common(&Timeline::interval) ? "sampled every " + format_duration(first.interval)
                                                : "sampled at different intervals");
    if (first.since_1970 > nanoseconds::zero() && timelines.size() == 1) {
        words.push_back(iso_time(first.since_1970).substr(0, 19) + "Z");
    }
    return fmt::format("{}", fmt::join(words, ", "));
}

Status check(std::span<const Timeline> timelines, const PictureWish& wish)
{
    if (wish.running == Running::sum && (wish.what == What::rss || wish.what == What::swap)) {
        return fail("cannot draw {} cumulatively: it is an amount, not a count (faults, rate and "
                    "cpu can be)",
                    wish.what == What::rss ? "rss" : "swap");
    }
    for (const Timeline& timeline : timelines) {
        if (timeline.traces.empty()) {
            return fail("cannot draw {}: it has no record of a process", timeline.file);
        }
        if ((wish.what == What::rss || wish.what == What::swap) && !timeline.memory_known) {
            return fail("cannot draw {} of {}: its source did not know it",
                        wish.what == What::rss ? "rss" : "swap", timeline.file);
        }
    }
    return {};
}

} // namespace

Result<Picture> draw(std::span<const Timeline> timelines, const PictureWish& wish)
{
    TRY(check(timelines, wish));
    Picture picture{.title = title_of(timelines, wish),
                    .subtitle = subtitle_of(timelines),
                    .time_axis = {},
                    .length = 1,
                    .panels = {},
                    .blanks = {}};
    nanoseconds length{1};
    for (const Timeline& timeline : timelines) {
        length = std::max(length, timeline.length);
    }
    const TimeScale time = time_scale(length);
    picture.time_axis = fmt::format("time since the begin ({})", time.unit);
    picture.length = static_cast<double>(length.count()) / time.ns;
    const std::vector<Chosen> chosen = choose(timelines, wish);
    for (const CurveKind& kind : kinds_of(wish.what, wish.running)) {
        Panel panel{.axis = axis_words(kind), .numbers = {}, .top = 1, .tic = 0, .curves = {}};
        for (std::size_t i = 0; i < chosen.size(); ++i) {
            panel.curves.push_back(curve_of(chosen[i], i, kind, wish, time.ns, picture.length));
        }
        // No panel for major faults that there are none of.
        if (picture.panels.empty() || highest_of(panel.curves) > 0) {
            scale(panel, axis_unit(kind));
            picture.panels.push_back(std::move(panel));
        }
    }
    for (const Timeline& timeline : timelines) {
        for (const Blank& blank : timeline.blanks) {
            picture.blanks.push_back({.begin = static_cast<double>(blank.begin.count()) / time.ns,
                                      .end = static_cast<double>(blank.end.count()) / time.ns});
        }
    }
    return picture;
}

} // namespace mp3prof
