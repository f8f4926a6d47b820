// SPDX-License-Identifier: GPL-2.0-or-later
#include "commands/command.hpp"
#include "commands/interval_series.hpp"
#include "commands/options.hpp"
#include "commands/replay.hpp"
#include "format/recording_report.hpp"
#include "recording/recording_reader.hpp"
#include "recording/recording_totals.hpp"
#include "sys/output.hpp"

#include <CLI/CLI.hpp>

#include <iostream>
#include <memory>

#include <unistd.h>

namespace mp3prof
{

namespace
{

struct ReportOptions {
    std::vector<std::string> files;
    Format format = Format::table;
    nanoseconds interval{};
    std::uint64_t most = 0;
    std::string output;
    bool rows = false; // of intervals, not a summary
    bool total = false;
};

Result<bool> print_summary(const ReportOptions& options, RecordingReader& reader, Output& output)
{
    const RecordingHeader& header = reader.header();
    TRY_ASSIGN(const RecordingTotals totals, read_totals(reader));
    const bool human = output.is_terminal();
    output.stream() << recording_title(reader.name(), header)
                    << summary_text(recording_summary(header, totals), human);
    if (knows_of(header).details) {
        output.stream() << process_rows(totals, header.interval, options.most, human);
    }
    return output.flush();
}

Status print_rows(const ReportOptions& options, RecordingReader& reader, Output& output)
{
    const RecordingHeader& header = reader.header();
    const auto formatter = make_formatter(options.format, {.total_only = options.total,
                                                           .human = output.is_terminal(),
                                                           .lines = 0,
                                                           .hz = header.hz,
                                                           .knows = knows_of(header)});
    IntervalSeries series(options.interval > nanoseconds{} ? options.interval : header.interval,
                          *formatter, output, [&header] { return header.clock_offset; });
    return replay(reader, series);
}

Result<int> run_report(const ReportOptions& options)
{
    TRY(check_not_read(options.output, options.files));
    std::vector<RecordingReader> readers; // all, before a file is written over in vain
    for (const std::string& file : options.files) {
        TRY_ASSIGN(RecordingReader reader, RecordingReader::open(file));
        readers.push_back(std::move(reader));
    }
    TRY_ASSIGN(Output output, Output::open(options.output, STDOUT_FILENO));
    for (RecordingReader& reader : readers) {
        if (options.rows) {
            TRY(print_rows(options, reader, output));
            tell_flaw(reader, std::cerr);
            continue;
        }
        TRY_ASSIGN(const bool go_on, print_summary(options, reader, output));
        tell_flaw(reader, std::cerr);
        if (!go_on) {
            break;
        }
        output.stream() << '\n'; // between this and the next
    }
    return 0;
}

} // namespace

void setup_report(CLI::App& app, Selected& selected)
{
    auto options = std::make_shared<ReportOptions>();
    CLI::App* command =
        app.add_subcommand("report", "Tell what recordings hold: a summary, or rows");
    command->add_option("FILE", options->files, "Recordings (mp3prof.rec); - is standard input")
        ->type_name("");
    add_format(*command, options->format);
    CLI::Option* interval = add_duration(*command, "-i,--interval", options->interval,
                                         "Rows this far apart, not as recorded");
    CLI::Option* total =
        command->add_flag("--total", options->total, "Rows of the sum of all processes only");
    CLI::Option* most = add_count(*command, "-n,--count", options->most,
                                  "Only the N processes with the most faults", Zero::refused);
    add_output(*command, options->output, "Write to FILE instead of standard output (-)");
    command->footer("Example:\n  mp3prof report mp3prof.rec\n"
                    "  mp3prof report --csv -i 1s mp3prof.rec > rows.csv");
    command->callback([options, command, interval, total, most, &selected] {
        for (const char* name : {"--format", "--csv", "--json"}) {
            options->rows = options->rows || command->get_option(name)->count() > 0;
        }
        options->rows = options->rows || interval->count() > 0 || total->count() > 0;
        if (options->rows && most->count() > 0) {
            throw CLI::ValidationError("--count", "is for the summary, not for rows");
        }
        if (options->rows && options->files.size() > 1) {
            throw CLI::ValidationError("FILE", "rows are those of one recording at a time");
        }
        if (options->files.empty()) {
            options->files = {"mp3prof.rec"};
        }
        selected.action = [options](Signals&) { return run_report(*options); };
    });
}

} // namespace mp3prof
