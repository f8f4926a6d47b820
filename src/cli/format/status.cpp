// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/status.hpp"

#include "format/printable.hpp"
#include "format/units.hpp"

#include "mp3.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <iterator>

namespace mp3prof
{

namespace
{

double sampler_percent(const RingStatus& ring)
{
    const nanoseconds loaded_for = ring.now - ring.info.loaded;
    if (loaded_for <= nanoseconds::zero()) {
        return 0;
    }
    return static_cast<double>(ring.figures.sampling.count()) * 100 /
           static_cast<double>(loaded_for.count());
}

std::string module_words(const StatusReport& report)
{
    if (!report.facts.loaded) {
        return "not loaded";
    }
    const std::string& version = report.facts.loaded_version;
    const std::string shown = version.empty() ? "of unknown version" : version;
    if (!report.ring) {
        return fmt::format("{}, loaded", shown);
    }
    return fmt::format("{}, loaded, ABI {}.{}", shown, report.ring->info.abi_major,
                       report.ring->info.abi_minor);
}

std::string device_words(const Facts& facts)
{
    if (!facts.node) {
        return "/dev/mp3: not there";
    }
    return fmt::format("/dev/mp3, {}:{} {:04o}", facts.node->owner, facts.node->group,
                       facts.node->mode);
}

template <class Line>
void ring_lines(const RingStatus& ring, const Line& line)
{
    const RingInfo& info = ring.info;
    const Figures& figures = ring.figures;
    line("interval",
         fmt::format("{} (wished: {}; {} to {} may be)", format_duration(figures.interval),
                     format_duration(figures.wish), format_duration(info.min_interval),
                     format_duration(info.max_interval)));
    line("processes", fmt::format("{} of {}, {} could not be followed", figures.tasks,
                                  info.max_tasks, figures.follow_failed));
    line("ring", fmt::format("{} records of {} bytes, {} published", info.capacity,
                             info.record_size, ring.published));
    line("ticks", fmt::format("{}, {} missed, {} throttled", figures.ticks, figures.missed_ticks,
                              figures.throttled_ticks));
    line("sampler",
         fmt::format("{} of CPU time, {:.4f} % of one CPU since it was loaded (at most {} %)",
                     seconds_words(figures.sampling), sampler_percent(ring), info.max_cpu_percent));
}

nlohmann::ordered_json ring_json(const RingStatus& ring)
{
    return {
        {"abi_major", ring.info.abi_major},
        {"abi_minor", ring.info.abi_minor},
        {"interval_ns", ring.figures.interval.count()},
        {"wish_ns", ring.figures.wish.count()},
        {"min_interval_ns", ring.info.min_interval.count()},
        {"max_interval_ns", ring.info.max_interval.count()},
        {"default_interval_ns", ring.info.default_interval.count()},
        {"tasks", ring.figures.tasks},
        {"max_tasks", ring.info.max_tasks},
        {"follow_failed", ring.figures.follow_failed},
        {"capacity", ring.info.capacity},
        {"record_size", ring.info.record_size},
        {"published", ring.published},
        {"ticks", ring.figures.ticks},
        {"last_tick_ns", ring.figures.last_tick.count()},
        {"missed_ticks", ring.figures.missed_ticks},
        {"throttled_ticks", ring.figures.throttled_ticks},
        {"sampling_ns", ring.figures.sampling.count()},
        {"sampler_percent", sampler_percent(ring)},
        {"max_cpu_percent", ring.info.max_cpu_percent},
    };
}

} // namespace

std::string status_text(const StatusReport& report)
{
    fmt::memory_buffer text;
    const auto line = [&](const char* name, const std::string& value) {
        fmt::format_to(std::back_inserter(text), "{:<11}{}\n", name, printable(value));
    };
    line("mp3prof",
         fmt::format("{}, ABI {}.{}", report.facts.cli_version, MP3_ABI_MAJOR, MP3_ABI_MINOR));
    line("kernel", report.facts.kernel_release);
    line("module", module_words(report));
    line("device", device_words(report.facts));
    if (report.ring) {
        ring_lines(*report.ring, line);
    }
    if (report.proc_instead) {
        line("samples", "from /proc: run, record, monitor, export and study work by it");
    }
    for (const Finding& finding : report.findings) {
        line("problem", finding.mend.empty()
                            ? finding.problem
                            : fmt::format("{}: {}", finding.problem, finding.mend));
    }
    return fmt::to_string(text);
}

std::string status_json(const StatusReport& report)
{
    const Facts& facts = report.facts;
    nlohmann::ordered_json json = {
        {"usable", report.usable()},
        {"version", facts.cli_version},
        {"kernel", facts.kernel_release},
        {"module_loaded", facts.loaded},
        {"module_version", facts.loaded_version},
        {"device", nullptr},
        {"ring", nullptr},
        {"proc_instead", report.proc_instead},
        {"problems", nlohmann::ordered_json::array()},
    };
    if (facts.node) {
        json["device"] = {{"path", "/dev/mp3"},
                          {"owner", facts.node->owner},
                          {"group", facts.node->group},
                          {"mode", fmt::format("{:04o}", facts.node->mode)}};
    }
    if (report.ring) {
        json["ring"] = ring_json(*report.ring);
    }
    for (const Finding& finding : report.findings) {
        json["problems"].push_back({{"problem", finding.problem}, {"mend", finding.mend}});
    }
    // In ASCII, as that of jsonl.
    return json.dump(2, ' ', true, nlohmann::ordered_json::error_handler_t::replace) + '\n';
}

} // namespace mp3prof
