// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "study/study_plan.hpp"
#include "sys/error.hpp"
#include "sys/signals.hpp"

#include <string>
#include <string_view>

namespace mp3prof
{

// The folder of a study. Files that only the workloads need go with it.
class StudyFiles
{
public:
    // Makes the folder; one that is there must be empty or of an earlier study.
    [[nodiscard]] static Result<StudyFiles> make(const std::string& folder);

    StudyFiles(StudyFiles&& other) noexcept;
    StudyFiles& operator=(StudyFiles&&) = delete;
    StudyFiles(const StudyFiles&) = delete;
    StudyFiles& operator=(const StudyFiles&) = delete;
    ~StudyFiles();

    // A file for each workload, as large as its memory, to be mapped. 0, or the
    // signal that has asked it to end.
    [[nodiscard]] Result<int> make_data(const StudyPlan& plan, Signals& signals);
    // Their names without the number behind; empty where there are none.
    [[nodiscard]] std::string common_name() const;

    // Takes away what an earlier study has left. To be called before the first
    // workload, when nothing is known to be in the way of it.
    [[nodiscard]] Status begin() const;
    // As a whole or not at all; who has the old one open keeps that.
    [[nodiscard]] Status write(const std::string& name, std::string_view text) const;
    [[nodiscard]] std::string read(const std::string& name) const;

    [[nodiscard]] const std::string& folder() const { return folder_; }
    // What the workloads say.
    [[nodiscard]] std::string words_file() const { return folder_ + "/workloads.txt"; }
    [[nodiscard]] std::string words() const { return read("workloads.txt"); }
    // The program that runs, which a shell can start.
    [[nodiscard]] const std::string& own_program() const { return program_; }

private:
    StudyFiles(std::string folder, std::string program)
        : folder_(std::move(folder)), program_(std::move(program))
    {
    }

    void remove_data() const;

    std::string folder_; // absolute; empty when moved from
    std::string program_;
    std::uint64_t data_files_ = 0;
};

} // namespace mp3prof
