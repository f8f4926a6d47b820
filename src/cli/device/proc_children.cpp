// SPDX-License-Identifier: GPL-2.0-or-later
#include "device/proc_children.hpp"

#include <algorithm>
#include <memory>
#include <string>

#include <dirent.h>
#include <fcntl.h>
#include <unistd.h>

namespace mp3prof
{

namespace
{

// The entries of a folder that are numbers: processes, or threads.
std::vector<pid_t> numbers_in(int folder, const char* name)
{
    std::vector<pid_t> numbers;
    UniqueFd file(::openat(folder, name, O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    const std::unique_ptr<DIR, int (*)(DIR*)> entries(file ? ::fdopendir(file.get()) : nullptr,
                                                      ::closedir);
    if (!entries) {
        return numbers;
    }
    file.release(); // the stream closes it
    while (const dirent* entry = ::readdir(entries.get())) {
        if (entry->d_name[0] >= '0' && entry->d_name[0] <= '9') {
            for_each_pid(entry->d_name, [&](pid_t number) { numbers.push_back(number); });
        }
    }
    return numbers;
}

} // namespace

ProcChildren::Way ProcChildren::way_of(int proc)
{
    return ::faccessat(proc, "thread-self/children", R_OK, 0) == 0 ? Way::lists : Way::scan;
}

std::vector<pid_t> ProcChildren::of(const ProcProcess& process, std::uint32_t threads)
{
    std::vector<pid_t> children;
    if (way_ == Way::scan) {
        scan();
        const auto [begin, end] = by_parent_.equal_range(process.pid());
        std::for_each(begin, end, [&](const auto& item) { children.push_back(item.second); });
        return children;
    }
    std::vector<pid_t> ids = {process.pid()};
    if (threads > 1) {
        ids = numbers_in(process.folder(), "task");
    }
    for (const pid_t thread : ids) {
        const std::string name = "task/" + std::to_string(thread) + "/children";
        if (const auto list = read_proc_file(process.folder(), name.c_str())) {
            for_each_pid(*list, [&](pid_t child) { children.push_back(child); });
        }
    }
    return children;
}

void ProcChildren::scan()
{
    if (parents_known_) {
        return;
    }
    parents_known_ = true;
    by_parent_.clear();
    for (const pid_t pid : numbers_in(proc_, ".")) {
        const auto text = read_proc_file(proc_, (std::to_string(pid) + "/stat").c_str());
        const auto stat = text ? parse_stat(*text) : std::nullopt;
        if (stat) {
            by_parent_.emplace(stat->ppid, pid);
        }
    }
}

} // namespace mp3prof
