// SPDX-License-Identifier: GPL-2.0-or-later
#include "plot/timeline.hpp"

#include <algorithm>
#include <utility>

namespace mp3prof
{

namespace
{

struct Part {
    const Step* step;
    std::size_t trace;
};

std::vector<Part> parts_of(std::span<const Trace* const> traces)
{
    std::vector<Part> parts;
    for (std::size_t at = 0; at < traces.size(); ++at) {
        for (const Step& step : traces[at]->steps) {
            parts.push_back({&step, at});
        }
    }
    std::ranges::stable_sort(parts, {}, [](const Part& part) { return part.step->end; });
    return parts;
}

// The memory of all that live, brought up to date step by step.
class Memory
{
public:
    explicit Memory(std::span<const Trace* const> traces)
        : traces_(traces), latest_(traces.size(), nullptr)
    {
    }

    void take(const Part& part)
    {
        const Trace& trace = *traces_[part.trace];
        const Step*& latest = latest_[part.trace];
        if (latest != nullptr) {
            rss_bytes -= latest->rss_bytes;
            swap_bytes -= latest->swap_bytes;
        }
        latest = part.step == &trace.steps.back() && !trace.lives ? nullptr : part.step;
        if (latest != nullptr) {
            rss_bytes += latest->rss_bytes;
            swap_bytes += latest->swap_bytes;
        }
    }

    std::uint64_t rss_bytes = 0;
    std::uint64_t swap_bytes = 0;

private:
    std::span<const Trace* const> traces_;
    std::vector<const Step*> latest_; // of each that lives
};

void append(std::vector<nanoseconds>& all, const std::vector<nanoseconds>& more)
{
    all.insert(all.end(), more.begin(), more.end());
}

} // namespace

Trace sum_of(std::span<const Trace* const> traces)
{
    Trace sum{.pid = 0, .name = "total", .steps = {}, .starts = {}, .exits = {}, .lives = false};
    Memory memory(traces);
    for (const Part& part : parts_of(traces)) {
        const Step& step = *part.step;
        if (sum.steps.empty() || sum.steps.back().end != step.end) {
            const nanoseconds before =
                sum.steps.empty() ? nanoseconds::min() : sum.steps.back().end;
            sum.steps.push_back({.begin = std::max(step.begin, before), .end = step.end});
        }
        Step& now = sum.steps.back();
        now.minor_faults += step.minor_faults;
        now.major_faults += step.major_faults;
        now.cpu_ns += step.cpu_ns;
        memory.take(part);
        now.rss_bytes = memory.rss_bytes;
        now.swap_bytes = memory.swap_bytes;
    }
    for (const Trace* trace : traces) {
        append(sum.starts, trace->starts);
        append(sum.exits, trace->exits);
        sum.lives = sum.lives || trace->lives;
    }
    std::ranges::sort(sum.starts);
    std::ranges::sort(sum.exits);
    return sum;
}

} // namespace mp3prof
