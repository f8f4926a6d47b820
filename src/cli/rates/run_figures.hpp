// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "rates/usage.hpp"

#include <array>
#include <chrono>
#include <cstdint>
#include <limits>

namespace mp3prof
{

// A figure that the source could not know.
inline constexpr double not_known = std::numeric_limits<double>::quiet_NaN();

// What one run of a command, or one recording, comes to.
struct RunFigures {
    double wall_s = 0;
    double cpu_s = 0;
    double user_s = 0;
    double system_s = 0;
    double minor_faults = 0;
    double major_faults = 0;
    double minor_per_s = 0;
    double major_per_s = 0;
    double peak_per_s = 0; // faults in the interval that had the most
    double peak_rss_bytes = 0;
    double processes = 0;
};

enum class FigureUnit { seconds, count, per_second, bytes };

// A figure by its name.
struct FigureKind {
    const char* words; // for people
    const char* name;  // of a column, with its unit
    double RunFigures::*value;
    FigureUnit unit;
};

inline constexpr std::array<FigureKind, 11> figure_kinds{{
    {"wall time", "wall_s", &RunFigures::wall_s, FigureUnit::seconds},
    {"CPU time", "cpu_s", &RunFigures::cpu_s, FigureUnit::seconds},
    {"CPU user", "user_s", &RunFigures::user_s, FigureUnit::seconds},
    {"CPU system", "system_s", &RunFigures::system_s, FigureUnit::seconds},
    {"minor faults", "minflt", &RunFigures::minor_faults, FigureUnit::count},
    {"major faults", "majflt", &RunFigures::major_faults, FigureUnit::count},
    {"minor faults/s", "minflt_per_s", &RunFigures::minor_per_s, FigureUnit::per_second},
    {"major faults/s", "majflt_per_s", &RunFigures::major_per_s, FigureUnit::per_second},
    {"peak faults/s", "peak_flt_per_s", &RunFigures::peak_per_s, FigureUnit::per_second},
    {"peak RSS", "peak_rss_bytes", &RunFigures::peak_rss_bytes, FigureUnit::bytes},
    {"processes", "processes", &RunFigures::processes, FigureUnit::count},
}};

// `peak` is of an interval of that length.
[[nodiscard]] inline RunFigures run_figures(const Usage& total, const Usage& peak, nanoseconds wall,
                                            nanoseconds interval)
{
    const auto seconds = [](auto ns) { return static_cast<double>(ns) / 1e9; };
    const Rates rates = rates_of(total, wall);
    const Rates peak_rates = rates_of(peak, interval);
    return {.wall_s = seconds(wall.count()),
            .cpu_s = seconds(total.cpu_ns),
            .user_s = seconds(total.user_ns),
            .system_s = seconds(total.system_ns()),
            .minor_faults = static_cast<double>(total.minor_faults),
            .major_faults = static_cast<double>(total.major_faults),
            .minor_per_s = rates.minor_per_s,
            .major_per_s = rates.major_per_s,
            .peak_per_s = peak_rates.minor_per_s + peak_rates.major_per_s};
}

} // namespace mp3prof
