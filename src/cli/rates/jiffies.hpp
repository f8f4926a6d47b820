// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <chrono>
#include <cstdint>
#include <string>

namespace mp3prof
{

using std::chrono::nanoseconds;

// The kernel's jiffies at a monotonic time: they begin at 2^32 minus five minutes.
[[nodiscard]] std::uint64_t jiffies_at(nanoseconds monotonic, unsigned hz);

// CPU time in jiffies, interval by interval. What one interval rounds away, a
// later one gets: the sum is the true total, not a sum of rounded parts.
class CpuJiffies
{
public:
    explicit CpuJiffies(unsigned hz) : hz_(hz) {}
    [[nodiscard]] std::uint64_t add(std::uint64_t cpu_ns);

private:
    unsigned hz_;
    std::uint64_t rest_ = 0; // in 1/10^9 of a jiffy
};

// The running kernel's HZ as its configuration in `config_path` has it; what
// sysconf(_SC_CLK_TCK) says where that cannot be read.
[[nodiscard]] unsigned kernel_hz(const std::string& config_path);

// Where distributions keep it: /boot/config-RELEASE.
[[nodiscard]] std::string kernel_config_path();

} // namespace mp3prof
