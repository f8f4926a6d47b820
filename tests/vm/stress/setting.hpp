// SPDX-License-Identifier: GPL-2.0-or-later
// The machine as the actors want it: few PIDs, a cgroup, a set-user-ID program.
// What is not to be had is printed.
#pragma once

#include "support/privileged.hpp"

#include <string>

namespace stress
{

// PIDs come back after so many.
constexpr long pid_limit = 1000;

class Setting
{
public:
    Setting();
    ~Setting();
    Setting(const Setting&) = delete;
    Setting& operator=(const Setting&) = delete;

    const guest::PrivilegedCopy& setuid_program() const { return setuid_program_; }
    // A cgroup to freeze; empty: none.
    const std::string& cgroup() const { return cgroup_; }
    // The file that takes CPU 1 off and on; empty: none.
    const std::string& cpu() const { return cpu_; }
    // The module's file; empty: none.
    const std::string& module() const { return module_; }

private:
    void limit_pids();
    void make_cgroup();
    void find_cpu();
    void find_module();

    guest::PrivilegedCopy setuid_program_{guest::Power::set_user};
    std::string old_pid_limit_;
    std::string cgroup_;
    std::string cpu_;
    std::string module_;
};

// Of this run; made by main().
const Setting& setting();

} // namespace stress
