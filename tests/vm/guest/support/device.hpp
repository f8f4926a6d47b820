// SPDX-License-Identifier: GPL-2.0-or-later
// /dev/mp3: descriptors, ticks and the interval, each call with its errno.
#pragma once

#include "support/fd.hpp"

#include <cstdint>

#include <mp3.h>
#include <sys/types.h>

namespace guest
{

constexpr const char* device_path = "/dev/mp3";
constexpr const char* parameters = "/sys/module/mp3/parameters/";

std::size_t page_size();

// An address that no program has; the compiler must not know that.
void* bad_address();

// Where no udev rule has set the mode (a bare initramfs), sets what it would.
bool prepare_node();
gid_t device_gid();

Fd open_device(int flags = 0); // O_RDWR | O_CLOEXEC | flags

// 0 or errno.
int set_interval(int fd, std::uint64_t ns);

// A read of the tick count: the count, or -errno.
long long read_ticks(int fd);
bool readable(int fd, int timeout_ms);

// Waits until `count` more ticks have passed; false past the deadline.
bool wait_ticks(std::uint64_t count);

// With nothing registered: waits until the clock stands, which its last tick
// and the last classic slot come before.
void wait_for_standing_clock();

} // namespace guest
