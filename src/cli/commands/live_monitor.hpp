// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "commands/monitor_loop.hpp"
#include "format/format.hpp"
#include "live/frame.hpp"
#include "live/history.hpp"
#include "live/screen.hpp"
#include "sys/output.hpp"
#include "sys/signals.hpp"

#include <functional>
#include <optional>
#include <sstream>
#include <string>
#include <vector>

namespace mp3prof
{

// What is not given by the intervals.
struct LiveSettings {
    nanoseconds interval{};
    Rows rows = Rows::each;
    std::string hint; // what to do where nothing is to be seen
};

// The live view of a terminal: takes intervals as a format does, and draws where
// a format prints, but for people: a frame at most every 100 ms, of all the
// intervals since the one before.
class LiveMonitor : public Formatter, public Sink
{
public:
    LiveMonitor(Screen screen, LiveSettings settings);

    [[nodiscard]] Rows rows() const override { return settings_.rows; }
    void begin(std::ostream& out) override;
    void write(std::ostream& out, const Interval& interval, nanoseconds offset) override;
    [[nodiscard]] std::ostream& stream() override { return nowhere_; }
    [[nodiscard]] Result<bool> flush() override;

    // Words for the user, which have no place beside a screen: the last of them
    // is shown, and all are in words_so_far().
    [[nodiscard]] std::ostream& words() { return words_; }
    [[nodiscard]] const std::string& words_so_far();

    // What signals and keys want; true when it is the end.
    [[nodiscard]] bool attend(Signals& signals);

    // The last frame as text, to be left on the terminal; empty where there was
    // none.
    [[nodiscard]] std::string last_frame();

private:
    void take_words();
    [[nodiscard]] bool press(int key);
    [[nodiscard]] const History& shown() const { return paused_ ? *paused_ : history_; }
    [[nodiscard]] std::string note() const;
    [[nodiscard]] Frame frame();
    void draw() { Screen::draw(frame()); }

    Screen screen_;
    LiveSettings settings_;
    History history_;
    std::optional<History> paused_; // what is shown in place of it
    View view_;
    bool due_ = false; // a frame is complete
    std::ostringstream nowhere_;
    std::ostringstream words_;
    std::string said_;
    std::string last_word_;
};

// Draws what a source has to say until that is over, or a key or signal ends it,
// and leaves the last frame on the terminal, which is `output`.
[[nodiscard]] Status monitor_live(Source& source, const MonitorPlan& plan, Rows rows,
                                  Output& output, Signals& signals);

} // namespace mp3prof
