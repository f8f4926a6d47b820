// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "sys/error.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace mp3prof
{

// A folder in which a memory cgroup may perhaps be made.
struct CgroupPlace {
    enum class Version { v1, v2 };
    Version version = Version::v2;
    std::string folder;
    bool operator==(const CgroupPlace&) const = default;
};

// Where to try, the best first, by /proc/self/mounts and /proc/self/cgroup. Of
// v2 these are our own cgroup and all above it: who has processes of its own may
// have no children with limits, so it is mostly the one above.
[[nodiscard]] std::vector<CgroupPlace> cgroup_places(std::string_view mounts,
                                                     std::string_view own_cgroups);

// A memory cgroup of our own, with a limit. What runs in it when it goes is
// killed: nothing but what was put there.
class MemoryCgroup
{
public:
    // `swap`: how much may be swapped, beside the limit.
    [[nodiscard]] static Result<MemoryCgroup> make(std::uint64_t limit, std::uint64_t swap);

    MemoryCgroup(MemoryCgroup&& other) noexcept : folder_(std::move(other.folder_))
    {
        other.folder_.clear();
    }
    MemoryCgroup& operator=(MemoryCgroup&&) = delete;
    MemoryCgroup(const MemoryCgroup&) = delete;
    MemoryCgroup& operator=(const MemoryCgroup&) = delete;
    ~MemoryCgroup();

    // A process that writes its PID there is in it, with all it starts.
    [[nodiscard]] std::string procs_file() const { return folder_ + "/cgroup.procs"; }
    [[nodiscard]] const std::string& folder() const { return folder_; }

private:
    explicit MemoryCgroup(std::string folder) : folder_(std::move(folder)) {}
    std::string folder_; // empty when moved from
};

} // namespace mp3prof
