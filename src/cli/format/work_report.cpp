// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/work_report.hpp"

#include "format/units.hpp"
#include "workload/expected_faults.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <sstream>

namespace mp3prof
{

void write_work_report(std::ostream& out, const FaultReport& report)
{
    const std::uint64_t measured = report.minor + report.major;
    const std::size_t width =
        std::max(fmt::format("{:.0f}", report.expected).size(), fmt::format("{}", measured).size());
    std::string expected = expected_words(report.expected, report.at_most ? 0 : report.deviation);
    expected.insert(0, width - fmt::format("{:.0f}", report.expected).size(), ' ');
    std::string text =
        fmt::format("{} {} faults: {}, n = {} accesses, P = {} pages of {}\n",
                    report.at_most ? "at most " : "expected", expected, report.formula,
                    report.accesses, report.units, human_bytes(report.unit));
    text += fmt::format("measured {:>{}} faults: {} minor, {} major", measured, width, report.minor,
                        report.major);
    if (!report.at_most && report.expected > 0) {
        text += fmt::format(" ({:+.2f} %)",
                            (static_cast<double>(measured) / report.expected - 1) * 100);
    }
    out << text + "\n" << std::flush;
}

CountedFaults counted_faults(std::string_view words)
{
    CountedFaults counted;
    std::istringstream lines{std::string(words)};
    for (std::string line; std::getline(lines, line);) {
        std::istringstream report(line);
        std::string word;
        std::uint64_t all = 0;
        std::uint64_t minor = 0;
        std::uint64_t major = 0;
        if (report >> word && word == "measured" &&
            report >> all >> word >> minor >> word >> major) {
            ++counted.workloads;
            counted.minor += minor;
            counted.major += major;
        }
    }
    return counted;
}

} // namespace mp3prof
