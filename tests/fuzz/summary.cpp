// SPDX-License-Identifier: GPL-2.0-or-later
// The summary of `run`, of any figures and any names: a line for each of its
// words, none of which plays with the terminal.
#include "format/summary.hpp"

#include "fuzz.hpp"
#include "ring/ring_header.hpp"

using namespace mp3prof;
using namespace mp3prof::fuzz;

namespace
{

Usage usage_from(Input& input)
{
    Usage usage;
    usage.minor_faults = input.number(input.below(9));
    usage.major_faults = input.number(input.below(9));
    usage.cpu_ns = input.number(input.below(9));
    usage.user_ns = std::min(usage.cpu_ns, input.number(input.below(9)));
    return usage;
}

Figures figures_from(Input& input)
{
    Figures figures;
    figures.ticks = input.number(input.below(9));
    figures.missed_ticks = input.number(input.below(9));
    figures.throttled_ticks = input.number(input.below(9));
    figures.sampling = time_from_uapi(input.number(input.below(9)));
    return figures;
}

RunSummary summary_from(Input& input)
{
    RunSummary summary;
    summary.command = input.text(input.below(40));
    summary.wait_status = static_cast<int>(input.number(2));
    summary.followed = input.flag();
    summary.knows.short_lives = summary.followed || input.flag();
    summary.knows.throttling = summary.knows.short_lives;
    summary.wall = time_from_uapi(input.number(input.below(9)));
    summary.interval = time_from_uapi(input.number(input.below(9)));
    summary.total = usage_from(input);
    summary.peak = usage_from(input);
    summary.exited = usage_from(input);
    summary.peak_rss_bytes = input.number(input.below(9));
    summary.processes = static_cast<std::size_t>(input.number(input.below(5)));
    summary.charged.minor_faults = input.number(input.below(8));
    summary.charged.major_faults = input.number(input.below(8));
    summary.charged.user = std::chrono::seconds(input.number(input.below(4)));
    summary.charged.system = std::chrono::microseconds(input.below(1'000'000));
    summary.charged.peak_rss_bytes = input.number(input.below(6)) * 1024;
    summary.before = figures_from(input);
    summary.after = figures_from(input);
    summary.follow_failed = input.below(3);
    summary.missed_records = input.number(input.below(9));
    for (std::uint64_t i = input.below(4); i > 0; --i) {
        summary.running.emplace_back().comm = input.text(15);
    }
    return summary;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    Input input(data, size);
    const RunSummary summary = summary_from(input);
    const std::string text = summary_text(summary, input.below(2) == 0);
    FUZZ_CHECK(is_harmless(text));
    FUZZ_CHECK(std::ranges::count(text, '\n') == (summary.running.empty() ? 11 : 12));
    return 0;
}
