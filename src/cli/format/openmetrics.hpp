// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "rates/group_table.hpp"
#include "ring/sample.hpp"

#include <cstdint>
#include <ostream>
#include <string_view>

namespace mp3prof
{

// What there is to tell at one moment.
struct Metrics {
    Groups groups;
    Figures sampler;
    std::uint64_t missed_records = 0;
    Knows knows; // what the source cannot know is not there
};

// The media type of what write_metrics() writes.
inline constexpr const char* metrics_type = "text/plain; version=0.0.4; charset=utf-8";

// In the text format of Prometheus, 0.0.4, closed by the "# EOF" of OpenMetrics:
// that one says that nothing is missing, and is a comment to who does not know
// it. The families of counters have their _total in HELP and TYPE as well, which
// OpenMetrics itself would not: node_exporter and promtool take a counter for an
// untyped one otherwise.
void write_metrics(std::ostream& out, const Metrics& metrics);

} // namespace mp3prof
