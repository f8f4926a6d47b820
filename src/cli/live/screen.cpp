// SPDX-License-Identifier: GPL-2.0-or-later
#include "live/screen.hpp"

#include <algorithm>
#include <clocale>
#include <cstdlib>
#include <string>

#include <langinfo.h>
#include <poll.h>
#include <sys/ioctl.h>
#include <unistd.h>
#include <wchar.h>

// Its functions, not its macros, which have names like erase and clear.
#define NCURSES_NOMACROS
#define NCURSES_WIDECHAR 1
#include <curses.h>

namespace mp3prof
{

namespace
{

attr_t attributes_of(Look look)
{
    switch (look) {
    case Look::title:
    case Look::note:
    case Look::total:
        return A_BOLD;
    case Look::heading:
    case Look::keys:
        return A_REVERSE;
    case Look::ended:
        return A_DIM;
    case Look::plain:
        break;
    }
    return A_NORMAL;
}

// As much of the text as fits; what the terminal cannot show becomes '?'.
std::wstring cut(const std::string& text, int columns)
{
    std::wstring line;
    std::mbstate_t state{};
    const char* rest = text.data();
    const char* const end = rest + text.size();
    while (rest < end) {
        wchar_t character = 0;
        const std::size_t bytes =
            std::mbrtowc(&character, rest, static_cast<std::size_t>(end - rest), &state);
        const bool sound = bytes > 0 && bytes <= static_cast<std::size_t>(end - rest);
        rest += sound ? bytes : 1;
        state = sound ? state : std::mbstate_t{};
        if (!sound || ::wcwidth(character) < 0) {
            character = L'?';
        }
        columns -= ::wcwidth(character);
        if (columns < 0) {
            break;
        }
        line += character;
    }
    return line;
}

} // namespace

void Screen::Close::operator()(void* screen) const
{
    ::endwin();
    ::delscreen(static_cast<SCREEN*>(screen));
}

Result<Screen> Screen::open()
{
    std::setlocale(LC_CTYPE, "");
    SCREEN* screen = ::newterm(nullptr, stdout, stdin);
    if (screen == nullptr) {
        const char* terminal = std::getenv("TERM");
        return fail("cannot draw on the terminal: its kind '{}' is not known here (see the "
                    "variable TERM)",
                    terminal == nullptr ? "" : terminal);
    }
    const bool utf8 = std::string(::nl_langinfo(CODESET)) == "UTF-8";
    Screen opened(screen, utf8 ? Glyphs::blocks : Glyphs::ascii);
    ::cbreak(); // Ctrl-C and Ctrl-Z stay signals
    ::noecho();
    ::nonl();
    ::nodelay(::stdscr, true);
    ::keypad(::stdscr, true); // a function key is one key, not letters
    ::set_escdelay(25);
    ::curs_set(0);
    return opened;
}

Size Screen::size()
{
    return {.lines = static_cast<unsigned>(std::max(::getmaxy(::stdscr), 1)),
            .columns = static_cast<unsigned>(std::max(::getmaxx(::stdscr), 1))};
}

void Screen::draw(const Frame& frame)
{
    const Size size = Screen::size();
    ::werase(::stdscr);
    int at = 0;
    for (const Line& line : frame) {
        if (at >= static_cast<int>(size.lines)) {
            break;
        }
        const auto attributes = static_cast<int>(attributes_of(line.look));
        const bool filled = line.look == Look::heading || line.look == Look::keys;
        std::wstring text = cut(line.text, static_cast<int>(size.columns));
        text.resize(filled ? std::max<std::size_t>(text.size(), size.columns) : text.size(), L' ');
        ::wattrset(::stdscr, attributes);
        ::wmove(::stdscr, at++, 0);
        ::waddwstr(::stdscr, text.c_str());
    }
    ::wattrset(::stdscr, A_NORMAL);
    ::wrefresh(::stdscr);
}

std::optional<int> Screen::key()
{
    const int key = ::wgetch(::stdscr);
    return key == ERR ? std::nullopt : std::optional(key);
}

bool Screen::is_gone()
{
    pollfd keys{.fd = STDIN_FILENO, .events = POLLIN, .revents = 0};
    return ::poll(&keys, 1, 0) > 0 && (keys.revents & (POLLHUP | POLLERR | POLLNVAL)) != 0;
}

void Screen::resize()
{
    winsize size{};
    if (::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_row > 0 && size.ws_col > 0) {
        ::resizeterm(size.ws_row, size.ws_col);
    }
}

void Screen::leave()
{
    ::endwin();
}

void Screen::enter()
{
    resize();
    ::clearok(::stdscr, true);
    ::wrefresh(::stdscr);
}

} // namespace mp3prof
