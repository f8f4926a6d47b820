// SPDX-License-Identifier: GPL-2.0-or-later
#include "device/facts.hpp"

#include "device/kernel_source.hpp"
#include "sys/unique_fd.hpp"
#include "version.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <vector>

#include <fcntl.h>
#include <grp.h>
#include <pwd.h>
#include <sys/stat.h>
#include <sys/utsname.h>
#include <unistd.h>

namespace mp3prof
{

namespace
{

namespace fs = std::filesystem;

constexpr const char* group_name = "mp3prof";

std::string contents(const fs::path& path)
{
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

std::string first_line(const fs::path& path)
{
    std::ifstream file(path);
    std::string line;
    std::getline(file, line);
    return line;
}

bool is_there(const fs::path& path)
{
    std::error_code ignored; // what cannot be looked at is not there for us
    return fs::exists(path, ignored);
}

bool has_module_file(const fs::path& modules)
{
    constexpr std::array folders = {"updates/dkms", "updates", "extra"};
    constexpr std::array endings = {"ko", "ko.xz", "ko.zst", "ko.gz"};
    return std::ranges::any_of(folders, [&](const char* folder) {
        return std::ranges::any_of(endings, [&](const char* ending) {
            return is_there(modules / folder / (std::string("mp3.") + ending));
        });
    });
}

bool has_dkms_source(const fs::path& sources)
{
    std::error_code ignored;
    const fs::directory_iterator folders(sources, ignored);
    return std::any_of(begin(folders), end(folders), [](const fs::directory_entry& entry) {
        return entry.path().filename().string().starts_with("mp3prof-") &&
               is_there(entry.path() / "dkms.conf");
    });
}

bool asks_for_signatures(const fs::path& root)
{
    // An EFI variable is four bytes of attributes, then the value.
    const std::string secure_boot =
        contents(root / "sys/firmware/efi/efivars/SecureBoot-8be4df61-93ca-11d2-aa0d-00e098032b8c");
    const std::string lockdown = contents(root / "sys/kernel/security/lockdown");
    return (secure_boot.size() > 4 && secure_boot[4] == 1) ||
           lockdown.find("[integrity]") != std::string::npos ||
           lockdown.find("[confidentiality]") != std::string::npos;
}

bool is_container(const fs::path& root)
{
    // systemd's own word, inside and outside of its units; Docker's; Podman's.
    constexpr std::array marks = {"run/systemd/container", "run/host/container-manager",
                                  ".dockerenv", "run/.containerenv"};
    return std::ranges::any_of(marks, [&](const char* mark) { return is_there(root / mark); });
}

void gather_device(Facts& facts)
{
    struct stat node {
    };
    if (::stat(device_path, &node) == 0) {
        const passwd* owner = ::getpwuid(node.st_uid);
        const std::string owner_name =
            owner != nullptr ? owner->pw_name : std::to_string(node.st_uid);
        const group* group = ::getgrgid(node.st_gid);
        const std::string node_group =
            group != nullptr ? group->gr_name : std::to_string(node.st_gid);
        facts.node = DeviceNode{node.st_mode & 07777, owner_name, node_group};
    }
    const UniqueFd device(::open(device_path, O_RDONLY | O_CLOEXEC));
    facts.open_error = device ? 0 : errno;
}

std::vector<gid_t> groups_of_process()
{
    std::vector<gid_t> groups(static_cast<std::size_t>(std::max(::getgroups(0, nullptr), 0)));
    const int count = ::getgroups(static_cast<int>(groups.size()), groups.data());
    groups.resize(static_cast<std::size_t>(std::max(count, 0)));
    groups.push_back(::getegid());
    return groups;
}

std::vector<gid_t> groups_of_user(const passwd& user)
{
    int count = 0;
    ::getgrouplist(user.pw_name, user.pw_gid, nullptr, &count);
    std::vector<gid_t> groups(static_cast<std::size_t>(std::max(count, 0)));
    if (::getgrouplist(user.pw_name, user.pw_gid, groups.data(), &count) < 0) {
        groups.clear();
    }
    return groups;
}

void gather_user(Facts& facts)
{
    const group* wanted = ::getgrnam(group_name);
    facts.group_exists = wanted != nullptr;
    const gid_t gid = facts.group_exists ? wanted->gr_gid : 0;
    const passwd* user = ::getpwuid(::geteuid());
    facts.user = user != nullptr ? user->pw_name : "$USER";
    if (facts.group_exists) {
        facts.login_has_group = std::ranges::count(groups_of_process(), gid) > 0;
        facts.in_group = user != nullptr && std::ranges::count(groups_of_user(*user), gid) > 0;
    }
}

} // namespace

void gather_files(const FactPaths& paths, Facts& facts)
{
    const fs::path root = paths.root.empty() ? "/" : paths.root;
    const fs::path modules = root / "lib/modules" / paths.kernel_release;
    facts.kernel_release = paths.kernel_release;
    facts.loaded = is_there(root / "sys/module/mp3");
    facts.loaded_version = first_line(root / "sys/module/mp3/version");
    facts.built = has_module_file(modules);
    facts.headers = is_there(modules / "build/Makefile");
    facts.dkms_source = has_dkms_source(root / "usr/src");
    facts.secure_boot = asks_for_signatures(root);
    facts.container = is_container(root);
}

Facts gather_facts()
{
    utsname name{};
    ::uname(&name);
    Facts facts;
    facts.cli_version = version;
    gather_files({.root = "", .kernel_release = static_cast<const char*>(name.release)}, facts);
    gather_device(facts);
    gather_user(facts);
    return facts;
}

} // namespace mp3prof
