// SPDX-License-Identifier: GPL-2.0-or-later
#include "commands/study_files.hpp"

#include "format/units.hpp"
#include "sys/replaced_file.hpp"

#include <algorithm>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <sstream>
#include <system_error>
#include <vector>

#include <unistd.h>

namespace mp3prof
{

namespace
{

namespace fs = std::filesystem;

// Bytes that no file system stores in less: zeros may become a hole.
std::vector<char> block_of_bytes()
{
    std::vector<char> block(std::size_t{1} << 20);
    std::uint64_t state = 1;
    for (char& byte : block) {
        state = state * 6364136223846793005ULL + 1442695040888963407ULL;
        byte = static_cast<char>(state >> 56);
    }
    return block;
}

// The first line of what the workloads have said: nobody else's file has it.
constexpr std::string_view mark = "# What the workloads of mp3prof study have said\n";

bool is_of_a_study(const fs::path& folder)
{
    std::string line;
    std::getline(std::ifstream(folder / "workloads.txt"), line);
    return line + "\n" == mark;
}

// "02-5x-random.rec", as no user would call his own.
bool is_recording_of_a_study(const std::string& name)
{
    return name.size() > 3 && name.find_first_not_of("0123456789") == 2 && name[2] == '-' &&
           name.ends_with(".rec");
}

// "data.5", of the fifth workload.
bool is_data_of_a_study(const std::string& name)
{
    return name.size() > 5 && name.starts_with("data.") &&
           name.find_first_not_of("0123456789", 5) == std::string::npos;
}

std::vector<fs::path> results_in(const fs::path& folder)
{
    std::error_code ignored; // then there are none
    std::vector<fs::path> results{folder / "study.csv", folder / "report.md",
                                  folder / "report.html"};
    for (const char* const picture : {"faults", "time", "utilisation", "completion", "majors"}) {
        for (const char* const ending : {".svg", ".gp"}) {
            results.push_back(folder / (std::string(picture) + ending));
        }
    }
    for (const fs::directory_entry& entry : fs::directory_iterator(folder, ignored)) {
        if (is_recording_of_a_study(entry.path().filename())) {
            results.push_back(entry.path());
        }
    }
    return results;
}

} // namespace

Result<StudyFiles> StudyFiles::make(const std::string& folder)
{
    std::error_code error;
    fs::create_directories(folder, error);
    const fs::path absolute = fs::canonical(folder, error);
    if (error) {
        return fail("cannot make the folder {}: {}", folder, errno_words(error.value()));
    }
    const bool fresh = fs::is_empty(absolute, error);
    if (!fresh && !is_of_a_study(absolute)) {
        return fail("cannot study in {}: it is not empty, nor of an earlier study (take another "
                    "folder: -o)",
                    folder);
    }
    const fs::path program = fs::read_symlink("/proc/self/exe", error);
    if (error) {
        return fail("cannot find the program that runs: {}", errno_words(error.value()));
    }
    StudyFiles files(absolute, program);
    if (fresh) {
        TRY(files.write("workloads.txt", mark));
    } else {
        files.remove_data(); // of a study that was killed
    }
    return files;
}

Status StudyFiles::begin() const
{
    std::error_code ignored; // of what is not there; what is to be written will tell
    for (const fs::path& result : results_in(folder_)) {
        fs::remove(result, ignored); // of other workloads than those to come
    }
    return write("workloads.txt", mark);
}

StudyFiles::StudyFiles(StudyFiles&& other) noexcept
    : folder_(std::move(other.folder_)), program_(std::move(other.program_)),
      data_files_(other.data_files_)
{
    other.folder_.clear();
    other.data_files_ = 0;
}

StudyFiles::~StudyFiles()
{
    if (data_files_ > 0) {
        remove_data();
    }
}

Result<int> StudyFiles::make_data(const StudyPlan& plan, Signals& signals)
{
    std::uint64_t most = 0;
    for (const Group& group : plan.groups) {
        most = std::max(most, group.processes);
    }
    const std::uint64_t size = plan.groups.front().load.size;
    std::error_code error;
    const fs::space_info space = fs::space(folder_, error);
    if (!error && space.available < plan.file_bytes()) {
        return fail("cannot write {} of files into {}: {} are free (take less: --memory, or "
                    "another folder: -o)",
                    human_bytes(plan.file_bytes()), folder_, human_bytes(space.available));
    }
    std::cerr << fmt::format("Writing {} files of {} to {}\n", most, human_bytes(size), folder_);
    const std::vector<char> block = block_of_bytes();
    for (std::uint64_t i = 1; i <= most; ++i) {
        data_files_ = i;
        std::ofstream file(fmt::format("{}{}", common_name(), i), std::ios::binary);
        for (std::uint64_t written = 0; written < size; written += block.size()) {
            if (const int signal = signals.take_any({SIGINT, SIGTERM}); signal != 0) {
                return signal;
            }
            file.write(block.data(), static_cast<std::streamsize>(
                                         std::min<std::uint64_t>(block.size(), size - written)));
        }
        if (!file.flush()) {
            return fail("cannot write {}{}: {}", common_name(), i, errno_words(errno));
        }
    }
    return 0;
}

void StudyFiles::remove_data() const
{
    std::error_code ignored; // what stays is seen by its owner
    for (const fs::directory_entry& entry : fs::directory_iterator(folder_, ignored)) {
        if (is_data_of_a_study(entry.path().filename())) {
            fs::remove(entry.path(), ignored);
        }
    }
}

std::string StudyFiles::common_name() const
{
    return data_files_ == 0 ? "" : folder_ + "/data.";
}

Status StudyFiles::write(const std::string& name, std::string_view text) const
{
    ReplacedFile file(folder_ + "/" + name);
    file.stream() << text;
    TRY(file.flush());
    return {};
}

std::string StudyFiles::read(const std::string& name) const
{
    std::ostringstream text;
    text << std::ifstream(folder_ + "/" + name, std::ios::binary).rdbuf();
    return text.str();
}

} // namespace mp3prof
