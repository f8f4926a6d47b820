// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "format/format.hpp"
#include "rates/run_figures.hpp"

#include <cstdint>
#include <string>

namespace mp3prof
{

// One of several runs of a command.
struct RunRow {
    std::uint64_t number = 0; // from 1
    int exit_status = 0;
    RunFigures figures;
};

// What stands before all rows; nothing in jsonl. Only csv and jsonl have rows.
[[nodiscard]] std::string run_rows_header(Format format);
[[nodiscard]] std::string run_row(Format format, const RunRow& row);

} // namespace mp3prof
