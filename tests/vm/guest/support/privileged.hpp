// SPDX-License-Identifier: GPL-2.0-or-later
// A program that lends its power to whoever runs it, and strings to lead it by.
#pragma once

#include "support/fd.hpp"

#include <string>
#include <vector>

namespace guest
{

enum class Power {
    set_user,   // root's user ID
    set_group,  // root's group ID
    capability, // CAP_NET_RAW, and the caller's IDs
};

// A copy of this program, owned by root, in a directory where such powers work;
// removed at the end. Empty path: there is none.
class PrivilegedCopy
{
public:
    explicit PrivilegedCopy(Power power);
    ~PrivilegedCopy();
    PrivilegedCopy(const PrivilegedCopy&) = delete;
    PrivilegedCopy& operator=(const PrivilegedCopy&) = delete;

    bool usable() const; // says SKIP where it is not
    const std::string& path() const { return path_; }
    int exec(const std::vector<std::string>& mode) const; // returns only on failure

private:
    std::string path_;
};

// Two pipes that survive exec: the program says that it runs, and is told to go on.
class Strings
{
public:
    Strings();

    bool wait_ready() const;
    bool let_go() const;
    std::vector<std::string> serve() const; // the words of mode "serve"

private:
    Fd ready_read_;
    Fd ready_write_;
    Fd go_read_;
    Fd go_write_;
};

} // namespace guest
