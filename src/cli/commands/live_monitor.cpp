// SPDX-License-Identifier: GPL-2.0-or-later
#include "commands/live_monitor.hpp"

#include "sys/clock.hpp"
#include "sys/wake_set.hpp"

#include <algorithm>
#include <csignal>
#include <iostream>
#include <utility>

#include <unistd.h>

namespace mp3prof
{

namespace
{

// Ten frames a second are as many as anybody can look at.
constexpr nanoseconds shortest_frame = std::chrono::milliseconds(100);

// As much of the words as is worth keeping, of a source that has many.
constexpr std::size_t most_words = 4096;

const char* hint_for(const MonitorPlan& plan)
{
    return plan.pids.empty()
               ? "nothing is registered: mp3prof register PID"
               : "none of the processes asked for is registered: mp3prof register PID";
}

} // namespace

LiveMonitor::LiveMonitor(Screen screen, LiveSettings settings)
    : screen_(std::move(screen)), settings_(std::move(settings)),
      history_(std::max(settings_.interval, shortest_frame))
{
    view_.interval = settings_.interval;
    view_.glyphs = screen_.glyphs();
}

void LiveMonitor::begin(std::ostream& /*out*/)
{
    due_ = true;
}

void LiveMonitor::write(std::ostream& /*out*/, const Interval& interval, nanoseconds offset)
{
    view_.offset = offset;
    if (interval.elapsed > nanoseconds::zero()) { // else it is the end, and has no rate
        due_ = history_.add(interval) || due_;
    }
}

Result<bool> LiveMonitor::flush()
{
    take_words();
    if (std::exchange(due_, false) && !paused_) {
        draw();
    }
    return true;
}

void LiveMonitor::take_words()
{
    const std::string words = std::move(words_).str(); // and leaves it empty
    if (words.empty()) {
        return;
    }
    if (said_.size() < most_words) {
        said_ += words;
    }
    std::string_view last = words;
    last.remove_suffix(last.ends_with('\n') ? 1 : 0);
    last.remove_prefix(last.rfind('\n') + 1); // npos + 1 is 0
    constexpr std::string_view name = "mp3prof: ";
    last.remove_prefix(last.starts_with(name) ? name.size() : 0);
    last_word_ = last;
    due_ = true;
}

const std::string& LiveMonitor::words_so_far()
{
    take_words();
    return said_;
}

std::string LiveMonitor::note() const
{
    const History& history = shown();
    if (history.frames() > 0 && !history.anything_lives()) {
        return settings_.hint;
    }
    return last_word_;
}

Frame LiveMonitor::frame()
{
    view_.size = Screen::size();
    view_.paused = paused_.has_value();
    view_.note = note();
    return lay_out(shown(), view_);
}

std::string LiveMonitor::last_frame()
{
    paused_.reset();
    history_.finish();
    std::string text;
    if (history_.frames() == 0) {
        return text;
    }
    for (const Line& line : frame()) {
        if (line.look != Look::keys && line.look != Look::note && !line.text.empty()) {
            text += line.text + '\n';
        }
    }
    return text;
}

bool LiveMonitor::press(int key)
{
    switch (key) {
    case 'q':
        return true;
    case 's':
        view_.order = next_order(view_.order);
        break;
    case 'p':
        paused_ = paused_ ? std::nullopt : std::optional(history_);
        break;
    default:
        break;
    }
    return false;
}

bool LiveMonitor::attend(Signals& signals)
{
    signals.clear();
    bool over = Screen::is_gone();
    for (const int signal : {SIGINT, SIGTERM, SIGQUIT, SIGHUP}) {
        over = signals.take(signal) != Sender::none || over;
    }
    if (signals.take(SIGTSTP) != Sender::none) {
        Screen::leave();
        Signals::stop();
        Screen::enter();
    }
    if (signals.take(SIGCONT) != Sender::none) {
        Screen::enter(); // what stopped us unseen has left the terminal to others
    }
    if (signals.take(SIGWINCH) != Sender::none) {
        Screen::resize();
    }
    while (const std::optional<int> key = Screen::key()) {
        over = press(*key) || over;
    }
    if (!over) {
        draw();
    }
    return over;
}

Status monitor_live(Source& source, const MonitorPlan& plan, Rows rows, Output& output,
                    Signals& signals)
{
    // Whatever would end or stop us and leave the terminal as it is, each time.
    signals.catch_these({SIGINT, SIGTERM, SIGQUIT, SIGHUP, SIGTSTP, SIGCONT, SIGWINCH},
                        Repeat::always);
    TRY_ASSIGN(const WakeSet wake, WakeSet::of({signals.fd(), STDIN_FILENO}));
    std::string words;
    {
        TRY_ASSIGN(Screen screen, Screen::open());
        LiveMonitor live(std::move(screen),
                         {.interval = plan.interval, .rows = rows, .hint = hint_for(plan)});
        IntervalSeries series(plan.interval, live, live, realtime_offset);
        const StopRequest stop{.wake_fd = wake.fd(),
                               .wanted = [&] { return live.attend(signals); }};
        TRY(monitor_stream(source, plan, series, stop, live.words()));
        output.stream() << live.last_frame();
        words = live.words_so_far();
    }
    std::cerr << words << std::flush;
    TRY(output.flush());
    return {};
}

} // namespace mp3prof
