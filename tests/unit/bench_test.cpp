// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/bench.hpp"

#include <doctest/doctest.h>

#include <sstream>

using namespace mp3prof;

namespace
{

const BenchFigures all{.processes = 100,
                       .sampler_active = 200,
                       .sampler_idle = 40,
                       .stat_kept = 11'000,
                       .stat_opened = 20'000.25,
                       .ring_record = 12.5};

std::string written(Format format, const BenchFigures& figures)
{
    std::ostringstream out;
    write_bench(out, format, figures);
    return out.str();
}

} // namespace

TEST_CASE("the table of bench has what costs how much, and how many times the sampler's")
{
    CHECK(written(Format::table, all) ==
          "#CPU time, 100 processes                           ns     a second    ratio\n"
          "sampler: a process that has run, and tick       200.0      5000000      1.0\n"
          "sampler: a process that slept, and tick          40.0     25000000      0.2\n"
          "/proc/PID/stat: pread, descriptor kept        11000.0        90909     55.0\n"
          "/proc/PID/stat: open, read, close             20000.2        49999    100.0\n"
          "ring reader: a record out of the ring            12.5     80000000        -\n");
}

TEST_CASE("bench as csv and as JSON has stable names and raw numbers")
{
    CHECK(written(Format::csv, all) == "figure,processes,ns,per_s,ratio\n"
                                       "sampler_active,100,200.0,5000000,1.000\n"
                                       "sampler_idle,100,40.0,25000000,0.200\n"
                                       "stat_kept,100,11000.0,90909,55.000\n"
                                       "stat_opened,100,20000.2,49999,100.001\n"
                                       "ring_record,100,12.5,80000000,\n");
    const std::string json = written(Format::jsonl, all);
    CHECK(json.starts_with("{\"figure\":\"sampler_active\",\"processes\":100,\"ns\":200.0,"
                           "\"per_s\":5000000.0,\"ratio\":1.0}\n"));
    CHECK(json.find("\"figure\":\"ring_record\",\"processes\":100,\"ns\":12.5,"
                    "\"per_s\":80000000.0,\"ratio\":null}\n") != std::string::npos);
}

TEST_CASE("without the sampler there are neither its rows nor ratios")
{
    BenchFigures figures = all;
    figures.sampler_active.reset();
    figures.sampler_idle.reset();
    CHECK(written(Format::csv, figures) == "figure,processes,ns,per_s,ratio\n"
                                           "stat_kept,100,11000.0,90909,\n"
                                           "stat_opened,100,20000.2,49999,\n"
                                           "ring_record,100,12.5,80000000,\n");
}

TEST_CASE("a sampler whose clock has not moved is compared with nothing")
{
    BenchFigures figures = all;
    figures.sampler_active = 0;
    CHECK(written(Format::csv, figures).find("sampler_active,100,0.0,,\n") != std::string::npos);
    CHECK(written(Format::csv, figures).find("stat_kept,100,11000.0,90909,\n") !=
          std::string::npos);
}
