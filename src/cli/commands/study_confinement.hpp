// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "sys/memory_cgroup.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace mp3prof
{

// What keeps the workloads of a study from taking more memory than they may: a
// cgroup of our own, or where we may make none, one that the user's systemd
// makes for each group of them.
class Confinement
{
public:
    [[nodiscard]] static Result<Confinement> make(std::uint64_t memory, std::uint64_t swap);

    // Stands before a command that is to be confined,
    [[nodiscard]] const std::vector<std::string>& prefix() const { return prefix_; }
    // which writes its PID there, unless it is empty.
    [[nodiscard]] std::string procs_file() const { return cgroup_ ? cgroup_->procs_file() : ""; }
    // For people.
    [[nodiscard]] std::string words() const;
    [[nodiscard]] std::string limit_words() const;

private:
    Confinement(std::uint64_t memory, std::uint64_t swap) : memory_(memory), swap_(swap) {}
    std::uint64_t memory_; // the limits, in bytes
    std::uint64_t swap_;
    std::optional<MemoryCgroup> cgroup_;
    std::vector<std::string> prefix_;
};

} // namespace mp3prof
