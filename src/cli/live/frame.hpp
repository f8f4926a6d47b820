// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "live/history.hpp"
#include "live/sparkline.hpp"

#include <string>
#include <vector>

namespace mp3prof
{

enum class SortBy { faults, cpu, rss, pid };

// The order that follows, round and round.
[[nodiscard]] SortBy next_order(SortBy order);

struct Size {
    unsigned lines = 24;
    unsigned columns = 80;
    bool operator==(const Size&) const = default;
};

// How the processes are to be shown.
struct View {
    Size size{};
    SortBy order = SortBy::faults;
    Glyphs glyphs = Glyphs::blocks;
    bool paused = false;
    nanoseconds interval{};
    nanoseconds offset{}; // turns monotonic times into times since 1970
    std::string note;     // for the user; empty: none
};

enum class Look { plain, title, note, heading, total, ended, keys };

struct Line {
    Look look = Look::plain;
    std::string text; // UTF-8; may be wider than the screen
};

// As many lines as the screen has, the keys in the last one. Of the processes,
// only those that have a line are laid out.
using Frame = std::vector<Line>;
[[nodiscard]] Frame lay_out(const History& history, const View& view);

} // namespace mp3prof
