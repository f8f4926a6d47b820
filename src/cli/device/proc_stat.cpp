// SPDX-License-Identifier: GPL-2.0-or-later
#include "device/proc_stat.hpp"

#include <algorithm>
#include <charconv>
#include <limits>

namespace mp3prof
{

namespace
{

// Takes words off the front of a text.
class Words
{
public:
    explicit Words(std::string_view text) : rest_(text) {}

    // Empty at the end.
    std::string_view next()
    {
        const std::size_t begin = std::min(rest_.find_first_not_of(" \t\n"), rest_.size());
        const std::size_t end = std::min(rest_.find_first_of(" \t\n", begin), rest_.size());
        const std::string_view word = rest_.substr(begin, end - begin);
        rest_.remove_prefix(end);
        return word;
    }

    void skip(int count)
    {
        for (int i = 0; i < count; ++i) {
            next();
        }
    }

    // The next word as a number; false when it is none that fits.
    template <class Number>
    bool take(Number& number)
    {
        const std::string_view word = next();
        const char* end = word.data() + word.size();
        const auto [rest, error] = std::from_chars(word.data(), end, number);
        return error == std::errc{} && rest == end;
    }

private:
    std::string_view rest_;
};

// What stands behind `key` in its line.
std::optional<std::string_view> line_of(std::string_view text, std::string_view key)
{
    for (std::size_t begin = 0; begin < text.size();) {
        const std::size_t end = std::min(text.find('\n', begin), text.size());
        const std::string_view line = text.substr(begin, end - begin);
        if (line.starts_with(key)) {
            return line.substr(key.size());
        }
        begin = end + 1;
    }
    return std::nullopt;
}

} // namespace

std::optional<ProcStat> parse_stat(std::string_view text)
{
    // "PID (NAME) STATE PPID ...": no number behind the name has a parenthesis.
    const std::size_t open = text.find('(');
    const std::size_t close = text.rfind(')');
    if (open == std::string_view::npos || close == std::string_view::npos || close < open) {
        return std::nullopt;
    }
    ProcStat stat;
    stat.comm = text.substr(open + 1, close - open - 1);
    Words before(text.substr(0, open));
    Words words(text.substr(close + 1));
    const std::string_view state = words.next();
    if (!before.take(stat.pid) || stat.pid <= 0 || state.size() != 1 || !words.take(stat.ppid)) {
        return std::nullopt;
    }
    stat.state = state.front();
    words.skip(5); // pgrp session tty_nr tpgid flags
    bool sound = words.take(stat.minor_faults);
    words.skip(1); // of children
    sound = sound && words.take(stat.major_faults);
    words.skip(1);
    sound = sound && words.take(stat.utime_ticks) && words.take(stat.stime_ticks);
    words.skip(4); // cutime cstime priority nice
    sound = sound && words.take(stat.threads);
    words.skip(1); // itrealvalue
    sound = sound && words.take(stat.start_ticks);
    words.skip(1); // vsize
    sound = sound && words.take(stat.rss_pages);
    return sound ? std::optional(stat) : std::nullopt;
}

std::optional<ProcStatus> parse_status(std::string_view text)
{
    ProcStatus status;
    const auto tgid = line_of(text, "Tgid:");
    const auto uid = line_of(text, "Uid:");
    if (!tgid || !Words(*tgid).take(status.tgid) || status.tgid <= 0 || !uid ||
        !Words(*uid).take(status.uid)) {
        return std::nullopt;
    }
    std::uint64_t swap_kib = 0;
    const auto swap = line_of(text, "VmSwap:");
    if (swap && Words(*swap).take(swap_kib) &&
        swap_kib <= std::numeric_limits<std::uint64_t>::max() / 1024) {
        status.swap_bytes = swap_kib * 1024;
    }
    return status;
}

} // namespace mp3prof
