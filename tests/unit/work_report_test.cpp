// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/work_report.hpp"

#include <doctest/doctest.h>

#include <sstream>

using namespace mp3prof;

namespace
{

FaultReport report()
{
    FaultReport report;
    report.expected = 1000.4;
    report.formula = "min(n, P)";
    report.accesses = 2000;
    report.units = 4096;
    report.minor = 900;
    report.major = 90;
    return report;
}

std::string written(const FaultReport& report)
{
    std::ostringstream out;
    write_work_report(out, report);
    return out.str();
}

} // namespace

TEST_CASE("expected and measured faults stand one above the other")
{
    CHECK(written(report()) ==
          "expected 1000 faults: min(n, P), n = 2000 accesses, P = 4096 pages of 4.0K\n"
          "measured  990 faults: 900 minor, 90 major (-1.04 %)\n");
}

TEST_CASE("what chance makes of it stands behind the expected faults")
{
    FaultReport chance = report();
    chance.deviation = 12.4;
    CHECK(written(chance) == "expected 1000 +- 12 faults: min(n, P), n = 2000 accesses, P = 4096 "
                             "pages of 4.0K\n"
                             "measured  990 faults: 900 minor, 90 major (-1.04 %)\n");
}

TEST_CASE("what several workloads have measured is added up")
{
    const CountedFaults counted =
        counted_faults("mp3prof: a word\n" + written(report()) + written(report()));
    CHECK(counted.workloads == 2);
    CHECK(counted.minor == 1800);
    CHECK(counted.major == 180);
    CHECK(counted_faults("measured by nobody\n").workloads == 0);
}

TEST_CASE("a limit is not held against the count, nor is nothing")
{
    FaultReport limit = report();
    limit.at_most = true;
    CHECK(written(limit) ==
          "at most  1000 faults: min(n, P), n = 2000 accesses, P = 4096 pages of 4.0K\n"
          "measured  990 faults: 900 minor, 90 major\n");
    FaultReport nothing = report();
    nothing.expected = 0;
    nothing.minor = nothing.major = 0;
    CHECK(written(nothing).find('%') == std::string::npos);
}
