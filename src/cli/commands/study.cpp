// SPDX-License-Identifier: GPL-2.0-or-later
#include "commands/command.hpp"
#include "commands/options.hpp"
#include "commands/study_session.hpp"
#include "format/units.hpp"

#include <CLI/CLI.hpp>

#include <charconv>
#include <map>
#include <memory>

namespace mp3prof
{

namespace
{

const std::map<std::string, Experiment> experiments = {
    {"locality", Experiment::locality},
    {"multiprogramming", Experiment::multiprogramming},
    {"thrashing", Experiment::thrashing}};

// "1,5,11"
std::vector<std::uint64_t> levels_or_throw(const std::string& list)
{
    std::vector<std::uint64_t> levels;
    for (const std::string& word : CLI::detail::split(list, ',')) {
        std::uint64_t level = 0;
        const char* const end = word.data() + word.size();
        const auto [rest, error] = std::from_chars(word.data(), end, level);
        if (error != std::errc{} || rest != end || level == 0) {
            throw CLI::ValidationError(
                "--levels", "'" + word + "' is not a number of workloads (write 1,5,11)");
        }
        levels.push_back(level);
    }
    return levels;
}

std::string typed(const StudyOptions& options)
{
    std::string words = "mp3prof study " + experiment_name(options.wish.experiment);
    if (options.wish.experiment != Experiment::locality) {
        words += fmt::format(" -L {}", fmt::join(options.wish.levels, ","));
    }
    if (options.wish.memory) {
        words += fmt::format(" --memory {}M", *options.wish.memory >> 20);
    }
    return words + (options.wish.backing == Backing::file ? " --backing file" : "");
}

CLI::Option* add_levels(CLI::App& command, StudyWish& wish)
{
    return command
        .add_option_function<std::string>(
            "-L,--levels",
            [&wish](const std::string& list) { wish.levels = levels_or_throw(list); },
            "How many workloads at a time (1,5,11)")
        ->type_name("N,N...")
        ->take_last();
}

void add_memory(CLI::App& command, StudyWish& wish)
{
    command
        .add_option_function<std::string>(
            "--memory",
            [&wish](const std::string& text) {
                const auto size = parse_size(text, std::uint64_t{1} << 20);
                if (!size) {
                    throw CLI::ValidationError("--memory", size.error().message);
                }
                wish.memory = *size;
            },
            "What the workloads may have together (1G, or half of what is free)")
        ->type_name("SIZE")
        ->take_last();
}

CLI::Option* add_backing(CLI::App& command, StudyWish& wish)
{
    const std::map<std::string, Backing> backings = {{"swap", Backing::swap},
                                                     {"file", Backing::file}};
    return command
        .add_option_function<std::string>(
            "--backing",
            [&wish, backings](const std::string& name) { wish.backing = backings.at(name); },
            "Thrash on memory that is swapped (as it is), or on mapped files")
        ->check(CLI::IsMember(backings))
        ->type_name("WHAT")
        ->take_last();
}

} // namespace

void setup_study(CLI::App& app, Selected& selected)
{
    auto options = std::make_shared<StudyOptions>();
    StudyWish& wish = options->wish;
    CLI::App* command = app.add_subcommand(
        "study", "A textbook experiment on this machine, within a limit of memory, with a report");
    command
        ->add_option_function<std::string>(
            "EXPERIMENT",
            [&wish](const std::string& name) { wish.experiment = experiments.at(name); },
            "What to study")
        ->required()
        ->check(CLI::IsMember(experiments))
        ->type_name("");
    CLI::Option* levels = add_levels(*command, wish);
    add_memory(*command, wish);
    CLI::Option* backing = add_backing(*command, wish);
    command
        ->add_option("-o,--output", options->folder,
                     "Where figures, pictures and report go (mp3prof-EXPERIMENT)")
        ->type_name("DIRECTORY")
        ->take_last();
    command->footer("Example:\n  sudo mp3prof study thrashing -L 1,5,11 --memory 512M");
    command->callback([options, levels, backing, &selected] {
        if (levels->count() > 0 && options->wish.experiment == Experiment::locality) {
            throw CLI::ValidationError("--levels", "locality has one workload at a time");
        }
        if (backing->count() > 0 && options->wish.experiment != Experiment::thrashing) {
            throw CLI::ValidationError("--backing", "is for thrashing");
        }
        options->command = typed(*options);
        selected.action = [options](Signals& signals) { return run_study(*options, signals); };
    });
}

} // namespace mp3prof
