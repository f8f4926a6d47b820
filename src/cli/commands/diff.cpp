// SPDX-License-Identifier: GPL-2.0-or-later
#include "commands/command.hpp"
#include "commands/options.hpp"
#include "format/comparison.hpp"
#include "format/comparison_notes.hpp"
#include "format/recording_report.hpp"
#include "recording/recording_reader.hpp"
#include "recording/recording_totals.hpp"
#include "sys/output.hpp"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <filesystem>
#include <iostream>
#include <memory>

#include <unistd.h>

namespace mp3prof
{

namespace
{

struct DiffOptions {
    std::vector<std::string> groups;
    std::string output;
    Format format = Format::table;
};

// The files of a group: "a,b,c", unless that is the name of one.
std::vector<std::string> files_of(const std::string& group)
{
    std::error_code ignored;
    if (std::filesystem::exists(group, ignored)) {
        return {group};
    }
    std::vector<std::string> files;
    std::size_t begin = 0;
    for (std::size_t end = 0; end != std::string::npos; begin = end + 1) {
        end = group.find(',', begin);
        files.push_back(group.substr(begin, end - begin));
    }
    return files;
}

void check_groups(const std::vector<std::string>& groups)
{
    for (const std::string& words : groups) {
        const std::vector<std::string> files = files_of(words);
        if (std::ranges::find(files, "") != files.end()) {
            throw CLI::ValidationError(
                "FILE", fmt::format("'{}' has an empty name in it (write a.rec,b.rec, without "
                                    "blanks)",
                                    words));
        }
    }
    if (groups.size() < 2) {
        throw CLI::ValidationError(
            "FILE", fmt::format("nothing to compare with {0} (write {0} OTHER)", groups.front()));
    }
}

// Adds the header of the file to those of the files before it.
Result<RunFigures> read_figures(const std::string& file, std::vector<RecordingHeader>& headers)
{
    TRY_ASSIGN(RecordingReader reader, RecordingReader::open(file));
    TRY_ASSIGN(const RecordingTotals totals, read_totals(reader));
    tell_flaw(reader, std::cerr);
    RunFigures figures = figures_of(recording_summary(reader.header(), totals));
    headers.push_back(reader.header());
    if (!peaks_compare(headers.front(), headers.back())) {
        figures.peak_per_s = not_known;
    }
    return figures;
}

Result<RunGroup> read_group(const std::string& words, std::vector<RecordingHeader>& headers)
{
    const std::vector<std::string> files = files_of(words);
    RunGroup group{.name = files.front() + (files.size() > 1 ? ", ..." : ""), .runs = {}};
    for (const std::string& file : files) {
        TRY_ASSIGN(const RunFigures figures, read_figures(file, headers));
        group.runs.push_back(figures);
    }
    return group;
}

// Notes in the midst of rows are no rows.
void print_comparison(Format format, const std::vector<RunGroup>& groups,
                      const std::vector<std::string>& notes, std::ostream& out)
{
    if (format == Format::table) {
        out << comparison_text(groups, notes);
        return;
    }
    out << comparison_rows(format, groups);
    for (const std::string& note : notes) {
        std::cerr << fmt::format("mp3prof: {}\n", note);
    }
}

Result<int> run_diff(const DiffOptions& options)
{
    std::vector<RunGroup> groups;
    std::vector<RecordingHeader> headers;
    for (const std::string& words : options.groups) {
        TRY(check_not_read(options.output, files_of(words)));
        TRY_ASSIGN(RunGroup group, read_group(words, headers));
        groups.push_back(std::move(group));
    }
    TRY_ASSIGN(Output output, Output::open(options.output, STDOUT_FILENO));
    print_comparison(options.format, groups, comparison_notes(headers), output.stream());
    TRY(output.flush());
    return 0;
}

} // namespace

void setup_diff(CLI::App& app, Selected& selected)
{
    auto options = std::make_shared<DiffOptions>();
    CLI::App* command = app.add_subcommand(
        "diff", "Compare recordings: totals, rates and peaks, against the first");
    command
        ->add_option("FILE", options->groups,
                     "Recordings; FILE,FILE,... are runs of one thing, with their spread")
        ->required()
        ->expected(1, -1) // two are demanded below, in our own words
        ->option_text("FILE... (two or more) REQUIRED")
        ->type_name("");
    add_format(*command, options->format, Classic::refused);
    add_output(*command, options->output, "Write to FILE instead of standard output (-)");
    command->footer("Example:\n  mp3prof diff before.rec after.rec\n"
                    "  mp3prof diff old1.rec,old2.rec,old3.rec new1.rec,new2.rec,new3.rec");
    command->callback([options, &selected] {
        check_groups(options->groups);
        selected.action = [options](Signals&) { return run_diff(*options); };
    });
}

} // namespace mp3prof
