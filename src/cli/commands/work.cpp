// SPDX-License-Identifier: GPL-2.0-or-later
#include "commands/command.hpp"
#include "commands/options.hpp"
#include "commands/work_session.hpp"
#include "format/units.hpp"

#include <CLI/CLI.hpp>

#include <limits>
#include <memory>

namespace mp3prof
{

namespace
{

constexpr std::uint64_t mib = std::uint64_t{1} << 20;

std::optional<std::uint64_t> size_or_throw(const std::string& text)
{
    if (text == "all") {
        return std::nullopt;
    }
    const auto size = parse_size(text, mib);
    if (!size) {
        throw CLI::ValidationError("SIZE", size.error().message);
    }
    return *size;
}

Pattern pattern_or_throw(const std::string& text)
{
    const auto pattern = parse_pattern(text);
    if (!pattern) {
        throw CLI::ValidationError("PATTERN", pattern.error().message);
    }
    return *pattern;
}

void add_what(CLI::App& command, WorkOptions& options)
{
    const auto set_size = [&options](const std::string& text) {
        options.size = size_or_throw(text);
    };
    command
        .add_option_function<std::string>("SIZE", set_size,
                                          "Memory in MiB, or 512K, 64M, 1G; all of a file: all")
        ->required()
        ->type_name("");
    const auto set_pattern = [&options](const std::string& text) {
        options.plan.pattern = pattern_or_throw(text);
    };
    command
        .add_option_function<std::string>("PATTERN", set_pattern,
                                          "Where the accesses go; R and L as in the exercise")
        ->required()
        ->type_name("{random,local,seq,stride:64K,window:16M,zipf:0.8,R,L}");
    add_count(command, "ACCESSES", options.plan.load.accesses,
              "Accesses of each thread in each iteration")
        ->required()
        ->type_name("");
}

void add_how(CLI::App& command, WorkOptions& options, std::uint64_t& threads)
{
    WorkPlan& plan = options.plan;
    add_count(command, "--iterations", plan.load.iterations, "How many (20)");
    add_duration(command, "--pause", options.pause, "After each iteration (1s)", Zero::allowed);
    add_count(command, "--seed", plan.seed, "Of the random places (1)");
    CLI::Option* many =
        add_count(command, "--threads", threads, "Threads that work (1)", Zero::refused);
    CLI::Option* rate =
        add_count(command, "--rate", plan.rate,
                  "Accesses a second of each thread, instead of as many as can be", Zero::refused);
    CLI::Option* file =
        command.add_option("--file", options.file, "Read a mapped file, from its disk, instead")
            ->type_name("FILE")
            ->take_last();
    const std::map<std::string, HugePages> pages = {{"never", HugePages::never},
                                                    {"always", HugePages::always}};
    CLI::Option* thp =
        command
            .add_option_function<std::string>(
                "--thp",
                [&options, pages](const std::string& name) { options.huge_pages = pages.at(name); },
                "Huge pages, which take few faults: never (as it is) or always")
            ->check(CLI::IsMember(pages))
            ->type_name("WHEN")
            ->take_last();
    thp->excludes(file);
    command
        .add_flag_callback(
            "--compat", [&plan] { plan.compat = Compat::yes; },
            "The exercise's own accesses, one by one")
        ->excludes(many)
        ->excludes(rate)
        ->excludes(file)
        ->excludes(thp);
    command.add_flag("--no-register", options.no_register, "Do not register");
}

} // namespace

void setup_work(CLI::App& app, Selected& selected)
{
    auto options = std::make_shared<WorkOptions>();
    auto threads = std::make_shared<std::uint64_t>(1);
    options->plan.load.iterations = 20;
    CLI::App* command =
        app.add_subcommand("work", "A workload that touches memory, in a pattern of your choice");
    add_what(*command, *options);
    add_how(*command, *options, *threads);
    command->footer("Examples:\n"
                    "  mp3prof work 1024 R 50000 & mp3prof work 1024 L 10000\n"
                    "  mp3prof work 1G zipf:0.9 50000 --threads 4\n"
                    "  mp3prof work all random 1000 --file big.iso --rate 500");
    command->callback([options, threads, &selected] {
        options->plan.load.threads = static_cast<unsigned>(
            std::min<std::uint64_t>(*threads, std::numeric_limits<unsigned>::max()));
        if (const Status fine = check_work(*options); !fine) {
            throw CLI::ValidationError(fine.error().message);
        }
        selected.action = [options](Signals& signals) { return run_work(*options, signals); };
    });
}

} // namespace mp3prof
