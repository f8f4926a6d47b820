// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "study/study_result.hpp"
#include "sys/signals.hpp"

#include <string>

namespace mp3prof
{

struct StudyOptions {
    StudyWish wish;
    std::string folder;  // empty: mp3prof-EXPERIMENT
    std::string command; // as it was typed, for the report
};

// Runs a study and leaves its figures, pictures and report in the folder. Gives
// the exit status.
[[nodiscard]] Result<int> run_study(const StudyOptions& options, Signals& signals);

} // namespace mp3prof
