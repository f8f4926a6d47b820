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
    std::string note;
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
        timeline.command = result.command;
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
                             gnuplot_script(picture, "$data"),
                   .note = unseen_words(result)};
}

Result<StudyReport::Picture> drawn(const Drawing& drawing, const StudyFiles& files)
{
    StudyReport::Picture picture{drawing.title, drawing.file + ".svg", "", "", drawing.note};
    if (!is_installed("gnuplot")) {
        picture.why_not = "gnuplot is not installed";
        return picture;
    }
    TRY_ASSIGN(const int status,
               run_program({"gnuplot", "--default-settings", "-"},
                           "cd " + gnuplot_text(files.folder()) + "\n" + drawing.script,
                           STDERR_FILENO));
    if (status == 0) {
        picture.svg = files.read(picture.file);
    } else {
        picture.why_not = fmt::format("gnuplot ended with status {}", status);
    }
    return picture;
}

} // namespace

Result<std::vector<StudyReport::Picture>> draw_pictures(const StudyResult& result,
                                                        const StudyFiles& files)
{
    std::vector<Drawing> drawings;
    for (const Chart& chart : charts_of(result)) {
        drawings.push_back({chart.title, chart.file, chart_script(chart), ""});
    }
    TRY_ASSIGN(Drawing over_time, faults_over_time(result, files));
    drawings.push_back(std::move(over_time));

    std::vector<StudyReport::Picture> pictures;
    for (const Drawing& drawing : drawings) {
        TRY(files.write(drawing.file + ".gp", drawing.script));
        TRY_ASSIGN(StudyReport::Picture picture, drawn(drawing, files));
        pictures.push_back(std::move(picture));
    }
    const std::string& why_not = pictures.back().why_not;
    if (!why_not.empty()) {
        std::cerr << fmt::format("mp3prof: no pictures: {} (sudo apt-get install gnuplot-nox); it "
                                 "can draw {}/*.gp later\n",
                                 why_not, files.folder());
    }
    return pictures;
}

} // namespace mp3prof
