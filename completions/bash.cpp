// SPDX-License-Identifier: GPL-2.0-or-later
#include "interface.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace mp3prof
{

namespace
{

std::string kind_of(const Value& value)
{
    switch (value.kind) {
    case Value::Kind::none:
        return "none";
    case Value::Kind::choice:
        return fmt::format("choice {}", fmt::join(value.choices, " "));
    case Value::Kind::duration:
        return "duration";
    case Value::Kind::pid:
        return "pid";
    case Value::Kind::file:
        return "file";
    case Value::Kind::command:
        return "command";
    case Value::Kind::other:
        return "other";
    }
    return {};
}

} // namespace

std::string bash_table(const std::vector<CommandEntry>& commands)
{
    std::string table;
    for (const CommandEntry& command : commands) {
        for (const OptionEntry& option : command.options) {
            for (const std::string& name : option.names) {
                table += fmt::format("{} {} {}\n", command.name, name, kind_of(option.value));
            }
        }
        int at = 0;
        for (const Value& argument : command.arguments) {
            ++at;
            table += fmt::format("{} {} {}\n", command.name, at, kind_of(argument));
            if (argument.many) {
                table += fmt::format("{} * {}\n", command.name, kind_of(argument));
            }
        }
    }
    table.pop_back();
    return table;
}

} // namespace mp3prof
