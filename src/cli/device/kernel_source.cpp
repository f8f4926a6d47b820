// SPDX-License-Identifier: GPL-2.0-or-later
#include "device/kernel_source.hpp"

#include "device/diagnosis.hpp"
#include "device/facts.hpp"
#include "format/units.hpp"
#include "rates/interval_grid.hpp"
#include "ring/ring_header.hpp"
#include "sys/clock.hpp"
#include "sys/wait.hpp"

#include "mp3.h"

#include <algorithm>
#include <cerrno>
#include <utility>

#include <fcntl.h>
#include <sys/ioctl.h>
#include <unistd.h>

namespace mp3prof
{

namespace
{

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

Status KernelSource::forget_ticks()
{
    std::uint64_t ticks = 0;
    if (::read(device_.get(), &ticks, sizeof(ticks)) < 0 && errno != EAGAIN && errno != EINTR) {
        return fail("cannot read the ticks: {}", errno_words(errno));
    }
    return {};
}

// What came while we slept: the tick that is wanted, or the end of all ticks.
bool KernelSource::has_tick_for(const Until& until) const
{
    const Figures figures = reader_.figures();
    return figures.tasks == 0 || figures.last_tick >= until.not_before;
}

Result<Batch> KernelSource::wait(const Until& until, int wake_fd)
{
    bool woken = false;
    bool over = false; // no more to wait for
    if (until.not_before > monotonic_now()) {
        // Away from the device: the ticks until then wake nobody.
        TRY_ASSIGN(woken, wait_readable(-1, wake_fd,
                                        std::min(until.deadline.value_or(until.not_before),
                                                 until.not_before)));
        TRY(forget_ticks());
        over = woken || has_tick_for(until);
    }
    if (!over) {
        TRY_ASSIGN(woken, wait_readable(device_.get(), wake_fd, until.deadline));
        TRY(forget_ticks());
    }
    TRY_ASSIGN(Batch batch, drain());
    batch.woken = woken;
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
