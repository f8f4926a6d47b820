// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <optional>
#include <string>

#include <sys/types.h>

namespace mp3prof
{

// Where the facts are looked for; tests have a tree of their own.
struct FactPaths {
    std::string root;           // before every path, empty for the real system
    std::string kernel_release; // of the running kernel
};

struct DeviceNode {
    mode_t mode = 0;
    std::string owner;
    std::string group;
};

// What decides whether this user can profile on this machine. Plain answers, so
// that every diagnosis can be tested without a machine in that state.
struct Facts {
    std::string kernel_release;
    std::string cli_version;
    // The module: loaded and of which version, installed for this kernel or not.
    bool loaded = false;
    std::string loaded_version; // empty when the module does not tell
    bool built = false;         // a module file for the running kernel is there
    bool headers = false;       // headers to build one are there
    bool dkms_source = false;   // DKMS has something to build from
    bool secure_boot = false;   // the firmware or lockdown asks for signatures
    bool container = false;     // the kernel is that of a host
    // The device.
    std::optional<DeviceNode> node;
    int open_error = 0; // errno of opening it, 0 for none
    // The user.
    std::string user;
    bool group_exists = false;
    bool in_group = false;        // by the group database: a new login has it
    bool login_has_group = false; // this process has it
};

[[nodiscard]] Facts gather_facts();

// The part that is read from files, below paths.root.
void gather_files(const FactPaths& paths, Facts& facts);

} // namespace mp3prof
