// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstdint>
#include <ostream>
#include <string>
#include <string_view>

namespace mp3prof
{

// The faults of a workload, by a formula and as the kernel counted them.
struct FaultReport {
    double expected = 0;
    double deviation = 0; // the standard one, of that
    bool at_most = false; // the formula gives no more than a limit
    std::string formula;
    std::uint64_t accesses = 0;
    std::uint64_t units = 0;
    std::uint64_t unit = 4096; // bytes
    std::uint64_t minor = 0;
    std::uint64_t major = 0;
};

// Two lines, one above the other, in one piece: other workloads may write to the
// same place.
void write_work_report(std::ostream& out, const FaultReport& report);

// What workloads have measured, by the reports in what they have said.
struct CountedFaults {
    std::uint64_t workloads = 0;
    std::uint64_t minor = 0; // of all of them, as the next
    std::uint64_t major = 0;
};
[[nodiscard]] CountedFaults counted_faults(std::string_view words);

} // namespace mp3prof
