// SPDX-License-Identifier: GPL-2.0-or-later
#include "interface.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace mp3prof
{

namespace
{

// Within single quotes, where brackets and colons mean something to _arguments.
std::string escaped(const std::string& words)
{
    std::string text;
    for (const char letter : words) {
        if (letter == '\'') {
            text += "'\\''";
            continue;
        }
        if (letter == '[' || letter == ']' || letter == ':' || letter == '\\') {
            text += '\\';
        }
        text += letter;
    }
    return text;
}

// MESSAGE:ACTION
std::string action_of(const Value& value)
{
    switch (value.kind) {
    case Value::Kind::none:
        return "";
    case Value::Kind::choice:
        return fmt::format("value:({})", fmt::join(value.choices, " "));
    case Value::Kind::duration:
        return "duration:(1ms 10ms 50ms 100ms 1s 10s 1m)";
    case Value::Kind::pid:
        return "process ID:_mp3prof_pids";
    case Value::Kind::file:
        return "file:_files";
    case Value::Kind::command:
        return "command:_command_names -e";
    case Value::Kind::other:
        return "value: ";
    }
    return {};
}

std::string option_specs(const OptionEntry& option)
{
    std::string specs;
    const std::string value =
        option.value.kind == Value::Kind::none ? "" : ":" + action_of(option.value);
    for (const std::string& name : option.names) {
        const bool is_long = name.starts_with("--");
        const char* glued = value.empty() ? "" : (is_long ? "=" : "+");
        const std::string others =
            option.value.many ? "*" : fmt::format("({})", fmt::join(option.names, " "));
        specs += fmt::format("            '{}{}{}[{}]{}'\n", others, name, glued,
                             escaped(option.words), value);
    }
    return specs;
}

std::string argument_specs(const CommandEntry& command)
{
    std::string specs;
    int at = 0;
    for (const Value& argument : command.arguments) {
        ++at;
        if (argument.kind == Value::Kind::command) {
            specs += fmt::format("            '(-){}:{}'\n", at, action_of(argument));
            specs += "            '*::argument:_normal'\n";
        } else {
            specs += fmt::format("            '{}:{}'\n", argument.many ? "*" : std::to_string(at),
                                 action_of(argument));
        }
    }
    return specs;
}

// With what each command does beside its name.
std::string commands_spec(const std::vector<CommandEntry>& commands)
{
    std::string spec = "            '1:command:((";
    for (std::size_t i = 1; i < commands.size(); ++i) {
        spec += fmt::format("{}{}\\:\"{}\"", i == 1 ? "" : " ", commands[i].name,
                            escaped(commands[i].words));
    }
    return spec + "))'\n";
}

} // namespace

std::string zsh_table(const std::vector<CommandEntry>& commands)
{
    std::string table;
    for (const CommandEntry& command : commands) {
        table += fmt::format("    {})\n        specs=(\n", command.name);
        for (const OptionEntry& option : command.options) {
            table += option_specs(option);
        }
        table += &command == &commands.front() ? commands_spec(commands) : argument_specs(command);
        table += "        )\n        ;;\n";
    }
    table.pop_back();
    return table;
}

} // namespace mp3prof
