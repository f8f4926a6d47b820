// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string>
#include <vector>

namespace mp3prof
{

// The command line as completions see it, read off the parser's definitions.

// What may stand for a value.
struct Value {
    enum class Kind { none, choice, duration, pid, file, command, other };
    Kind kind = Kind::none;
    std::vector<std::string> choices;
    bool many = false; // of arguments: more of it may follow
};

struct OptionEntry {
    std::vector<std::string> names; // with their dashes
    std::string words;
    Value value;
};

struct CommandEntry {
    std::string name; // "-": mp3prof itself
    std::string words;
    std::vector<OptionEntry> options;
    std::vector<Value> arguments;
};

// mp3prof itself first; its one argument is the commands.
[[nodiscard]] std::vector<CommandEntry> command_line_interface();

// The table of a shell's completion.
[[nodiscard]] std::string bash_table(const std::vector<CommandEntry>& commands);
[[nodiscard]] std::string zsh_table(const std::vector<CommandEntry>& commands);
[[nodiscard]] std::string fish_table(const std::vector<CommandEntry>& commands);

} // namespace mp3prof
