// SPDX-License-Identifier: GPL-2.0-or-later
#include "commands/bench_probes.hpp"

#include "ring/ring_reader.hpp"
#include "sys/clock.hpp"
#include "sys/memory_map.hpp"

#include "mp3.h"

#include <algorithm>
#include <array>
#include <cerrno>

#include <fcntl.h>
#include <sys/resource.h>
#include <unistd.h>

namespace mp3prof
{

namespace
{

double ns_each(nanoseconds spent, std::uint64_t count)
{
    return count == 0 ? 0 : static_cast<double>(spent.count()) / static_cast<double>(count);
}

// The CPU time of a round of `count` things, for one thing, over many rounds.
template <class Round>
Result<double> each_of_rounds(const ProbeTime& time, std::size_t count, const Round& round)
{
    TRY(round()); // caches are warm, as they are for who looks again and again
    const nanoseconds end = monotonic_now() + time.duration;
    const nanoseconds begin = own_cpu_time();
    std::uint64_t rounds = 0;
    do {
        TRY(round());
        ++rounds;
    } while (monotonic_now() < end && !time.stop());
    return ns_each(own_cpu_time() - begin, rounds * count);
}

std::string stat_path(pid_t pid)
{
    return fmt::format("/proc/{}/stat", pid);
}

Result<UniqueFd> open_stat(const std::string& path)
{
    UniqueFd file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    if (!file) {
        return fail("cannot open {}: {}", path, errno_words(errno));
    }
    return file;
}

Status read_stat(const UniqueFd& file)
{
    std::array<char, 1024> text{};
    if (::pread(file.get(), text.data(), text.size(), 0) <= 0) {
        return fail("cannot read the figures of a process: {}", errno_words(errno));
    }
    return {};
}

// How many descriptors may be opened beside those that are.
std::size_t room_for_descriptors()
{
    constexpr std::size_t others = 32;
    rlimit limit{};
    ::getrlimit(RLIMIT_NOFILE, &limit);
    limit.rlim_cur = limit.rlim_max;
    ::setrlimit(RLIMIT_NOFILE, &limit); // where it fails, the old one holds
    ::getrlimit(RLIMIT_NOFILE, &limit);
    return std::max<std::size_t>(limit.rlim_cur, others + 1) - others;
}

// A ring with a producer that only counts on: its records stay the same.
class StillRing
{
public:
    static constexpr std::uint64_t capacity = 65536;

    static Result<StillRing> make()
    {
        auto memory = MemoryMap::anonymous(data_offset + capacity * sizeof(mp3_record));
        if (!memory) {
            return fail("cannot get memory for a ring: {}", errno_words(memory.error()));
        }
        return StillRing(std::move(*memory));
    }

    [[nodiscard]] std::span<const std::byte> bytes() const { return memory_.bytes(); }

    // Nobody reads meanwhile: no barriers.
    void publish(std::uint64_t count)
    {
        for (std::uint64_t i = 0; i < count; ++i) {
            record(header().head).seq = header().head + 1;
            ++header().head;
        }
    }

private:
    static constexpr std::size_t data_offset = 4096;

    explicit StillRing(MemoryMap memory) : memory_(std::move(memory))
    {
        mp3_header& head = header();
        head.magic = MP3_MAGIC;
        head.abi_major = MP3_ABI_MAJOR;
        head.abi_minor = MP3_ABI_MINOR;
        head.header_size = sizeof(mp3_header);
        head.record_size = sizeof(mp3_record);
        head.capacity = capacity;
        head.data_offset = data_offset;
        head.map_size = memory_.bytes().size();
    }
    mp3_header& header() { return *reinterpret_cast<mp3_header*>(memory_.writable_bytes().data()); }
    mp3_record& record(std::uint64_t index)
    {
        return reinterpret_cast<mp3_record*>(memory_.writable_bytes().data() +
                                             data_offset)[index & (capacity - 1)];
    }

    MemoryMap memory_;
};

} // namespace

Result<SamplerCost> probe_sampler(Source& source, const Crowd& crowd, const ProbeTime& time)
{
    TRY(source.set_interval(usual_interval(source.info())));
    TRY_ASSIGN(Batch batch, source.drain());
    // The first tick of the new ones is not like the others.
    const std::uint64_t settled = batch.figures.ticks + 2;
    while (batch.figures.ticks < settled && !time.stop()) {
        TRY_ASSIGN(batch, source.wait({}, time.wake_fd));
    }
    const Figures begin = batch.figures;
    const nanoseconds end = monotonic_now() + time.duration;
    std::uint64_t records = 0;
    while (batch.now < end && !time.stop()) {
        TRY_ASSIGN(batch, source.wait({}, time.wake_fd));
        records += static_cast<std::uint64_t>(
            std::ranges::count_if(batch.samples, [&](const Sample& sample) {
                return std::ranges::binary_search(crowd.pids(), sample.pid);
            }));
    }
    const std::uint64_t ticks = batch.figures.ticks - begin.ticks;
    if (ticks == 0) {
        return SamplerCost{};
    }
    return SamplerCost{
        .ns = ns_each(batch.figures.sampling - begin.sampling, ticks * batch.figures.tasks),
        .records = static_cast<double>(records) / static_cast<double>(ticks * crowd.pids().size())};
}

Result<double> probe_stat_opened(const Crowd& crowd, const ProbeTime& time)
{
    return each_of_rounds(time, crowd.pids().size(), [&]() -> Status {
        for (const pid_t pid : crowd.pids()) {
            TRY_ASSIGN(const UniqueFd file, open_stat(stat_path(pid)));
            TRY(read_stat(file));
        }
        return {};
    });
}

Result<double> probe_stat_kept(const Crowd& crowd, const ProbeTime& time)
{
    std::vector<UniqueFd> files;
    const std::size_t count = std::min(crowd.pids().size(), room_for_descriptors());
    for (const pid_t pid : std::span(crowd.pids()).first(count)) {
        TRY_ASSIGN(UniqueFd file, open_stat(stat_path(pid)));
        files.push_back(std::move(file));
    }
    return each_of_rounds(time, files.size(), [&]() -> Status {
        for (const UniqueFd& file : files) {
            TRY(read_stat(file));
        }
        return {};
    });
}

Result<double> probe_ring(const ProbeTime& time)
{
    constexpr std::uint64_t batch = 4096;
    TRY_ASSIGN(StillRing ring, StillRing::make());
    ring.publish(StillRing::capacity); // every slot has had a record
    TRY_ASSIGN(RingReader reader, RingReader::open(ring.bytes()));
    TRY(reader.read());
    const nanoseconds end = monotonic_now() + time.duration;
    nanoseconds spent{};
    std::uint64_t records = 0;
    do {
        ring.publish(batch);
        const nanoseconds begin = own_cpu_time();
        TRY_ASSIGN(const RingReader::Read read, reader.read());
        spent += own_cpu_time() - begin;
        records += read.samples.size();
    } while (monotonic_now() < end && !time.stop());
    return ns_each(spent, records);
}

} // namespace mp3prof
