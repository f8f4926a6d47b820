// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "study/study_result.hpp"

#include <functional>
#include <string>
#include <vector>

namespace mp3prof
{

// A page about a study: its configuration, what came of it beside what was
// expected, and the pictures.
struct StudyReport {
    struct Picture {
        std::string title;
        std::string file;    // its name, with the ending
        std::string svg;     // empty: it could not be drawn
        std::string why_not; // then
        std::string note;    // what to know of it; may be empty
    };
    std::string title;
    std::string question;                                           // what was studied
    std::vector<std::pair<std::string, std::string>> configuration; // name, value
    std::vector<std::string> columns;
    std::vector<std::vector<std::string>> rows;
    std::vector<std::string> findings;
    std::vector<Picture> pictures;
};

// All but the pictures.
[[nodiscard]] StudyReport report_of(const StudyResult& result);

// How far the samples have missed what was charged, where their source cannot
// know the end of a process; else empty.
[[nodiscard]] std::string unseen_words(const StudyResult& result);

// Markdown that shows the pictures beside it, and HTML that has them in it.
[[nodiscard]] std::string report_markdown(const StudyReport& report);
[[nodiscard]] std::string report_html(const StudyReport& report);

} // namespace mp3prof
