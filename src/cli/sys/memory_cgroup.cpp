// SPDX-License-Identifier: GPL-2.0-or-later
#include "sys/memory_cgroup.hpp"

#include <cerrno>
#include <chrono>
#include <csignal>
#include <fstream>
#include <sstream>
#include <thread>

#include <sys/stat.h>
#include <unistd.h>

namespace mp3prof
{

namespace
{

std::string text_of(const std::string& path)
{
    std::ostringstream text;
    text << std::ifstream(path).rdbuf();
    return text.str();
}

bool has_word(const std::string& words, std::string_view wanted, char between)
{
    std::istringstream list(words);
    for (std::string word; std::getline(list, word, between);) {
        if (word == wanted || word == std::string(wanted) + "\n") {
            return true;
        }
    }
    return false;
}

// Where a hierarchy is mounted; empty where it is not.
std::string mount_of(std::string_view mounts, CgroupPlace::Version version)
{
    std::istringstream lines{std::string(mounts)};
    for (std::string line; std::getline(lines, line);) {
        std::istringstream words(line);
        std::string device;
        std::string point;
        std::string type;
        std::string options;
        words >> device >> point >> type >> options;
        if (version == CgroupPlace::Version::v2
                ? type == "cgroup2"
                : type == "cgroup" && has_word(options, "memory", ',')) {
            return point;
        }
    }
    return "";
}

// Our own path in a hierarchy, as a line "4:memory:/a/b" or "0::/a/b" has it.
std::string own_path(std::string_view own_cgroups, CgroupPlace::Version version)
{
    std::istringstream lines{std::string(own_cgroups)};
    for (std::string line; std::getline(lines, line);) {
        const std::size_t first = line.find(':');
        const std::size_t second = line.find(':', first + 1);
        if (second == std::string::npos) {
            continue;
        }
        const std::string controllers = line.substr(first + 1, second - first - 1);
        if (version == CgroupPlace::Version::v2 ? controllers.empty()
                                                : has_word(controllers, "memory", ',')) {
            const std::string path = line.substr(second + 1);
            return path == "/" ? "" : path;
        }
    }
    return "";
}

Status write_to(const std::string& path, const std::string& text)
{
    std::ofstream file(path);
    if (!(file << text << std::flush)) {
        return fail("cannot write {}: {}", path, errno_words(errno));
    }
    return {};
}

// Whether children of a cgroup can have limits of memory.
bool gives_memory(const CgroupPlace& place)
{
    return place.version == CgroupPlace::Version::v1 ||
           has_word(text_of(place.folder + "/cgroup.subtree_control"), "memory", ' ');
}

Status set_limits(const CgroupPlace& place, const std::string& folder, std::uint64_t limit,
                  std::uint64_t swap)
{
    if (place.version == CgroupPlace::Version::v2) {
        TRY(write_to(folder + "/memory.max", fmt::format("{}", limit)));
        // Not there: the kernel does not account for swap, and does not limit it.
        static_cast<void>(write_to(folder + "/memory.swap.max", fmt::format("{}", swap)));
        return {};
    }
    TRY(write_to(folder + "/memory.limit_in_bytes", fmt::format("{}", limit)));
    static_cast<void>(
        write_to(folder + "/memory.memsw.limit_in_bytes", fmt::format("{}", limit + swap)));
    return {};
}

void kill_all(const std::string& folder)
{
    std::ifstream procs(folder + "/cgroup.procs");
    for (pid_t pid = 0; procs >> pid;) {
        ::kill(pid, SIGKILL);
    }
}

void remove_folder(const std::string& folder)
{
    constexpr int attempts = 100;
    // What was killed is there for a moment yet.
    for (int attempt = 0; attempt < attempts; ++attempt) {
        kill_all(folder);
        if (::rmdir(folder.c_str()) == 0 || errno != EBUSY) {
            break;
        }
        std::this_thread::sleep_for(std::chrono::milliseconds(20));
    }
}

// One that is there bears our PID, and is of a study that was killed.
bool make_folder(const std::string& folder)
{
    if (::mkdir(folder.c_str(), 0755) == 0) {
        return true;
    }
    if (errno != EEXIST) {
        return false;
    }
    remove_folder(folder);
    return ::mkdir(folder.c_str(), 0755) == 0;
}

} // namespace

std::vector<CgroupPlace> cgroup_places(std::string_view mounts, std::string_view own_cgroups)
{
    using Version = CgroupPlace::Version;
    std::vector<CgroupPlace> places;
    if (const std::string point = mount_of(mounts, Version::v2); !point.empty()) {
        std::string path = own_path(own_cgroups, Version::v2);
        while (!path.empty()) {
            places.push_back({Version::v2, point + path});
            path.erase(path.rfind('/'));
        }
        places.push_back({Version::v2, point});
    }
    if (const std::string point = mount_of(mounts, Version::v1); !point.empty()) {
        places.push_back({Version::v1, point + own_path(own_cgroups, Version::v1)});
    }
    return places;
}

Result<MemoryCgroup> MemoryCgroup::make(std::uint64_t limit, std::uint64_t swap)
{
    std::string reason = "this kernel has no cgroups for memory";
    for (const CgroupPlace& place :
         cgroup_places(text_of("/proc/self/mounts"), text_of("/proc/self/cgroup"))) {
        if (!gives_memory(place)) {
            continue;
        }
        MemoryCgroup cgroup(fmt::format("{}/mp3prof-study-{}", place.folder, ::getpid()));
        if (!make_folder(cgroup.folder_)) {
            reason = fmt::format("{}: {}", place.folder, errno_words(errno));
            cgroup.folder_.clear();
            continue;
        }
        TRY(set_limits(place, cgroup.folder_, limit, swap));
        return cgroup;
    }
    return fail("cannot make a memory cgroup: {}", reason);
}

MemoryCgroup::~MemoryCgroup()
{
    if (!folder_.empty()) {
        remove_folder(folder_);
    }
}

} // namespace mp3prof
