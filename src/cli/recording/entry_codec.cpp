// SPDX-License-Identifier: GPL-2.0-or-later
#include "recording/entry_codec.hpp"

#include "ring/ring_header.hpp"

#include <algorithm>
#include <array>
#include <cstring>
#include <string_view>
#include <type_traits>

#include <zlib.h>

namespace mp3prof
{

namespace
{

enum class Kind : std::uint16_t { sample = 1, known_before = 2, gap = 3, figures = 4, end = 5 };

constexpr std::uint16_t flag_first = 1;
constexpr std::uint16_t flag_final = 2;
constexpr std::uint16_t flag_exited = 4;
constexpr std::uint16_t flag_followed = 8;
constexpr std::uint16_t flag_of_command = 1; // of an end

constexpr std::size_t checked_from = 4; // what the check sum is of

class Packer
{
public:
    explicit Packer(std::span<std::byte> bytes) : bytes_(bytes) {}

    template <class Number>
    void put(std::size_t at, Number number)
    {
        auto rest = static_cast<std::make_unsigned_t<Number>>(number);
        for (std::size_t i = 0; i < sizeof(Number); ++i) {
            bytes_[at + i] = static_cast<std::byte>(static_cast<std::uint64_t>(rest) >> (8 * i));
        }
    }
    void put(std::size_t at, nanoseconds time) { put(at, time.count()); }
    void put(std::size_t at, std::string_view text)
    {
        std::memcpy(bytes_.data() + at, text.data(), text.size());
    }

private:
    std::span<std::byte> bytes_;
};

class Unpacker
{
public:
    explicit Unpacker(std::span<const std::byte> bytes) : bytes_(bytes) {}

    template <class Number>
    [[nodiscard]] Number get(std::size_t at) const
    {
        std::uint64_t number = 0;
        for (std::size_t i = sizeof(Number); i > 0; --i) {
            number = number << 8 | static_cast<std::uint8_t>(bytes_[at + i - 1]);
        }
        return static_cast<Number>(number);
    }
    // What no clock can show becomes the far future, as in the ring.
    [[nodiscard]] nanoseconds time(std::size_t at) const
    {
        return time_from_uapi(get<std::uint64_t>(at));
    }
    [[nodiscard]] std::string_view text(std::size_t at, std::size_t most) const
    {
        const char* text = reinterpret_cast<const char*>(bytes_.data() + at);
        return {text, ::strnlen(text, most)};
    }

private:
    std::span<const std::byte> bytes_;
};

std::uint16_t flags_of(const Stage& stage)
{
    return static_cast<std::uint16_t>(
        (stage.first ? flag_first : 0) | (stage.final ? flag_final : 0) |
        (stage.exited ? flag_exited : 0) | (stage.followed ? flag_followed : 0));
}

Stage stage_of(std::uint16_t flags)
{
    return {.first = (flags & flag_first) != 0,
            .final = (flags & flag_final) != 0,
            .exited = (flags & flag_exited) != 0,
            .followed = (flags & flag_followed) != 0};
}

void begin_entry(Packer& packer, Kind kind, std::uint16_t flags, nanoseconds time)
{
    packer.put(8, static_cast<std::uint16_t>(kind));
    packer.put(10, flags);
    packer.put(16, time);
}

void pack_sample(Packer& packer, Kind kind, const Sample& sample)
{
    begin_entry(packer, kind, flags_of(sample.stage), sample.time);
    packer.put(12, sample.pid);
    packer.put(24, sample.start);
    packer.put(32, sample.ppid);
    packer.put(36, sample.uid);
    packer.put(40, sample.minor_faults);
    packer.put(48, sample.major_faults);
    packer.put(56, sample.cpu_ns);
    packer.put(64, sample.utime_ns);
    packer.put(72, sample.stime_ns);
    packer.put(80, sample.rss_bytes);
    packer.put(88, sample.swap_bytes);
    packer.put(96, sample.voluntary_switches);
    packer.put(100, sample.involuntary_switches);
    packer.put(104, sample.threads);
    packer.put(112, std::string_view(sample.comm));
}

Sample sample_from(const Unpacker& from, std::uint16_t flags)
{
    Sample sample;
    sample.time = from.time(16);
    sample.start = from.time(24);
    sample.pid = from.get<pid_t>(12);
    sample.ppid = from.get<pid_t>(32);
    sample.uid = from.get<uid_t>(36);
    sample.stage = stage_of(flags);
    sample.minor_faults = from.get<std::uint64_t>(40);
    sample.major_faults = from.get<std::uint64_t>(48);
    sample.cpu_ns = from.get<std::uint64_t>(56);
    sample.utime_ns = from.get<std::uint64_t>(64);
    sample.stime_ns = from.get<std::uint64_t>(72);
    sample.rss_bytes = from.get<std::uint64_t>(80);
    sample.swap_bytes = from.get<std::uint64_t>(88);
    sample.voluntary_switches = from.get<std::uint32_t>(96);
    sample.involuntary_switches = from.get<std::uint32_t>(100);
    sample.threads = from.get<std::uint32_t>(104);
    sample.comm = from.text(112, ProcessName::longest);
    return sample;
}

void pack(Packer& packer, const Sample& sample)
{
    pack_sample(packer, Kind::sample, sample);
}

void pack(Packer& packer, const KnownBefore& known)
{
    pack_sample(packer, Kind::known_before, known.sample);
}

void pack(Packer& packer, const Gap& gap)
{
    begin_entry(packer, Kind::gap, 0, gap.time);
    packer.put(24, gap.missed);
}

Gap gap_from(const Unpacker& from)
{
    return {.time = from.time(16), .missed = from.get<std::uint64_t>(24)};
}

void pack(Packer& packer, const RecordedFigures& recorded)
{
    const Figures& figures = recorded.figures;
    begin_entry(packer, Kind::figures, static_cast<std::uint16_t>(recorded.moment), recorded.time);
    packer.put(24, figures.ticks);
    packer.put(32, figures.last_tick);
    packer.put(40, figures.interval);
    packer.put(48, figures.wish);
    packer.put(56, figures.missed_ticks);
    packer.put(64, figures.throttled_ticks);
    packer.put(72, figures.follow_failed);
    packer.put(80, figures.sampling);
    packer.put(88, figures.tasks);
}

RecordedFigures figures_from(const Unpacker& from, std::uint16_t flags)
{
    // An interval that can be added to a time without an overflow.
    const auto interval = [&](std::size_t at) {
        return std::min<nanoseconds>(from.time(at), std::chrono::hours(24));
    };
    using Moment = RecordedFigures::Moment;
    constexpr auto last = static_cast<std::uint16_t>(Moment::end);
    return {.time = from.time(16),
            .moment = flags <= last ? static_cast<Moment>(flags) : Moment::meanwhile,
            .figures = {.ticks = from.get<std::uint64_t>(24),
                        .last_tick = from.time(32),
                        .interval = interval(40),
                        .wish = interval(48),
                        .missed_ticks = from.get<std::uint64_t>(56),
                        .throttled_ticks = from.get<std::uint64_t>(64),
                        .follow_failed = from.get<std::uint64_t>(72),
                        .sampling = from.time(80),
                        .tasks = from.get<std::uint32_t>(88)}};
}

void pack(Packer& packer, const RecordingEnd& end)
{
    begin_entry(packer, Kind::end, end.of_command ? flag_of_command : 0, end.time);
    packer.put(12, end.wait_status);
    packer.put(24, end.wall);
    packer.put(32, end.charged.user);
    packer.put(40, end.charged.system);
    packer.put(48, end.charged.minor_faults);
    packer.put(56, end.charged.major_faults);
    packer.put(64, end.charged.peak_rss_bytes);
    packer.put(72, end.charged.voluntary_switches);
    packer.put(80, end.charged.involuntary_switches);
}

RecordingEnd end_from(const Unpacker& from, std::uint16_t flags)
{
    return {.time = from.time(16),
            .of_command = (flags & flag_of_command) != 0,
            .wait_status = from.get<std::int32_t>(12),
            .wall = from.time(24),
            .charged = {.user = from.time(32),
                        .system = from.time(40),
                        .minor_faults = from.get<std::uint64_t>(48),
                        .major_faults = from.get<std::uint64_t>(56),
                        .peak_rss_bytes = from.get<std::uint64_t>(64),
                        .voluntary_switches = from.get<std::uint64_t>(72),
                        .involuntary_switches = from.get<std::uint64_t>(80)}};
}

std::optional<RecordingEntry> entry_from(const Unpacker& from)
{
    const auto flags = from.get<std::uint16_t>(10);
    switch (static_cast<Kind>(from.get<std::uint16_t>(8))) {
    case Kind::sample:
        return sample_from(from, flags);
    case Kind::known_before:
        return KnownBefore{sample_from(from, flags)};
    case Kind::gap:
        return gap_from(from);
    case Kind::figures:
        return figures_from(from, flags);
    case Kind::end:
        return end_from(from, flags);
    }
    return std::nullopt;
}

} // namespace

std::uint32_t check_sum(std::span<const std::byte> bytes)
{
    return static_cast<std::uint32_t>(::crc32_z(
        ::crc32_z(0, nullptr, 0), reinterpret_cast<const Bytef*>(bytes.data()), bytes.size()));
}

void encode_entry(const RecordingEntry& entry, std::uint32_t sequence, std::span<std::byte> bytes)
{
    std::ranges::fill(bytes, std::byte{});
    Packer packer(bytes);
    packer.put(4, sequence);
    std::visit([&](const auto& known) { pack(packer, known); }, entry);
    packer.put(0, check_sum(bytes.subspan(checked_from)));
}

std::optional<DecodedEntry> decode_entry(std::span<const std::byte> bytes)
{
    const Unpacker from(bytes);
    if (from.get<std::uint32_t>(0) != check_sum(bytes.subspan(checked_from))) {
        return std::nullopt;
    }
    return DecodedEntry{.sequence = from.get<std::uint32_t>(4), .entry = entry_from(from)};
}

} // namespace mp3prof
