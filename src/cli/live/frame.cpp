// SPDX-License-Identifier: GPL-2.0-or-later
#include "live/frame.hpp"

#include "format/printable.hpp"
#include "format/units.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <string_view>

namespace mp3prof
{

namespace
{

using Tracks = std::vector<const Track*>;

constexpr unsigned wide = 120;           // columns with which there is room for more figures
constexpr unsigned command_columns = 16; // what a name takes at most
constexpr unsigned longest_bars = 60;

// Digits as long as they fit, as in the plain table.
std::string figure(double value, std::size_t width)
{
    std::string text = fmt::format(fmt::runtime(value < 1000 ? "{:.1f}" : "{:.0f}"), value);
    return text.size() <= width ? text : human_count(value);
}

std::string headings(unsigned columns)
{
    std::string text =
        fmt::format("{:>7} {:>9} {:>8} {:>6} {:>7}", "PID", "minflt/s", "majflt/s", "%CPU", "RSS");
    if (columns >= wide) {
        text += fmt::format(" {:>6} {:>7} {:>7} {:>7}", "%usr", "%system", "swap", "threads");
    }
    return text;
}

std::string figures(const Track& track, std::string_view name, unsigned columns)
{
    const Rates& rates = track.rates;
    std::string text = fmt::format("{:>7} {:>9} {:>8} {:>6} {:>7}", name,
                                   figure(rates.minor_per_s, 9), figure(rates.major_per_s, 8),
                                   figure(rates.cpu_percent, 6), human_bytes(track.last.rss_bytes));
    if (columns >= wide) {
        text += fmt::format(" {:>6} {:>7} {:>7} {:>7}", figure(rates.user_percent, 6),
                            figure(rates.system_percent, 7), human_bytes(track.last.swap_bytes),
                            track.last.threads);
    }
    return text;
}

// What is left for bars between figures and names; none on a narrow terminal.
unsigned bars_for(unsigned columns)
{
    const auto others = static_cast<unsigned>(headings(columns).size()) + 4 + command_columns;
    return columns < others + 8 ? 0 : std::min(columns - others, longest_bars);
}

std::vector<double> latest_of(const Track& track, std::size_t count)
{
    const std::size_t taken = std::min(count, track.faults.size());
    return {std::prev(track.faults.end(), static_cast<std::ptrdiff_t>(taken)), track.faults.end()};
}

double highest_of(const Track& track, std::size_t count)
{
    const std::vector<double> values = latest_of(track, count);
    return values.empty() ? 0 : *std::ranges::max_element(values);
}

// Ends at the right, where the present is.
std::string bars(const Track& track, std::size_t count, double full, Glyphs glyphs)
{
    if (count == 0) {
        return {};
    }
    const std::vector<double> values = latest_of(track, count);
    return std::string(count - values.size(), ' ') + sparkline(values, full, glyphs) + "  ";
}

double weight(const Track& track, SortBy order)
{
    switch (order) {
    case SortBy::faults:
        return track.faults_per_s();
    case SortBy::cpu:
        return track.rates.cpu_percent;
    case SortBy::rss:
        return static_cast<double>(track.last.rss_bytes);
    case SortBy::pid:
        return 0;
    }
    return 0;
}

std::string_view name_of(SortBy order)
{
    switch (order) {
    case SortBy::faults:
        return "faults";
    case SortBy::cpu:
        return "CPU";
    case SortBy::rss:
        return "RSS";
    case SortBy::pid:
        return "PID";
    }
    return {};
}

// The first `count` of them in the order that is wanted, the heaviest first;
// equals by PID, so that they stand still.
Tracks first_of(const History& history, SortBy order, std::size_t count)
{
    Tracks tracks;
    tracks.reserve(history.tracks().size());
    for (const auto& [key, track] : history.tracks()) {
        tracks.push_back(&track);
    }
    const std::size_t shown = std::min(count, tracks.size());
    std::ranges::partial_sort(tracks, tracks.begin() + static_cast<std::ptrdiff_t>(shown),
                              [order](const Track* a, const Track* b) {
                                  const double weight_a = weight(*a, order);
                                  const double weight_b = weight(*b, order);
                                  return weight_a != weight_b ? weight_a > weight_b
                                                              : a->last.key() < b->last.key();
                              });
    tracks.resize(shown);
    return tracks;
}

std::string count_words(std::size_t count)
{
    return fmt::format("{} process{}", count, count == 1 ? "" : "es");
}

std::string title(const History& history, const View& view)
{
    std::string time;
    if (history.frames() > 0) {
        time = time_of_day(history.end() + view.offset);
        time = "  " + time.substr(0, time.find('.'));
    }
    return fmt::format("mp3prof monitor{}  every {}, {}{}", time, format_duration(view.interval),
                       count_words(history.processes()), view.paused ? "  PAUSED" : "");
}

// What the bars mean. The processes share one scale, or a quiet one would look
// as busy as a busy one; the sum has its own, or it would flatten all others.
std::string legend(const History& history, double full, double full_total, Glyphs glyphs)
{
    const std::string text =
        fmt::format("bars: faults/s, one each {}; {} is ", format_duration(history.frame()),
                    glyphs == Glyphs::blocks ? "█" : "@");
    if (history.tracks().empty()) {
        return text + human_count(full_total) + "/s";
    }
    return text +
           fmt::format("{}/s, in the total {}/s", human_count(full), human_count(full_total));
}

std::string keys(SortBy order, std::size_t hidden, bool paused)
{
    std::string text =
        fmt::format("q quit   s sort (by {})   p {}", name_of(order), paused ? "go on" : "pause");
    if (hidden > 0) {
        text += fmt::format("   {} more below", hidden);
    }
    return text;
}

std::string note_of(const History& history, const View& view)
{
    if (view.note.empty() && history.frames() == 0) {
        return fmt::format("the first figures come within {}", format_duration(history.frame()));
    }
    return view.note;
}

} // namespace

SortBy next_order(SortBy order)
{
    return order == SortBy::pid ? SortBy::faults : static_cast<SortBy>(static_cast<int>(order) + 1);
}

Frame lay_out(const History& history, const View& view)
{
    const unsigned columns = view.size.columns;
    const unsigned bar_columns = bars_for(columns);
    const std::string note = note_of(history, view);
    const std::size_t around = (note.empty() ? 0U : 1U) + (bar_columns > 0 ? 1U : 0U) + 4U;
    const std::size_t room = view.size.lines > around ? view.size.lines - around : 0;
    const Tracks shown = first_of(history, view.order, room);
    double full = 0;
    for (const Track* track : shown) {
        full = std::max(full, highest_of(*track, bar_columns));
    }
    const double full_total = highest_of(history.total(), bar_columns);

    Frame frame;
    frame.push_back({Look::title, title(history, view)});
    if (bar_columns > 0) {
        frame.push_back({Look::plain, legend(history, full, full_total, view.glyphs)});
    }
    if (!note.empty()) {
        frame.push_back({Look::note, note});
    }
    const std::string pad(bar_columns > 0 ? bar_columns + 2 : 0, ' ');
    frame.push_back({Look::heading, headings(columns) + "  " + pad + "Command"});
    frame.push_back({Look::total, figures(history.total(), "total", columns) + "  " +
                                      bars(history.total(), bar_columns, full_total, view.glyphs) +
                                      fmt::format("({})", count_words(history.processes()))});
    for (const Track* track : shown) {
        frame.push_back({track->ended ? Look::ended : Look::plain,
                         figures(*track, std::to_string(track->last.pid), columns) + "  " +
                             bars(*track, bar_columns, full, view.glyphs) +
                             printable(track->last.comm) + (track->ended ? " (ended)" : "")});
    }
    const std::size_t lines = std::max(view.size.lines, 1U);
    frame.resize(lines - 1);
    frame.push_back(
        {Look::keys, keys(view.order, history.tracks().size() - shown.size(), view.paused)});
    return frame;
}

} // namespace mp3prof
