// SPDX-License-Identifier: GPL-2.0-or-later
#include "commands/command.hpp"
#include "commands/options.hpp"
#include "format/units.hpp"
#include "recording/classic_slots.hpp"
#include "recording/recording_writer.hpp"
#include "sys/output.hpp"
#include "sys/read_all.hpp"
#include "sys/unique_fd.hpp"
#include "version.hpp"

#include <CLI/CLI.hpp>

#include <cerrno>
#include <iostream>
#include <map>
#include <memory>
#include <optional>

#include <fcntl.h>
#include <unistd.h>

namespace mp3prof
{

namespace
{

struct ImportOptions {
    std::string file;
    std::string output;
    std::uint64_t hz = 0; // 0: to be found
    std::optional<CpuUnit> cpu;
};

// For people.
std::string name_of(const std::string& path)
{
    return path == "-" ? "standard input" : path;
}

Result<std::string> read_text(const std::string& path)
{
    if (path == "-") {
        return read_all(STDIN_FILENO, name_of(path));
    }
    const UniqueFd file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    if (!file) {
        return fail("cannot read {}: {}", path, errno_words(errno));
    }
    return read_all(file.get(), path);
}

ClassicUnits units_of(const ImportOptions& options, const ClassicOutput& output)
{
    ClassicUnits units = guess_units(output.slots);
    units.hz = options.hz > 0 ? static_cast<unsigned>(options.hz) : units.hz;
    units.cpu = options.cpu.value_or(units.cpu);
    return units;
}

// Whoever sees other figures than expected finds the reason here.
void say_assumed(const ImportOptions& options, const ClassicOutput& output,
                 const ClassicUnits& units)
{
    std::string words = fmt::format(
        "{} of 50ms; HZ {} ({}), CPU time in {} ({})", counted(output.slots.size(), "slot"),
        units.hz,
        options.hz > 0    ? std::string("as told")
        : units.step == 0 ? std::string("a guess, from a single slot: --hz")
                          : fmt::format("a slot every {} jiffies; otherwise: --hz", units.step),
        units.cpu == CpuUnit::jiffies ? "jiffies" : "nanoseconds",
        options.cpu ? "as told" : "by its size; otherwise: --cpu-unit");
    if (output.sorted) {
        words += "; put in the order of their jiffies: the circle had wrapped";
    }
    if (output.unused > 0) {
        words += fmt::format("; {} passed over", counted(output.unused, "unused slot"));
    }
    std::cerr << "mp3prof: " << name_of(options.file) << ": " << words << '\n' << std::flush;
}

RecordingHeader header_of(const ClassicOutput& output, const ClassicUnits& units)
{
    RecordingHeader header;
    header.version = version;
    header.source = "import";
    header.unknown = {"pid",   "ppid",   "uid",       "user_ns",    "system_ns",
                      "nvcsw", "nivcsw", "rss_bytes", "swap_bytes", "threads"};
    header.host = "unknown machine";
    header.hz = units.hz;
    header.begin = classic_begin(output.slots, units.hz);
    return header;
}

Result<int> run_import(const ImportOptions& options)
{
    TRY(check_not_read(options.output, {&options.file, 1}));
    TRY_ASSIGN(const std::string text, read_text(options.file));
    const Result<ClassicOutput> output = parse_classic(text);
    if (!output) {
        return fail("cannot import {}: {}", name_of(options.file), output.error().message);
    }
    const ClassicUnits units = units_of(options, *output);
    TRY_ASSIGN(RecordingWriter writer,
               RecordingWriter::create(options.output, header_of(*output, units)));
    for (const RecordingEntry& entry : classic_entries(output->slots, units)) {
        TRY(writer.write(entry));
    }
    TRY(writer.flush());
    say_assumed(options, *output, units);
    return 0;
}

} // namespace

void setup_import(CLI::App& app, Selected& selected)
{
    auto options = std::make_shared<ImportOptions>();
    CLI::App* command = app.add_subcommand(
        "import", "Make a recording of the four columns that the exercise's monitor prints");
    command->add_option("FILE", options->file, "The monitor's output; - is standard input")
        ->required()
        ->type_name("");
    add_output(*command, options->output, "The recording to make")->required();
    add_count(*command, "--hz", options->hz, "Jiffies a second, not as found", Zero::refused);
    const std::map<std::string, CpuUnit> units = {{"jiffies", CpuUnit::jiffies},
                                                  {"ns", CpuUnit::nanoseconds}};
    command
        ->add_option_function<std::string>(
            "--cpu-unit",
            [options, units](const std::string& name) { options->cpu = units.at(name); },
            "Unit of the fourth column, not as found: jiffies or ns")
        ->check(CLI::IsMember(units))
        ->type_name("UNIT")
        ->take_last();
    command->footer("Example:\n  mp3prof import profile.data -o profile.rec");
    command->callback([options, &selected] {
        if (options->hz > 100'000) {
            throw CLI::ValidationError("--hz", "no kernel has more than 100000");
        }
        if (options->output.empty() || options->output == "-") {
            throw CLI::ValidationError("--output", "a recording goes to a file");
        }
        selected.action = [options](Signals& signals) {
            signals.ignore({SIGXFSZ});
            return run_import(*options);
        };
    });
}

} // namespace mp3prof
