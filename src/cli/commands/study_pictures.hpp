// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "commands/study_files.hpp"
#include "study/study_report.hpp"

#include <vector>

namespace mp3prof
{

// Leaves the scripts of all pictures in the study's folder, and what gnuplot
// makes of them where it is there; a word on standard error where it is not.
[[nodiscard]] Result<std::vector<StudyReport::Picture>> draw_pictures(const StudyResult& result,
                                                                      const StudyFiles& files);

} // namespace mp3prof
