// SPDX-License-Identifier: GPL-2.0-or-later
#include "recording/classic_slots.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <limits>
#include <map>
#include <optional>
#include <utility>

namespace mp3prof
{

namespace
{

constexpr std::uint64_t slots_per_s = 20;
constexpr std::uint64_t ns_per_s = 1'000'000'000;
constexpr nanoseconds slot = std::chrono::milliseconds(50);
constexpr std::string_view blanks = " \t\r,";
// What can be added up without an overflow, in files of any length.
constexpr std::int64_t largest = std::int64_t{1} << 46;

std::string_view trimmed(std::string_view text)
{
    const std::size_t begin = std::min(text.find_first_not_of(blanks), text.size());
    return text.substr(begin);
}

// Four whole numbers; nothing for anything else.
std::optional<std::array<std::int64_t, 4>> numbers_of(std::string_view line)
{
    std::array<std::int64_t, 4> numbers{};
    for (std::int64_t& number : numbers) {
        line = trimmed(line);
        const char* end = line.data() + line.size();
        const auto [at, error] = std::from_chars(line.data(), end, number);
        const bool whole = at == end || blanks.find(*at) != std::string_view::npos;
        if (error != std::errc{} || !whole) {
            return std::nullopt;
        }
        line.remove_prefix(static_cast<std::size_t>(at - line.data()));
    }
    return trimmed(line).empty() ? std::optional(numbers) : std::nullopt;
}

Status add_line(std::string_view line, std::size_t number, ClassicOutput& output)
{
    if (trimmed(line).empty()) {
        return {};
    }
    const auto numbers = numbers_of(line);
    if (!numbers) {
        return fail("line {} is not four whole numbers (jiffies, minor and major faults, CPU time)",
                    number);
    }
    if ((*numbers)[0] == -1) {
        ++output.unused;
        return {};
    }
    for (const std::int64_t value : *numbers) {
        if (value < 0 || value > largest) {
            return fail("line {}: {} cannot be right", number, value);
        }
    }
    const auto at = [&](std::size_t column) {
        return static_cast<std::uint64_t>((*numbers)[column]);
    };
    output.slots.push_back(
        {.jiffies = at(0), .minor_faults = at(1), .major_faults = at(2), .cpu = at(3)});
    return {};
}

// The most frequent distance; gaps between runs are rarer.
std::uint64_t usual_step(const std::vector<ClassicSlot>& slots)
{
    std::map<std::uint64_t, std::size_t> counts;
    for (std::size_t at = 1; at < slots.size(); ++at) {
        ++counts[slots[at].jiffies - slots[at - 1].jiffies];
    }
    counts.erase(0);
    const auto most =
        std::ranges::max_element(counts, {}, [](const auto& item) { return item.second; });
    return most == counts.end() ? 0 : most->first;
}

nanoseconds cpu_time(std::uint64_t cpu, const ClassicUnits& units)
{
    const std::uint64_t ns = units.cpu == CpuUnit::nanoseconds
                                 ? cpu
                                 : cpu / units.hz * ns_per_s + cpu % units.hz * ns_per_s / units.hz;
    return nanoseconds(static_cast<std::int64_t>(ns));
}

} // namespace

Result<ClassicOutput> parse_classic(std::string_view text)
{
    ClassicOutput output;
    for (std::size_t number = 1; !text.empty(); ++number) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        TRY(add_line(text.substr(0, end), number, output));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    if (output.slots.empty()) {
        return fail("there is no slot in it");
    }
    output.sorted = !std::ranges::is_sorted(output.slots, {}, &ClassicSlot::jiffies);
    std::ranges::stable_sort(output.slots, {}, &ClassicSlot::jiffies);
    return output;
}

ClassicUnits guess_units(const std::vector<ClassicSlot>& slots)
{
    ClassicUnits units{.hz = 250, .cpu = CpuUnit::jiffies, .step = usual_step(slots)};
    // A timer is late or on time, never early: so the largest HZ whose 50 ms are
    // not longer than the step. Half a jiffy is what a step is rounded by.
    for (const unsigned hz : {100U, 250U, 300U, 1000U}) {
        if (units.step > 0 && hz <= slots_per_s * units.step + slots_per_s / 2) {
            units.hz = hz;
        }
    }
    // A slot has no more jiffies of CPU time than it has on each CPU; nobody has
    // had more than this many of them.
    constexpr std::uint64_t most_cpus = 1024;
    const std::uint64_t step = std::max<std::uint64_t>(units.step, units.hz / slots_per_s);
    for (const ClassicSlot& one : slots) {
        if (one.cpu > step * most_cpus) {
            units.cpu = CpuUnit::nanoseconds;
        }
    }
    return units;
}

nanoseconds time_of_jiffies(std::uint64_t jiffies, std::uint64_t first, unsigned hz)
{
    const std::uint64_t start = (std::uint64_t{1} << 32) - std::uint64_t{300} * hz;
    // Centuries later is as good as never.
    const std::uint64_t passed =
        std::min(jiffies - (first >= start ? start : 0), std::uint64_t{4'000'000'000} * hz);
    return nanoseconds(
        static_cast<std::int64_t>(passed / hz * ns_per_s + passed % hz * ns_per_s / hz));
}

nanoseconds classic_begin(const std::vector<ClassicSlot>& slots, unsigned hz)
{
    return std::max(time_of_jiffies(slots.front().jiffies, slots.front().jiffies, hz) - slot,
                    nanoseconds::zero());
}

std::vector<RecordingEntry> classic_entries(const std::vector<ClassicSlot>& slots,
                                            const ClassicUnits& units)
{
    std::vector<RecordingEntry> entries;
    Sample total;
    total.start = classic_begin(slots, units.hz);
    total.comm = "total";
    Figures figures{.last_tick = total.start, .interval = slot, .wish = slot, .tasks = 1};
    entries.emplace_back(RecordedFigures{total.start, RecordedFigures::Moment::begin, figures});
    for (const ClassicSlot& one : slots) {
        total.time = time_of_jiffies(one.jiffies, slots.front().jiffies, units.hz);
        total.stage = {.first = &one == &slots.front(), .final = &one == &slots.back()};
        total.minor_faults += one.minor_faults;
        total.major_faults += one.major_faults;
        total.cpu_ns += static_cast<std::uint64_t>(cpu_time(one.cpu, units).count());
        entries.emplace_back(total);
    }
    figures.ticks = slots.size();
    figures.last_tick = total.time;
    entries.emplace_back(RecordedFigures{total.time, RecordedFigures::Moment::end, figures});
    entries.emplace_back(RecordingEnd{.time = total.time});
    return entries;
}

} // namespace mp3prof
