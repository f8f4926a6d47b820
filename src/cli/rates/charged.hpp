// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "rates/usage.hpp"

#include <cstdint>

#include <sys/resource.h>

namespace mp3prof
{

// What wait4() has charged to a command and to the descendants waited for.
struct Charged {
    nanoseconds user{};
    nanoseconds system{};
    std::uint64_t minor_faults = 0;
    std::uint64_t major_faults = 0;
    std::uint64_t peak_rss_bytes = 0; // of the largest process
    std::uint64_t voluntary_switches = 0;
    std::uint64_t involuntary_switches = 0;

    [[nodiscard]] Usage usage() const;
};

[[nodiscard]] Charged charged_of(const rusage& usage);

// The larger faults, and the larger CPU time with its own parts.
[[nodiscard]] Usage larger_of(const Usage& seen, const Usage& charged);

} // namespace mp3prof
