// SPDX-License-Identifier: GPL-2.0-or-later
#include "device/kernel_source.hpp"

#include "device/diagnosis.hpp"
#include "device/facts.hpp"
#include "format/units.hpp"
#include "rates/interval_grid.hpp"
#include "ring/ring_header.hpp"
#include "sys/clock.hpp"

#include "mp3.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <utility>

#include <fcntl.h>
#include <poll.h>
#include <sys/ioctl.h>
#include <unistd.h>

namespace mp3prof
{

namespace
{

timespec timespec_of(nanoseconds time)
{
    const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(time);
    return {.tv_sec = seconds.count(), .tv_nsec = (time - seconds).count()};
}

Result<MemoryMap> map_ring(int device, const std::string& path, std::size_t size)
{
    auto map = MemoryMap::of_file(device, MP3_RING_OFFSET, size);
    if (!map) {
        return fail("cannot map {} bytes of {}: {}", size, path, errno_words(map.error()));
    }
    return std::move(*map);
}

} // namespace

Result<std::unique_ptr<Source>> KernelSource::open(const std::string& path)
{
    UniqueFd device(::open(path.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC));
    if (!device) {
        const int error = errno;
        return fail("cannot open {}: {}", path, explain_no_device(error, gather_facts()));
    }
    // One page tells the sizes; then all of it.
    const auto page_size = static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
    TRY_ASSIGN(const MemoryMap page, map_ring(device.get(), path, page_size));
    TRY_ASSIGN(const RingInfo info, read_ring_header(page.bytes()));
    TRY_ASSIGN(MemoryMap map, map_ring(device.get(), path, info.map_size));
    TRY_ASSIGN(RingReader reader, RingReader::open(map.bytes()));
    return std::make_unique<KernelSource>(std::move(device), std::move(map), std::move(reader));
}

KernelSource::KernelSource(UniqueFd device, MemoryMap map, RingReader reader)
    : device_(std::move(device)), map_(std::move(map)), reader_(std::move(reader))
{
}

Status KernelSource::set_interval(nanoseconds interval)
{
    if (interval < info().min_interval) {
        return fail("cannot sample every {}: the shortest interval is {} (see "
                    "/sys/module/mp3/parameters/min_interval_us)",
                    format_duration(interval), format_duration(info().min_interval));
    }
    // A longer interval than the sampler has is put together from its ticks.
    const nanoseconds tick = tick_for(interval, info().max_interval);
    auto wish = static_cast<std::uint64_t>(std::max(tick, info().min_interval).count());
    if (::ioctl(device_.get(), MP3_IOC_SET_INTERVAL, &wish) < 0) {
        return fail("cannot sample every {}: {}", format_duration(interval), errno_words(errno));
    }
    return {};
}

Result<Batch> KernelSource::wait(std::optional<nanoseconds> deadline, int wake_fd)
{
    std::array<pollfd, 2> fds{{{.fd = device_.get(), .events = POLLIN, .revents = 0},
                               {.fd = wake_fd, .events = POLLIN, .revents = 0}}};
    timespec left{};
    if (deadline) {
        left = timespec_of(std::max(*deadline - monotonic_now(), nanoseconds::zero()));
    }
    if (::ppoll(fds.data(), fds.size(), deadline ? &left : nullptr, nullptr) < 0 &&
        errno != EINTR) {
        return fail("cannot wait for the next tick: {}", errno_words(errno));
    }
    std::uint64_t ticks = 0;
    if (::read(device_.get(), &ticks, sizeof(ticks)) < 0 && errno != EAGAIN && errno != EINTR) {
        return fail("cannot read the ticks: {}", errno_words(errno));
    }
    TRY_ASSIGN(Batch batch, drain());
    batch.woken = fds[1].revents != 0;
    return batch;
}

Result<Batch> KernelSource::drain()
{
    // The figures before the head: all records of these ticks are in the batch.
    const Figures figures = reader_.figures();
    TRY_ASSIGN(const RingReader::Read read, reader_.read());
    return Batch{.samples = read.samples,
                 .missed = read.missed,
                 .published = reader_.head(),
                 .figures = figures,
                 .now = monotonic_now(),
                 .woken = false};
}

} // namespace mp3prof
