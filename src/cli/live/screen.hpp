// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "live/frame.hpp"
#include "sys/error.hpp"

#include <memory>
#include <optional>

namespace mp3prof
{

// The terminal of standard input and output as a screen of our own; when it ends,
// the terminal is as it was. Signals are left to the caller, who must catch those
// that would end the program.
class Screen
{
public:
    [[nodiscard]] static Result<Screen> open();

    [[nodiscard]] static Size size();
    // Whether the terminal has more than ASCII.
    [[nodiscard]] Glyphs glyphs() const { return glyphs_; }
    static void draw(const Frame& frame);

    // The next key that was pressed; none: no more of them.
    [[nodiscard]] static std::optional<int> key();

    // True when nobody is at the terminal any more.
    [[nodiscard]] static bool is_gone();

    // The terminal has another size.
    static void resize();

    // Gives the terminal back for a while, as when we are stopped.
    static void leave();
    // Takes it again; whatever is on it is drawn over.
    static void enter();

private:
    struct Close {
        void operator()(void* screen) const;
    };
    Screen(void* screen, Glyphs glyphs) : screen_(screen), glyphs_(glyphs) {}

    std::unique_ptr<void, Close> screen_;
    Glyphs glyphs_;
};

} // namespace mp3prof
