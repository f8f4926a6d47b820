// SPDX-License-Identifier: GPL-2.0-or-later
#include "interface.hpp"

#include "app.hpp"
#include "commands/command.hpp"

#include <CLI/CLI.hpp>

namespace mp3prof
{

namespace
{

// The type's name, and what a check behind it adds: FORMAT:{csv,table}.
std::vector<std::string> choices_of(const std::string& type)
{
    std::vector<std::string> choices;
    const std::size_t begin = type.find('{');
    const std::size_t end = type.find('}');
    if (begin == std::string::npos || end == std::string::npos) {
        return choices;
    }
    return CLI::detail::split(type.substr(begin + 1, end - begin - 1), ',');
}

Value value_of(const CLI::Option& option)
{
    if (option.get_items_expected_max() == 0) {
        return {};
    }
    Value value{.kind = Value::Kind::other, .choices = {}, .many = false};
    const std::string type = option.get_type_name();
    const std::string name = option.get_positional() ? option.get_name(true) : type;
    value.many = option.get_items_expected_max() > 1;
    value.choices = choices_of(type);
    if (!value.choices.empty()) {
        value.kind = Value::Kind::choice;
    } else if (type.starts_with("DURATION")) {
        value.kind = Value::Kind::duration;
    } else if (name.starts_with("PID")) {
        value.kind = Value::Kind::pid;
    } else if (name.starts_with("FILE") || name.starts_with("DIRECTORY")) {
        value.kind = Value::Kind::file;
    } else if (name.starts_with("COMMAND")) {
        value.kind = Value::Kind::command;
    }
    return value;
}

CommandEntry entry_of(const CLI::App& app, const std::string& name)
{
    CommandEntry entry{
        .name = name, .words = app.get_description(), .options = {}, .arguments = {}};
    for (const CLI::Option* option : app.get_options()) {
        if (option->get_positional()) {
            entry.arguments.push_back(value_of(*option));
            continue;
        }
        OptionEntry& added = entry.options.emplace_back();
        for (const std::string& letter : option->get_snames()) {
            added.names.push_back("-" + letter);
        }
        for (const std::string& word : option->get_lnames()) {
            added.names.push_back("--" + word);
        }
        added.words = option->get_description();
        added.value = value_of(*option);
    }
    return entry;
}

} // namespace

std::vector<CommandEntry> command_line_interface()
{
    CLI::App app;
    Selected selected;
    setup_app(app, selected);
    std::vector<CommandEntry> commands{entry_of(app, "-")};
    Value names{.kind = Value::Kind::choice, .choices = {}, .many = false};
    for (const CLI::App* command : app.get_subcommands({})) {
        names.choices.push_back(command->get_name());
        commands.push_back(entry_of(*command, command->get_name()));
    }
    commands.front().arguments.push_back(names);
    return commands;
}

} // namespace mp3prof
