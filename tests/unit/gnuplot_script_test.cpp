// SPDX-License-Identifier: GPL-2.0-or-later
#include "plot/gnuplot_script.hpp"

#include <doctest/doctest.h>

#include <algorithm>

using namespace mp3prof;

namespace
{

Picture example(const std::string& name = "work (7)")
{
    return {.title = "Page faults: work",
            .subtitle = "here",
            .time_axis = "time (s)",
            .length = 2,
            .panels = {{.axis = "minor faults per second",
                        .numbers = "%gk",
                        .top = 3,
                        .tic = 0,
                        .curves = {{.name = name,
                                    .color = 0,
                                    .points = {{0, 1.5}, {2, 0.25}},
                                    .starts = {0.1},
                                    .exits = {}}}}},
            .blanks = {}};
}

} // namespace

TEST_CASE("a text is nothing but a text to gnuplot")
{
    CHECK(gnuplot_text("plain (7)") == "\"plain (7)\"");
    CHECK(gnuplot_text("größer") == "\"größer\"");
    CHECK(gnuplot_text("it's") == "\"it\\047s\"");
    CHECK(gnuplot_text("5*78#9") == "\"5\\052\\0678\\0439\"");
    CHECK(gnuplot_text("\"; system") == "\"\\042\\073 system\"");
    CHECK(gnuplot_text("a\nset output\x1b") == "\"a\\077set output\\077\"");
    CHECK(gnuplot_text("`id`\\@x") == "\"\\140id\\140\\134\\100x\"");
}

TEST_CASE("data: a block for each line and each kind of mark")
{
    CHECK(gnuplot_data(example()) == "0 1.5\n2 0.25\n\n\n0.1 0\n\n\n-1 0\n\n\n");
}

TEST_CASE("a block without points keeps its number")
{
    Picture picture = example();
    picture.panels[0].curves[0].points.clear();
    CHECK(gnuplot_data(picture).starts_with("-1 0\n\n\n0.1 0\n"));
}

TEST_CASE("script: title, axes, a line in its colour, marks that there are")
{
    const std::string script = gnuplot_script(example(), "'a.dat'");
    const auto has = [&](const char* part) { return script.find(part) != std::string::npos; };
    CHECK(has(
        "set multiplot layout 1,1 title \"Page faults: work\" . \"\\n\" . \"here\" . \"\\n\"\n"));
    CHECK(has("set xlabel \"time (s)\"\n"));
    CHECK(has("set ylabel \"minor faults per second\"\n"));
    CHECK(has("set format y '%gk'\n"));
    CHECK(has("set xrange [0:2]\n"));
    CHECK(has("set yrange [0:3]\n"));
    CHECK(has("plot 'a.dat' index 0 using 1:2 with lines linewidth 1.5 dashtype 1 "
              "linecolor rgb '#0072B2' "
              "title \"work (7)\""));
    CHECK(has("'a.dat' index 1 using 1:(0.03) axes x1y2 with points pointtype 9"));
    CHECK_FALSE(has("title 'exit'"));
    CHECK_FALSE(has("unset key"));
    CHECK_FALSE(has("records were lost"));
}

TEST_CASE("script: two panels, one below the other, and times of lost records")
{
    Picture picture = example();
    picture.panels.push_back(picture.panels[0]);
    picture.blanks = {{.begin = 0.5, .end = 1}};
    const std::string script = gnuplot_script(picture, "$data");
    CHECK(script.find("set multiplot layout 2,1 title") != std::string::npos);
    CHECK(script.find("$data index 3 using 1:2") != std::string::npos); // behind the marks
    CHECK(script.find("set object rectangle from 0.5, graph 0 to 1, graph 1") != std::string::npos);
    CHECK(script.find("records were lost") != std::string::npos);
    CHECK(script.find("unset key") > script.find("plot $data index 0"));
    CHECK(script.ends_with("unset multiplot\n"));
}

TEST_CASE("script: on text, marks are above the axis, and no number is beside the next")
{
    Picture picture = example();
    picture.panels.push_back(picture.panels[0]);
    picture.panels[1].top = 6.3;
    CHECK(rows_of_panel(picture, {.lines = 24, .columns = 80}) == 6);
    CHECK(rows_of_panel(picture, {.lines = 10, .columns = 80}) == 2);
    const std::string script = gnuplot_script(picture, "$data", 6);
    CHECK(script.find("using 1:(0.167) axes x1y2") != std::string::npos);
    CHECK(script.find("set ytics 0,1\n") != std::string::npos); // up to 3
    CHECK(script.find("set ytics 0,2\n") != std::string::npos); // up to 6.3
    picture.panels[0].tic = 1;
    CHECK(gnuplot_script(picture, "$data").find("set ytics 0,1\n") != std::string::npos);
    CHECK(gnuplot_script(picture, "$data").find("set ytics autofreq\n") != std::string::npos);
}

TEST_CASE("no name makes another line of the script")
{
    const std::string plain = gnuplot_script(example("x"), "$data");
    const std::string hostile = gnuplot_script(example("x\n!touch /tmp/x\n'\\"), "$data");
    CHECK(std::ranges::count(hostile, '\n') == std::ranges::count(plain, '\n'));
    CHECK(hostile.find("title \"x\\077\\041touch /tmp/x\\077\\047\\134\"") != std::string::npos);
}

TEST_CASE("more lines than colours are told apart by dashes")
{
    Picture picture = example();
    picture.panels[0].curves.resize(9, picture.panels[0].curves[0]);
    picture.panels[0].curves[8].color = 8;
    const std::string script = gnuplot_script(picture, "$data");
    CHECK(script.find("$data index 8 using 1:2 with lines linewidth 1.5 dashtype 2 linecolor rgb "
                      "'#0072B2'") != std::string::npos);
}

TEST_CASE("many marks are as many as can be told apart")
{
    Picture picture = example();
    picture.panels[0].curves[0].starts.clear();
    for (int i = 0; i < 10'000; ++i) {
        picture.panels[0].curves[0].starts.push_back(i * 0.0002);
    }
    const std::string data = gnuplot_data(picture);
    CHECK(std::ranges::count(data, '\n') < 200);
}

TEST_CASE("canvas: no kind obeys what is in a text")
{
    for (const Canvas canvas : {Canvas::svg, Canvas::png, Canvas::pdf, Canvas::text}) {
        const std::string lines = gnuplot_canvas(example(), canvas, {}, "it's.svg");
        CHECK(lines.find("noenhanced\n") != std::string::npos);
        CHECK(lines.ends_with("set output \"it\\047s.svg\"\n"));
    }
    CHECK(gnuplot_canvas(example(), Canvas::text, {.lines = 30, .columns = 100}, "") ==
          "set terminal dumb mono size 100,30 noenhanced\n");
}
