// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/work_report.hpp"

#include "format/units.hpp"

#include <fmt/format.h>

namespace mp3prof
{

void write_work_report(std::ostream& out, const FaultReport& report)
{
    const std::uint64_t measured = report.minor + report.major;
    const std::string expected = fmt::format("{:.0f}", report.expected);
    const std::string width = fmt::format("{}", measured);
    out << fmt::format("{} {:>{}} faults: {}, n = {} accesses, P = {} pages of {}\n",
                       report.at_most ? "at most " : "expected", expected, width.size(),
                       report.formula, report.accesses, report.units, human_bytes(report.unit));
    out << fmt::format("measured {:>{}} faults: {} minor, {} major", measured, expected.size(),
                       report.minor, report.major);
    if (!report.at_most && report.expected > 0) {
        out << fmt::format(" ({:+.2f} %)",
                           (static_cast<double>(measured) / report.expected - 1) * 100);
    }
    out << '\n' << std::flush;
}

} // namespace mp3prof
