// SPDX-License-Identifier: GPL-2.0-or-later
#include "plot/curve_points.hpp"

#include <algorithm>

namespace mp3prof
{

namespace
{

double x_of(nanoseconds time)
{
    return static_cast<double>(time.count());
}

std::uint64_t count_of(const Step& step, Figure figure)
{
    switch (figure) {
    case Figure::minor_faults:
        return step.minor_faults;
    case Figure::major_faults:
        return step.major_faults;
    case Figure::cpu:
        return step.cpu_ns;
    case Figure::rss:
        return step.rss_bytes;
    case Figure::swap:
        return step.swap_bytes;
    }
    return 0;
}

bool is_amount(Figure figure)
{
    return figure == Figure::rss || figure == Figure::swap;
}

bool is_rate(const CurveKind& kind)
{
    return kind.running == Running::each && (kind.per_second || kind.figure == Figure::cpu);
}

// The height of the line over one step, for what is told by step.
double height_of(const Step& step, const CurveKind& kind)
{
    const auto count = static_cast<double>(count_of(step, kind.figure));
    if (!is_rate(kind)) {
        return count;
    }
    const auto ns = static_cast<double>((step.end - step.begin).count());
    if (ns <= 0) {
        return 0;
    }
    // CPU time over time is percent of a CPU; all others are per second.
    return kind.figure == Figure::cpu ? count * 100 / ns : count * 1e9 / ns;
}

// Draws one trace, step by step.
class Pen
{
public:
    explicit Pen(const CurveKind& kind) : kind_(kind) {}

    void draw(const Step& step)
    {
        const double height = height_of(step, kind_);
        rest_until(step.begin);
        if (is_amount(kind_.figure)) {
            points.push_back({x_of(step.end), height});
        } else if (kind_.running == Running::sum) {
            if (points.empty()) {
                points.push_back({x_of(step.begin), 0});
            }
            sum_ += height;
            points.push_back({x_of(step.end), sum_ / (kind_.figure == Figure::cpu ? 1e9 : 1)});
        } else {
            points.push_back({x_of(step.begin), height});
            points.push_back({x_of(step.end), height});
        }
        last_ = step.end;
    }

    // Nothing is counted up to `time`: what has a height by step is low, what is
    // an amount or a sum stays as it is.
    void rest_until(nanoseconds time)
    {
        if (points.empty() || time <= last_) {
            return;
        }
        if (is_amount(kind_.figure) || kind_.running == Running::sum) {
            points.push_back({x_of(time), points.back().y});
        } else {
            points.push_back({x_of(last_), 0});
            points.push_back({x_of(time), 0});
        }
    }

    std::vector<Point> points;

private:
    const CurveKind& kind_;
    nanoseconds last_{};
    double sum_ = 0;
};

} // namespace

std::vector<CurveKind> kinds_of(What what, Running running)
{
    switch (what) {
    case What::faults:
    case What::rate:
        return {{Figure::minor_faults, what == What::rate, running},
                {Figure::major_faults, what == What::rate, running}};
    case What::cpu:
        return {{Figure::cpu, false, running}};
    case What::rss:
        return {{Figure::rss, false, running}};
    case What::swap:
        return {{Figure::swap, false, running}};
    }
    return {};
}

std::string words_of(What what, Running running)
{
    const bool cumulative = running == Running::sum;
    switch (what) {
    case What::faults:
    case What::rate:
        return cumulative ? "Page faults since the begin" : "Page faults";
    case What::cpu:
        return cumulative ? "CPU time since the begin" : "CPU use";
    case What::rss:
        return "Resident memory";
    case What::swap:
        return "Swapped memory";
    }
    return {};
}

std::string axis_words(const CurveKind& kind)
{
    const bool cumulative = kind.running == Running::sum;
    const std::string by = cumulative        ? " since the begin"
                           : kind.per_second ? " per second"
                                             : " per interval";
    switch (kind.figure) {
    case Figure::minor_faults:
        return "minor faults" + by;
    case Figure::major_faults:
        return "major faults" + by;
    case Figure::cpu:
        return cumulative ? "CPU time since the begin" : "CPU (100 % is one CPU)";
    case Figure::rss:
        return "RSS";
    case Figure::swap:
        return "swap";
    }
    return {};
}

AxisUnit axis_unit(const CurveKind& kind)
{
    if (is_amount(kind.figure)) {
        return {1024, {" B", " KiB", " MiB", " GiB", " TiB", " PiB"}};
    }
    if (kind.figure == Figure::cpu) {
        return {1000, {kind.running == Running::sum ? " s" : " %%"}};
    }
    return {1000, {"", "k", "M", "G", "T", "P"}};
}

std::vector<Point> points_of(const Trace& trace, nanoseconds end, const CurveKind& kind)
{
    Pen pen(kind);
    for (const Step& step : trace.steps) {
        pen.draw(step);
    }
    if (trace.lives) {
        pen.rest_until(end);
    }
    return std::move(pen.points);
}

} // namespace mp3prof
