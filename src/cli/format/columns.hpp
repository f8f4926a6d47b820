// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "rates/process_table.hpp"

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

namespace mp3prof
{

using ColumnValue = std::variant<std::uint64_t, std::int64_t, double, bool, std::string>;

struct Column {
    const char* name;
    ColumnValue value;
};

// The columns of csv and jsonl, with their units in their names, in order. The
// names are an interface: they stay.
[[nodiscard]] std::vector<Column> columns_of(const Row& row, const Interval& interval,
                                             nanoseconds offset);

// The rows to write: all processes, or their sum.
[[nodiscard]] std::vector<Row> rows_of(const Interval& interval, bool total_only);

} // namespace mp3prof
