// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/comparison.hpp"
#include "format/run_rows.hpp"

#include <doctest/doctest.h>

using namespace mp3prof;

namespace
{

RunFigures run_of(double wall_s, double minor_faults = 1000)
{
    return {.wall_s = wall_s,
            .cpu_s = 1.5,
            .user_s = 1,
            .system_s = 0.5,
            .minor_faults = minor_faults,
            .major_faults = 0,
            .minor_per_s = minor_faults / wall_s,
            .major_per_s = 0,
            .peak_per_s = 4000,
            .peak_rss_bytes = 20 << 20,
            .processes = 3};
}

std::string line_of(const std::string& text, std::string_view name)
{
    const std::size_t at = text.find(name);
    return at == std::string::npos ? "" : text.substr(at, text.find('\n', at) - at);
}

} // namespace

TEST_CASE("figures are told as people like them")
{
    CHECK(figure_text(FigureUnit::seconds, 1.23456) == "1.235 s");
    CHECK(figure_text(FigureUnit::count, 256517) == "256517");
    CHECK(figure_text(FigureUnit::count, 0.6) == "0.6");
    CHECK(figure_text(FigureUnit::bytes, 20 << 20) == "20.0M");
    CHECK(figure_text(FigureUnit::per_second, 0) == "0");
}

TEST_CASE("repeated runs have mean, sigma, min and max")
{
    const std::vector<RunFigures> runs = {run_of(1), run_of(2), run_of(3)};
    const std::string text = repeated_text("make -j4", runs, {});
    CHECK(text.starts_with("\nmp3prof: make -j4: 3 runs\n"));
    CHECK(line_of(text, "wall time").find("2.000 s ± 1.000 s") != std::string::npos);
    CHECK(line_of(text, "wall time").ends_with(" 1.000 s … 3.000 s"));
    CHECK(line_of(text, "peak RSS").ends_with(" 20.0M … 20.0M"));
    CHECK(text.find("unlike") == std::string::npos);
    CHECK(text.find("seen") == std::string::npos);
    CHECK(repeated_text("make -j4", runs, {.short_lives = false})
              .ends_with("\n  (peaks and processes are as seen in /proc: short-lived ones may be "
                         "missing)\n"));
}

TEST_CASE("a run that is unlike the others is told, the first one with its likely reason")
{
    std::vector<RunFigures> runs = {run_of(9), run_of(1), run_of(1.1), run_of(0.9), run_of(1.05)};
    CHECK(repeated_text("make", runs, {}).find("The first run took 9.000 s, unlike the others") !=
          std::string::npos);
    std::swap(runs[0], runs[2]);
    CHECK(repeated_text("make", runs, {}).find("Run 3 took a time unlike the others") !=
          std::string::npos);
}

TEST_CASE("recordings are compared with the first")
{
    const std::vector<RunGroup> groups = {{"a.rec", {run_of(2)}}, {"b.rec", {run_of(3, 50'000)}}};
    const std::string text = comparison_text(groups, {});
    CHECK(line_of(text, "wall time").find("2.000 s") != std::string::npos);
    CHECK(line_of(text, "wall time").ends_with(" +50.0 %"));
    CHECK(line_of(text, "minor faults ").ends_with(" 50.0 times"));
    CHECK(line_of(text, "CPU user").ends_with(" ="));
    const std::vector<std::string> notes = {"they differ"};
    CHECK(comparison_text(groups, notes) == text + "  (they differ)\n");
}

TEST_CASE("several runs of each say whether the difference is noise")
{
    const std::vector<RunGroup> groups = {
        {"a, ...", {run_of(10), run_of(11), run_of(12)}},
        {"b, ...", {run_of(12), run_of(13), run_of(14)}},
        {"c, ...", {run_of(13), run_of(14), run_of(15)}},
    };
    const std::string line = line_of(comparison_text(groups, {}), "wall time");
    CHECK(line.find("+18.2 % (noise)") != std::string::npos);
    CHECK(line.ends_with("+27.3 % (differs)"));
    const std::string csv = comparison_rows(Format::csv, groups);
    CHECK(csv.starts_with("group,figure,runs,mean,sigma,min,max,ratio,difference\n"));
    CHECK(line_of(csv, "\"c, ...\",wall_s") ==
          "\"c, ...\",wall_s,3,14.000000,1.000000,13.000000,15.000000,1.272727,differs");
    CHECK(line_of(csv, "\"a, ...\",majflt,").ends_with(",,noise"));
}

TEST_CASE("runs are rows with stable names")
{
    const RunRow row{.number = 2, .exit_status = 7, .figures = run_of(2)};
    CHECK(run_rows_header(Format::csv) ==
          "run,exit_status,wall_s,cpu_s,user_s,system_s,minflt,majflt,minflt_per_s,majflt_per_s,"
          "peak_flt_per_s,peak_rss_bytes,processes\n");
    CHECK(run_row(Format::csv, row) ==
          "2,7,2.000000000,1.500000000,1.000000000,0.500000000,1000,0,500.000,"
          "0.000,4000.000,20971520,3\n");
    CHECK(run_rows_header(Format::jsonl).empty());
    CHECK(run_row(Format::jsonl, row)
              .starts_with(
                  "{\"run\":2,\"exit_status\":7,\"wall_s\":2.000000000,\"cpu_s\":1.500000000,"));
    CHECK(run_row(Format::jsonl, row).ends_with(",\"processes\":3}\n"));
}
