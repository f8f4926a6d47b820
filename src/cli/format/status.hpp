// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "device/diagnosis.hpp"
#include "device/facts.hpp"
#include "ring/sample.hpp"

#include <optional>
#include <string>
#include <vector>

namespace mp3prof
{

// The ring as it is now; only where it can be opened.
struct RingStatus {
    RingInfo info;
    Figures figures;
    std::uint64_t published = 0;
    nanoseconds now{};
};

struct StatusReport {
    Facts facts;
    std::optional<RingStatus> ring;
    bool proc_instead = false; // commands take samples from /proc
    std::vector<Finding> findings;

    [[nodiscard]] bool usable() const { return ring.has_value(); }
};

[[nodiscard]] std::string status_text(const StatusReport& report);
[[nodiscard]] std::string status_json(const StatusReport& report);

} // namespace mp3prof
