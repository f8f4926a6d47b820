// SPDX-License-Identifier: GPL-2.0-or-later
#include "interface.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace mp3prof
{

namespace
{

std::string quoted(const std::string& words)
{
    std::string text = "'";
    for (const char letter : words) {
        if (letter == '\'' || letter == '\\') {
            text += '\\';
        }
        text += letter;
    }
    return text + "'";
}

// What may come, as the options of `complete`.
std::string candidates_of(const Value& value)
{
    switch (value.kind) {
    case Value::Kind::none:
        return "";
    case Value::Kind::choice:
        return fmt::format(" -x -a '{}'", fmt::join(value.choices, " "));
    case Value::Kind::duration:
        return " -x -a '1ms 10ms 50ms 100ms 1s 10s 1m'";
    case Value::Kind::pid:
        return " -x -a '(__fish_complete_pids)'";
    case Value::Kind::file:
        return " -r -F";
    case Value::Kind::command:
        return " -x -a '(__fish_complete_subcommand --fcs-skip=2)'";
    case Value::Kind::other:
        return " -x";
    }
    return {};
}

std::string condition_of(const CommandEntry& command)
{
    return command.name == "-" ? "__fish_use_subcommand"
                               : "__fish_seen_subcommand_from " + command.name;
}

std::string option_line(const CommandEntry& command, const OptionEntry& option)
{
    std::string line = fmt::format("complete -c mp3prof -n '{}'", condition_of(command));
    for (const std::string& name : option.names) {
        const bool is_long = name.starts_with("--");
        line += fmt::format(" {} {}", is_long ? "-l" : "-s", name.substr(is_long ? 2 : 1));
    }
    return fmt::format("{}{} -d {}\n", line, candidates_of(option.value), quoted(option.words));
}

} // namespace

std::string fish_table(const std::vector<CommandEntry>& commands)
{
    std::string table;
    for (const CommandEntry& command : commands) {
        if (command.name != "-") {
            table += fmt::format("complete -c mp3prof -n '__fish_use_subcommand' -a {} -d {}\n",
                                 command.name, quoted(command.words));
        }
        for (const OptionEntry& option : command.options) {
            table += option_line(command, option);
        }
        for (const Value& argument : command.arguments) {
            if (command.name != "-" && argument.kind != Value::Kind::other) {
                table += fmt::format("complete -c mp3prof -n '{}'{}\n", condition_of(command),
                                     candidates_of(argument));
            }
        }
    }
    table.pop_back();
    return table;
}

} // namespace mp3prof
