// SPDX-License-Identifier: GPL-2.0-or-later
#include "app.hpp"

#include "commands/command_tail.hpp"
#include "sys/output.hpp"
#include "sys/signals.hpp"
#include "sys/standard_streams.hpp"
#include "version.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <iostream>
#include <string>
#include <vector>

#include <unistd.h>

namespace mp3prof
{

namespace
{

constexpr int wrong_usage = 2;

int exit_status(const Result<int>& status, int failure_status)
{
    if (!status) {
        std::cerr << "mp3prof: " << status.error().message << '\n';
        return failure_status;
    }
    return *status;
}

// What --help and --version want.
Result<int> print_wanted(const CLI::App& app, const CLI::ParseError& wish)
{
    TRY_ASSIGN(Output output, Output::open("", STDOUT_FILENO));
    const int status = app.exit(wish, output.stream(), output.stream());
    TRY(output.flush());
    return status;
}

// What is wrong where no command was chosen: CLI11 says only that there is none.
std::string without_command(const std::vector<std::string>& words)
{
    if (words.empty()) {
        return "a command is needed";
    }
    return fmt::format("'{}' is not {}", words.front(),
                       words.front().starts_with("-") ? "an option" : "a command");
}

int report_usage(const CLI::App& app, const std::vector<std::string>& words,
                 const CLI::ParseError& error)
{
    if (error.get_exit_code() == 0) { // --help and --version come this way
        return exit_status(print_wanted(app, error), 1);
    }
    std::string command = "mp3prof";
    for (const CLI::App* chosen : app.get_subcommands()) {
        command += " " + chosen->get_name();
    }
    const std::string problem =
        app.get_subcommands().empty() ? without_command(words) : error.what();
    std::cerr << fmt::format("{}: {}\nTry '{} --help'.\n", command, problem, command);
    return wrong_usage;
}

} // namespace

void setup_app(CLI::App& app, Selected& selected)
{
    app.name("mp3prof");
    app.description("Page faults and CPU time of processes, finely and exactly.");
    app.set_version_flag("-V,--version", fmt::format("mp3prof {}", version),
                         "Print the version and exit");
    app.set_help_flag("-h,--help", "Print this help and exit");
    app.require_subcommand(1);
    app.footer("Examples:\n  mp3prof run -- make -j4\n  mp3prof monitor --interval 50ms\n\n"
               "mp3prof COMMAND --help tells more about each; the manual is mp3prof(1).");
    setup_commands(app, selected);
}

int run_app(int argc, const char* const* argv)
{
    fill_standard_streams();
    Result<Signals> signals = Signals::make();
    if (!signals) {
        std::cerr << "mp3prof: " << signals.error().message << '\n';
        return 1;
    }

    CLI::App app;
    Selected selected;
    setup_app(app, selected);

    const std::vector<std::string> words(argv + 1, argv + argc);
    const CommandTail split = split_command_tail(app, words);
    selected.command = split.command;
    std::vector<std::string> reversed(split.options.rbegin(), split.options.rend());
    try {
        app.parse(std::move(reversed)); // CLI11 wants the last word first
    } catch (const CLI::ParseError& error) {
        return report_usage(app, words, error);
    }
    return exit_status(selected.action(*signals), selected.failure_status);
}

} // namespace mp3prof
