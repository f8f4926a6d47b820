// SPDX-License-Identifier: GPL-2.0-or-later
#include "commands/command_tail.hpp"

#include <CLI/CLI.hpp>

namespace mp3prof
{

namespace
{

bool takes_value(const CLI::App& command, const std::string& option)
{
    const CLI::Option* known = command.get_option_no_throw(option);
    return known != nullptr && known->get_items_expected_max() > 0;
}

// True when the value of the option in `word` is the next word.
bool wants_next(const CLI::App& command, const std::string& word)
{
    if (word.starts_with("--")) {
        return word.find('=') == std::string::npos && takes_value(command, word);
    }
    // -abc: flags up to the first that takes a value; the rest is its value.
    for (std::size_t at = 1; at < word.size(); ++at) {
        if (takes_value(command, std::string("-") + word[at])) {
            return at + 1 == word.size();
        }
    }
    return false;
}

} // namespace

CommandTail split_command_tail(const CLI::App& app, const std::vector<std::string>& words)
{
    const bool runs = !words.empty() && (words.front() == "run" || words.front() == "record");
    if (!runs) {
        return {words, {}};
    }
    const CLI::App& command = *app.get_subcommand(words.front());
    auto at = words.begin() + 1;
    while (at != words.end() && at->size() > 1 && at->front() == '-' && *at != "--") {
        at += wants_next(command, *at) && at + 1 != words.end() ? 2 : 1;
    }
    CommandTail tail{{words.begin(), at}, {at, words.end()}};
    if (!tail.command.empty() && tail.command.front() == "--") {
        tail.command.erase(tail.command.begin());
    }
    return tail;
}

} // namespace mp3prof
