// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "rates/process_table.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace mp3prof
{

// No value (monostate) where the source cannot know it.
using ColumnValue =
    std::variant<std::monostate, std::uint64_t, std::int64_t, double, bool, std::string_view>;

struct Column {
    const char* name;
    ColumnValue value;
};

// When an interval ended; empty where the offset to times since 1970 is not known (0).
[[nodiscard]] std::string time_column(const Interval& interval, nanoseconds offset);

// The columns of csv and jsonl, with their units in their names, in order. The
// names are an interface: they stay. `time` is that of the interval, or empty;
// texts live no longer than what is given here.
[[nodiscard]] std::vector<Column> columns_of(const Row& row, const Interval& interval,
                                             std::string_view time, const Knows& knows);

// The rows to write: all processes, or their sum.
[[nodiscard]] std::span<const Row> rows_of(const Interval& interval, Rows rows);

} // namespace mp3prof
