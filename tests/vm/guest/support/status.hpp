// SPDX-License-Identifier: GPL-2.0-or-later
// /proc/mp3/status as a program sees it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <sys/types.h>

namespace guest
{

constexpr const char* status_path = "/proc/mp3/status";

// One write(2) on a descriptor: bytes taken, or -errno.
long write_to(int fd, std::string_view text);

// One write(2) to a fresh descriptor of the status file: bytes taken, or -errno.
long write_status(std::string_view text);

// A command that takes effect whole: 0, or its errno.
int command(std::string_view text);
int command_to(int fd, std::string_view text);

int register_pid(pid_t pid);
int follow_pid(pid_t pid);
int unregister_pid(pid_t pid);
int unregister_all();

// What a read of the status file lists; not a number: -1.
std::vector<pid_t> registered();
bool is_registered(pid_t pid);

// Every case starts and ends with nothing registered.
class EmptyRegistry
{
public:
    EmptyRegistry();
    ~EmptyRegistry();
    EmptyRegistry(const EmptyRegistry&) = delete;
    EmptyRegistry& operator=(const EmptyRegistry&) = delete;
};

// A small file read or written whole (parameters, /proc): contents, or -errno.
std::string read_text(const std::string& path);
int write_text(const std::string& path, std::string_view text);

// The fields of /proc/PID/stat from the third on, so [i] is field i + 3.
std::vector<long long> proc_stat(pid_t pid);

} // namespace guest
