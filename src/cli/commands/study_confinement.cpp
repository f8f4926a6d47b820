// SPDX-License-Identifier: GPL-2.0-or-later
#include "commands/study_confinement.hpp"

#include "format/units.hpp"

#include <cstdlib>
#include <filesystem>
#include <system_error>

namespace mp3prof
{

namespace
{

// Whether the user has a systemd of his own that can be asked. Its bus is a
// socket in the folder of the login.
bool has_user_manager()
{
    const char* const folder = std::getenv("XDG_RUNTIME_DIR");
    std::error_code ignored;
    return folder != nullptr &&
           std::filesystem::exists(std::string(folder) + "/systemd/private", ignored) &&
           std::filesystem::exists("/usr/bin/systemd-run", ignored);
}

} // namespace

Result<Confinement> Confinement::make(std::uint64_t memory, std::uint64_t swap)
{
    Confinement confinement(memory, swap);
    auto cgroup = MemoryCgroup::make(memory, swap);
    if (cgroup) {
        confinement.cgroup_.emplace(std::move(*cgroup));
        return confinement;
    }
    if (!has_user_manager()) {
        return fail("{} (run it as root: sudo mp3prof study, or in a login with a systemd user "
                    "session)",
                    cgroup.error().message);
    }
    confinement.prefix_ = {"systemd-run", "--user",
                           "--scope",     "--quiet",
                           "-p",          fmt::format("MemoryMax={}", memory),
                           "-p",          fmt::format("MemorySwapMax={}", swap),
                           "--"};
    return confinement;
}

std::string Confinement::words() const
{
    return cgroup_ ? "cgroup " + cgroup_->folder() : "a scope of the user's systemd";
}

std::string Confinement::limit_words() const
{
    return human_bytes(memory_) +
           (swap_ > 0 ? fmt::format(" and {} of swap", human_bytes(swap_)) : "");
}

} // namespace mp3prof
