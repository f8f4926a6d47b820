// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "rates/charged.hpp"
#include "rates/run_figures.hpp"
#include "rates/usage.hpp"
#include "ring/sample.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace mp3prof
{

// What `run` has to tell at the end.
struct RunSummary {
    std::string command;
    std::optional<int> wait_status = 0; // none: there was no end to see
    bool followed = true;               // from birth, with all descendants
    Knows knows{};                      // the source
    nanoseconds wall{};
    nanoseconds interval{};
    Usage total;  // all processes
    Usage peak;   // the interval with the most faults
    Usage exited; // those that exited; what wait4() can know of
    std::uint64_t peak_rss_bytes = 0;
    std::size_t processes = 0;
    std::vector<Sample> running; // that have outlived the command
    Charged charged;
    Figures before;               // the sampler when the command began
    std::optional<Figures> after; // and when it had ended, if that is known
    // Of the whole session, the time after the command's end included.
    std::uint64_t follow_failed = 0;
    std::uint64_t missed_records = 0;
};

// For comparisons. Where the source does not know short lives, faults and CPU time
// are what wait4() has charged, if that is more.
[[nodiscard]] RunFigures figures_of(const RunSummary& summary);

// `human`: memory as people like it, not in bytes.
[[nodiscard]] std::string summary_text(const RunSummary& summary, bool human);

// The comparison of the records with wait4(), alone.
[[nodiscard]] std::string check_words(const RunSummary& summary);

} // namespace mp3prof
