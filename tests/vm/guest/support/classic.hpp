// SPDX-License-Identifier: GPL-2.0-or-later
// The classic buffer as the exercise's own programs use it.
#pragma once

#include "support/fd.hpp"
#include "support/mapping.hpp"

#include <string>
#include <vector>

namespace guest
{

struct Slot {
    long jiffies;
    long minor;
    long major;
    long cpu_jiffies;
};

class ClassicMap
{
public:
    ClassicMap();

    volatile long* words() const { return map_.as<volatile long>(); }
    std::size_t count() const { return map_.size / sizeof(long); }

    // Every word -1, as at load.
    void clear() const;

    // The slots that were written, in the order of the circle from `first` on.
    std::vector<Slot> slots() const;

private:
    Fd device_;
    Mapped map_;
};

Slot sum(const std::vector<Slot>& slots);

// Nanoseconds of the kernel's jiffy.
long jiffy_ns();

// A directory of its own with the exercise's `node` in it, made as the handout
// says; the programs run in there.
class ExerciseDirectory
{
public:
    enum class Node { mknod, symlink };

    explicit ExerciseDirectory(Node node);
    ~ExerciseDirectory();
    ExerciseDirectory(const ExerciseDirectory&) = delete;
    ExerciseDirectory& operator=(const ExerciseDirectory&) = delete;

    bool valid() const { return valid_; }
    // Rows of the exercise's monitor; `failed` when it could not run.
    std::vector<Slot> monitor(bool& failed) const;
    // Output of a program of the exercise, run in there.
    std::string run(const std::vector<std::string>& command, int& status) const;

private:
    std::string path_;
    bool valid_ = false;
};

// A file in the directory of this program.
std::string beside_this_program(const std::string& name);

// Where the exercise's programs are: beside this one, or in programs/.
std::string exercise_program(const std::string& name);

} // namespace guest
