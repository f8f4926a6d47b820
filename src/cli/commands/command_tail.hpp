// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string>
#include <vector>

namespace CLI
{
class App;
}

namespace mp3prof
{

struct CommandTail {
    std::vector<std::string> options; // for the parser
    std::vector<std::string> command; // what `run` or `record` is to run, word for word
};

// Splits the program's words at the command that `run` or `record` is to run: it
// begins behind `--`, or at the first word that is neither an option nor an
// option's value. The command must not pass through CLI11, which takes words
// like [a,b] apart. For other commands all words are options.
[[nodiscard]] CommandTail split_command_tail(const CLI::App& app,
                                             const std::vector<std::string>& words);

} // namespace mp3prof
