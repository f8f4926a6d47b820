// SPDX-License-Identifier: GPL-2.0-or-later
#include "commands/study_pictures.hpp"

#include "plot/gnuplot_script.hpp"
#include "plot/picture.hpp"
#include "plot/timeline_reader.hpp"
#include "study/study_chart.hpp"
#include "sys/program.hpp"

#include <algorithm>
#include <iostream>

#include <unistd.h>

namespace mp3prof
{

namespace
{

struct Drawing {
    std::string title;
    std::string file;   // its name, without an ending
    std::string script; // to be run in the study's folder
};

// Of locality, where groups differ in their accesses, each pattern's longest;
// else all. No more than there are colours.
std::vector<const GroupResult*> shown_over_time(const StudyResult& result)
{
    std::vector<const GroupResult*> shown;
    for (const GroupResult& one : result.groups) {
        const bool again =
            result.plan.experiment == Experiment::locality && !shown.empty() &&
            format_pattern(shown.back()->group.pattern) == format_pattern(one.group.pattern);
        if (!again) {
            shown.push_back(&one);
        } else if (one.group.load.accesses > shown.back()->group.load.accesses) {
            shown.back() = &one;
        }
    }
    shown.resize(std::min(shown.size(), most_lines));
    return shown;
}

std::string title_over_time(const StudyResult& result, const Group& group)
{
    return result.plan.experiment == Experiment::locality ? format_pattern(group.pattern)
                                                          : fmt::format("N = {}", group.processes);
}

// The recordings, one over the other.
Result<Drawing> faults_over_time(const StudyResult& result, const StudyFiles& files)
{
    std::vector<Timeline> timelines;
    for (const GroupResult* one : shown_over_time(result)) {
        TRY_ASSIGN(Timeline timeline,
                   read_timeline(files.folder() + "/" + one->recording, std::cerr));
        timeline.file = title_over_time(result, one->group);
        timelines.push_back(std::move(timeline));
    }
    TRY_ASSIGN(const Picture picture,
               draw(timelines, {.what = What::faults, .running = Running::sum}));
    const std::string file = "time";
    return Drawing{.title = "Page faults over time",
                   .file = file,
                   .script = "# Draws the picture; to be run in this folder: gnuplot FILE\n" +
                             gnuplot_canvas(picture, Canvas::svg, {}, file + ".svg") +
                             "$data << end_of_data\n" + gnuplot_data(picture) + "end_of_data\n" +
                             gnuplot_script(picture, "$data")};
}

// What gnuplot draws of it: SVG, empty when it could not.
Result<std::string> drawn(const Drawing& drawing, const StudyFiles& files)
{
    TRY_ASSIGN(const int status,
               run_program({"gnuplot", "--default-settings", "-"},
                           "cd " + gnuplot_text(files.folder()) + "\n" + drawing.script,
                           STDERR_FILENO));
    return status == 0 ? files.read(drawing.file + ".svg") : "";
}

} // namespace

Result<std::vector<StudyReport::Picture>> draw_pictures(const StudyResult& result,
                                                        const StudyFiles& files)
{
    std::vector<Drawing> drawings;
    for (const Chart& chart : charts_of(result)) {
        drawings.push_back({chart.title, chart.file, chart_script(chart)});
    }
    TRY_ASSIGN(Drawing over_time, faults_over_time(result, files));
    drawings.push_back(std::move(over_time));

    const bool drawable = is_installed("gnuplot");
    std::vector<StudyReport::Picture> pictures;
    for (const Drawing& drawing : drawings) {
        TRY(files.write(drawing.file + ".gp", drawing.script));
        std::string svg;
        if (drawable) {
            TRY_ASSIGN(svg, drawn(drawing, files));
        }
        pictures.push_back({drawing.title, drawing.file + ".svg", std::move(svg)});
    }
    if (!drawable) {
        std::cerr << fmt::format("mp3prof: no pictures, as gnuplot is not there (sudo apt-get "
                                 "install gnuplot-nox); it can draw {}/*.gp later\n",
                                 files.folder());
    }
    return pictures;
}

} // namespace mp3prof
