// SPDX-License-Identifier: GPL-2.0-or-later
#include "support/classic.hpp"

#include "support/child.hpp"
#include "support/device.hpp"
#include "support/status.hpp"

#include <climits>
#include <cstdlib>
#include <ctime>
#include <sstream>

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

namespace guest
{

ClassicMap::ClassicMap()
    : device_{open_device()}, map_{device_.get(), MP3_CLASSIC_PAGES * page_size(),
                                   PROT_READ | PROT_WRITE, MAP_SHARED, 0}
{
}

void ClassicMap::clear() const
{
    for (std::size_t i = 0; i < count(); ++i)
        words()[i] = -1;
}

std::vector<Slot> ClassicMap::slots() const
{
    std::vector<Slot> found;
    const volatile long* word = words();
    for (std::size_t i = 0; i < MP3_CLASSIC_WORDS; i += MP3_CLASSIC_SLOT_WORDS)
        if (word[i] != -1)
            found.push_back({word[i], word[i + 1], word[i + 2], word[i + 3]});
    return found;
}

Slot sum(const std::vector<Slot>& slots)
{
    Slot total{};
    for (const auto& slot : slots) {
        total.minor += slot.minor;
        total.major += slot.major;
        total.cpu_jiffies += slot.cpu_jiffies;
    }
    return total;
}

long jiffy_ns()
{
    timespec resolution{};
    clock_getres(CLOCK_MONOTONIC_COARSE, &resolution); // advances once a jiffy
    return resolution.tv_nsec;
}

static unsigned major_of_the_exercise()
{
    std::istringstream lines{read_text("/proc/devices")};
    for (std::string number, name; lines >> number >> name;)
        if (name == "mp3_chrdev")
            return static_cast<unsigned>(std::atoi(number.c_str()));
    return 0;
}

ExerciseDirectory::ExerciseDirectory(Node node)
{
    const char* home = std::getenv("HOME"); // /tmp may be mounted nodev
    path_ = std::string{home != nullptr ? home : "/tmp"} + "/mp3-exercise-XXXXXX";
    if (mkdtemp(path_.data()) == nullptr)
        return;
    const std::string file = path_ + "/node";
    valid_ = node == Node::symlink
                 ? symlink(device_path, file.c_str()) == 0
                 : mknod(file.c_str(), S_IFCHR | 0600, makedev(major_of_the_exercise(), 0)) == 0;
}

ExerciseDirectory::~ExerciseDirectory()
{
    unlink((path_ + "/node").c_str());
    rmdir(path_.c_str());
}

std::string ExerciseDirectory::run(const std::vector<std::string>& command, int& status) const
{
    int ends[2];
    if (pipe(ends) != 0)
        return {};
    const pid_t pid = spawn([&] {
        std::vector<char*> words;
        for (const auto& word : command)
            words.push_back(const_cast<char*>(word.c_str()));
        words.push_back(nullptr);
        if (chdir(path_.c_str()) != 0 || dup2(ends[1], STDOUT_FILENO) < 0)
            return 126;
        close(ends[0]);
        close(ends[1]);
        execv(words[0], words.data());
        return 127;
    });
    close(ends[1]);
    const Fd output{ends[0]};
    std::string text;
    char buffer[4096];
    ssize_t n = 0;
    while ((n = read(output.get(), buffer, sizeof buffer)) > 0)
        text.append(buffer, static_cast<std::size_t>(n));
    status = reap(pid).status;
    return text;
}

std::vector<Slot> ExerciseDirectory::monitor(bool& failed) const
{
    int status = -1;
    std::istringstream rows{run({exercise_program("monitor")}, status)};
    failed = status != 0;
    std::vector<Slot> slots;
    for (Slot slot{}; rows >> slot.jiffies >> slot.minor >> slot.major >> slot.cpu_jiffies;)
        slots.push_back(slot);
    return slots;
}

std::string beside_this_program(const std::string& name)
{
    char self[PATH_MAX] = {};
    if (readlink("/proc/self/exe", self, sizeof self - 1) < 0)
        return {};
    const std::string path{self};
    return path.substr(0, path.rfind('/') + 1) + name;
}

std::string exercise_program(const std::string& name)
{
    const std::string built = beside_this_program("programs/" + name);
    return access(built.c_str(), X_OK) == 0 ? built : beside_this_program(name);
}

} // namespace guest
