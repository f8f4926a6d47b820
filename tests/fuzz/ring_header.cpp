// SPDX-License-Identifier: GPL-2.0-or-later
// The checks of a ring's header: what they let pass is consistent, and can be
// shown by `mp3prof status` as text and as JSON.
#include "ring/ring_header.hpp"

#include "format/status.hpp"
#include "fuzz.hpp"
#include "image.hpp"

#include <nlohmann/json.hpp>

using namespace mp3prof;
using namespace mp3prof::fuzz;

namespace
{

__extension__ using Wide = unsigned __int128;

void check_sizes(const RingInfo& info)
{
    FUZZ_CHECK(info.abi_major == MP3_ABI_MAJOR);
    FUZZ_CHECK(info.capacity >= 2 && (info.capacity & (info.capacity - 1)) == 0);
    FUZZ_CHECK(info.record_size >= sizeof(mp3_record) && info.record_size % 8 == 0);
    FUZZ_CHECK(info.data_offset >= sizeof(mp3_header) && info.data_offset % 8 == 0);
    FUZZ_CHECK(Wide{info.capacity} * info.record_size + info.data_offset <= info.map_size);
    FUZZ_CHECK(info.map_size <= SIZE_MAX / 2);
}

void check_times(std::initializer_list<nanoseconds> times)
{
    for (const nanoseconds time : times) {
        FUZZ_CHECK(time >= nanoseconds{} && time <= nanoseconds::max() / 2);
    }
}

void check_shown(const StatusReport& report)
{
    FUZZ_CHECK(is_harmless(status_text(report)));
    const std::string json = status_json(report);
    FUZZ_CHECK(is_harmless(json));
    FUZZ_CHECK(nlohmann::json::parse(json)["ring"].is_object());
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    Input input(data, size);
    const Image image(input);
    const std::span<const std::byte> page = image.bytes().first(
        input.flag() ? sizeof(mp3_header) : input.below(sizeof(mp3_header) + 16));
    const std::string_view header = input.text(sizeof(mp3_header));
    // Bytes of the input change those of a sound header.
    auto* bytes = reinterpret_cast<std::uint8_t*>(image.words().data());
    for (std::size_t at = 0; at < header.size(); ++at) {
        bytes[at] ^= static_cast<std::uint8_t>(header[at]);
    }

    const Result<RingInfo> info = read_ring_header(page);
    if (!info) {
        FUZZ_CHECK(!info.error().message.empty());
        return 0;
    }
    check_sizes(*info);
    const Figures figures = read_figures(page);
    check_times({info->loaded, info->min_interval, info->max_interval, info->default_interval,
                 figures.last_tick, figures.interval, figures.wish, figures.sampling});
    StatusReport report;
    report.facts.loaded = true;
    report.facts.loaded_version = info->version;
    report.ring = RingStatus{*info, figures, image.header().head, nanoseconds{}};
    check_shown(report);
    return 0;
}
