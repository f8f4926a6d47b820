// SPDX-License-Identifier: GPL-2.0-or-later
#include "commands/recording_origin.hpp"

#include "rates/jiffies.hpp"
#include "sys/clock.hpp"
#include "version.hpp"

#include <string>
#include <vector>

#include <sys/utsname.h>
#include <unistd.h>

namespace mp3prof
{

namespace
{

std::uint64_t system_value(int name)
{
    const long value = ::sysconf(name);
    return value > 0 ? static_cast<std::uint64_t>(value) : 0;
}

// When the machine was started, time asleep included.
nanoseconds boot_time()
{
    return realtime_offset() + monotonic_now() - read_clock(CLOCK_BOOTTIME);
}

std::vector<std::string> unknown_columns(const Knows& knows)
{
    return knows.switches ? std::vector<std::string>{}
                          : std::vector<std::string>{"nvcsw", "nivcsw"};
}

} // namespace

RecordingHeader recording_header(const RingInfo& info, nanoseconds interval)
{
    utsname name{};
    ::uname(&name);
    const std::uint64_t page_size = system_value(_SC_PAGESIZE);
    return {.version = version,
            .source = info.knows.short_lives ? "kernel" : "proc",
            .unknown = unknown_columns(info.knows),
            .host = static_cast<const char*>(name.nodename),
            .kernel = static_cast<const char*>(name.release),
            .cpus = static_cast<std::uint32_t>(system_value(_SC_NPROCESSORS_ONLN)),
            .memory_bytes = system_value(_SC_PHYS_PAGES) * page_size,
            .page_size = static_cast<std::uint32_t>(page_size),
            .hz = kernel_hz(kernel_config_path()),
            .interval = interval,
            .begin = monotonic_now(),
            .clock_offset = realtime_offset(),
            .boot = boot_time(),
            .command = {},
            .followed = true};
}

RecordingEnd recording_end(const RunEnd& end)
{
    return {.time = end.ended,
            .of_command = true,
            .wait_status = end.summary.wait_status.value_or(0),
            .wall = end.summary.wall,
            .charged = end.summary.charged};
}

} // namespace mp3prof
