// SPDX-License-Identifier: GPL-2.0-or-later
#include "rates/jiffies.hpp"

#include <charconv>
#include <fstream>
#include <string_view>

#include <sys/utsname.h>
#include <unistd.h>

namespace mp3prof
{

namespace
{

constexpr std::uint64_t ns_per_s = 1'000'000'000;

} // namespace

std::uint64_t jiffies_at(nanoseconds monotonic, unsigned hz)
{
    const auto ns = static_cast<std::uint64_t>(monotonic.count());
    const std::uint64_t passed = ns / ns_per_s * hz + ns % ns_per_s * hz / ns_per_s;
    return (std::uint64_t{1} << 32) - std::uint64_t{300} * hz + passed;
}

std::uint64_t CpuJiffies::add(std::uint64_t cpu_ns)
{
    rest_ += cpu_ns % ns_per_s * hz_;
    const std::uint64_t whole = cpu_ns / ns_per_s * hz_ + rest_ / ns_per_s;
    rest_ %= ns_per_s;
    return whole;
}

unsigned kernel_hz(const std::string& config_path)
{
    constexpr std::string_view key = "CONFIG_HZ=";
    std::ifstream config(config_path);
    for (std::string line; std::getline(config, line);) {
        unsigned hz = 0;
        if (line.starts_with(key) &&
            std::from_chars(line.data() + key.size(), line.data() + line.size(), hz).ec ==
                std::errc{} &&
            hz > 0) {
            return hz;
        }
    }
    return static_cast<unsigned>(::sysconf(_SC_CLK_TCK));
}

std::string kernel_config_path()
{
    utsname name{};
    ::uname(&name);
    return std::string("/boot/config-") + static_cast<const char*>(name.release);
}

} // namespace mp3prof
