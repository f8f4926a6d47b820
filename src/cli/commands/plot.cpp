// SPDX-License-Identifier: GPL-2.0-or-later
#include "commands/command.hpp"
#include "plot/gnuplot_script.hpp"
#include "plot/picture.hpp"
#include "plot/timeline_reader.hpp"
#include "sys/output.hpp"
#include "sys/program.hpp"
#include "sys/read_all.hpp"
#include "sys/unique_fd.hpp"

#include <CLI/CLI.hpp>

#include <cerrno>
#include <filesystem>
#include <iostream>
#include <map>
#include <memory>

#include <sys/ioctl.h>
#include <sys/mman.h>
#include <unistd.h>

namespace mp3prof
{

namespace
{

struct PlotOptions {
    std::vector<std::string> files;
    std::string output = "-";
    Canvas canvas = Canvas::text; // of the output
    PictureWish wish;
    bool script = false;
};

const std::map<std::string, Canvas> endings = {
    {".svg", Canvas::svg}, {".png", Canvas::png}, {".pdf", Canvas::pdf}};

std::string without_ending(const std::string& path)
{
    const std::size_t dot = path.rfind('.');
    const std::size_t slash = path.rfind('/');
    const bool is_ending =
        dot != std::string::npos && dot > 0 && (slash == std::string::npos || dot > slash + 1);
    return is_ending ? path.substr(0, dot) : path;
}

std::string last_part(const std::string& path)
{
    return std::filesystem::path(path).filename();
}

TextSize terminal_size()
{
    winsize size{};
    if (::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) < 0 || size.ws_row == 0 || size.ws_col == 0) {
        return {};
    }
    // The prompt has a line, too.
    return {.lines = size.ws_row > 10U ? size.ws_row - 1U : 10U,
            .columns = std::max<unsigned>(size.ws_col, 40)};
}

// The files of a script, without their endings: beside the picture, or named
// like what is drawn.
std::string script_base(const PlotOptions& options)
{
    if (options.output != "-") {
        return without_ending(options.output);
    }
    const std::string& file = options.files.front();
    return file == "-" ? "mp3prof" : without_ending(file);
}

Status write_file(const std::string& path, const std::string& text)
{
    TRY_ASSIGN(Output file, Output::open(path, STDOUT_FILENO));
    file.stream() << text;
    TRY(file.flush());
    return {};
}

// The script and its data, which gnuplot is to find in the folder that it runs in;
// by "./", as a name that begins with < or | is a command to it.
Status write_script(const PlotOptions& options, const Picture& picture)
{
    const std::string base = script_base(options);
    const std::string name = "./" + last_part(base);
    const Canvas canvas = options.canvas == Canvas::text ? Canvas::svg : options.canvas;
    const std::string drawn =
        options.output == "-" ? name + ".svg" : "./" + last_part(options.output);
    std::string text = "# Draws the picture; to be run in this folder: gnuplot FILE\n";
    text += gnuplot_canvas(picture, canvas, {}, drawn);
    text += gnuplot_script(picture, gnuplot_text(name + ".dat"));
    TRY(write_file(base + ".dat", gnuplot_data(picture)));
    TRY(write_file(base + ".gp", text));
    return {};
}

Status run_gnuplot(const PlotOptions& options, const Picture& picture)
{
    UniqueFd drawn; // in memory: a picture that is there stays until there is another
    if (options.output != "-") {
        drawn = UniqueFd(::memfd_create("mp3prof-plot", MFD_CLOEXEC));
        if (!drawn) {
            return fail("cannot draw {}: {}", options.output, errno_words(errno));
        }
    }
    const TextSize size = terminal_size();
    const unsigned rows = options.canvas == Canvas::text ? rows_of_panel(picture, size) : 0;
    const std::string text = gnuplot_canvas(picture, options.canvas, size, "") +
                             "$data << end_of_data\n" + gnuplot_data(picture) + "end_of_data\n" +
                             gnuplot_script(picture, "$data", rows);
    // Without the user's own settings, which could make another picture of it.
    TRY_ASSIGN(const int status, run_program({"gnuplot", "--default-settings", "-"}, text,
                                             drawn ? drawn.get() : STDOUT_FILENO));
    if (status != 0) {
        return fail("cannot draw {}: gnuplot ended with status {} (mp3prof plot --script keeps "
                    "what it was to draw)",
                    options.output == "-" ? "in the terminal" : options.output, status);
    }
    if (!drawn) {
        return {};
    }
    ::lseek(drawn.get(), 0, SEEK_SET);
    TRY_ASSIGN(const std::string picture_text, read_all(drawn.get(), "the picture"));
    return write_file(options.output, picture_text);
}

// Nothing that is drawn, as a picture or a script, is written over what it is
// drawn from.
Status check_outputs(const PlotOptions& options, bool script)
{
    std::vector<std::string> outputs = {options.output};
    if (script) {
        outputs = {script_base(options) + ".dat", script_base(options) + ".gp"};
    }
    for (const std::string& output : outputs) {
        TRY(check_not_read(output, options.files));
    }
    return {};
}

Result<int> run_plot(const PlotOptions& options)
{
    const bool drawable = is_installed("gnuplot");
    const bool script = options.script || !drawable;
    TRY(check_outputs(options, script));
    std::vector<Timeline> timelines;
    for (const std::string& file : options.files) {
        TRY_ASSIGN(Timeline timeline, read_timeline(file, std::cerr));
        timelines.push_back(std::move(timeline));
    }
    TRY_ASSIGN(const Picture picture, draw(timelines, options.wish));
    if (script) {
        TRY(write_script(options, picture));
    }
    if (!options.script && !drawable) {
        const std::string base = script_base(options);
        return fail("cannot draw: gnuplot is not installed; what it draws is in {0}.gp and {0}.dat "
                    "(sudo apt-get install gnuplot-nox)",
                    base);
    }
    if (!options.script) {
        TRY(run_gnuplot(options, picture));
    }
    return 0;
}

Canvas canvas_of(const std::string& output)
{
    if (output == "-") {
        return Canvas::text;
    }
    for (const auto& [ending, canvas] : endings) {
        if (output.size() > ending.size() && output.ends_with(ending)) {
            return canvas;
        }
    }
    throw CLI::ValidationError(
        "--output", "'" + output + "' ends with none of .svg .png .pdf (- draws in the terminal)");
}

void add_what(CLI::App& command, PictureWish& wish)
{
    static const std::map<std::string, What> whats = {{"faults", What::faults},
                                                      {"rate", What::rate},
                                                      {"cpu", What::cpu},
                                                      {"rss", What::rss},
                                                      {"swap", What::swap}};
    command
        .add_option_function<std::string>(
            "--what", [&wish](const std::string& name) { wish.what = whats.at(name); },
            "What to draw: faults of each interval, their rate, cpu, rss or swap (rate)")
        ->check(CLI::IsMember(whats))
        ->type_name("WHAT")
        ->take_last();
    command.add_flag_callback(
        "--cumulative", [&wish] { wish.running = Running::sum; },
        "Sums since the begin, of faults and cpu");
    CLI::Option* each = command.add_flag_callback(
        "--per-process", [&wish] { wish.lines = Lines::processes; },
        "A line for each process; beyond 7, for those with most");
    command
        .add_flag_callback(
            "--total", [&wish] { wish.lines = Lines::total; },
            "One line for all processes together (the default)")
        ->excludes(each);
}

} // namespace

void setup_plot(CLI::App& app, Selected& selected)
{
    auto options = std::make_shared<PlotOptions>();
    CLI::App* command =
        app.add_subcommand("plot", "Draw recordings, one over the other, through gnuplot");
    command->add_option("FILE", options->files, "Recordings, or csv of monitor or run")
        ->type_name("")
        ->required();
    command
        ->add_option_function<std::string>(
            "-o,--output",
            [options = options.get()](const std::string& output) {
                options->canvas = canvas_of(output);
                options->output = output;
            },
            "Write to FILE, whose name ends in .svg, .png or .pdf; - draws in the terminal (-)")
        ->type_name("FILE")
        ->take_last();
    add_what(*command, options->wish);
    command->add_flag("--script", options->script,
                      "Write what gnuplot is to draw, as FILE.gp and FILE.dat, and draw nothing");
    command->footer("Example:\n  mp3prof plot make.rec --what rate -o make.svg");
    command->callback([options, &selected] {
        selected.action = [options](Signals&) { return run_plot(*options); };
    });
}

} // namespace mp3prof
