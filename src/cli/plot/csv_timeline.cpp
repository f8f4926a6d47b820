// SPDX-License-Identifier: GPL-2.0-or-later
#include "plot/csv_timeline.hpp"

#include "plot/timeline_builder.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <limits>
#include <optional>

namespace mp3prof
{

namespace
{

// The columns that are read, in the order of their names below.
enum class Wanted { end, elapsed, pid, start, comm, exited, minflt, majflt, cpu, rss, swap };

constexpr std::array<std::string_view, 11> names{
    "monotonic_ns", "elapsed_ns", "pid",    "start_ns",  "comm",      "exited",
    "minflt",       "majflt",     "cpu_ns", "rss_bytes", "swap_bytes"};

using Columns = std::array<std::size_t, names.size()>;

Result<Columns> columns_of(const std::vector<std::string>& header)
{
    Columns columns{};
    for (std::size_t i = 0; i < names.size(); ++i) {
        const auto at = std::ranges::find(header, names[i]);
        if (at == header.end()) {
            return fail("its first line has no column {}", names[i]);
        }
        columns[i] = static_cast<std::size_t>(at - header.begin());
    }
    return columns;
}

// One line; what a source did not know is empty, and zero here.
class CsvRow
{
public:
    CsvRow(const Columns& columns, std::vector<std::string> fields)
        : columns_(columns), fields_(std::move(fields))
    {
    }

    [[nodiscard]] const std::string& text(Wanted column) const
    {
        return fields_[columns_[static_cast<std::size_t>(column)]];
    }
    [[nodiscard]] bool is_empty(Wanted column) const { return text(column).empty(); }
    // No column of ours goes as far as a half of what a number holds.
    [[nodiscard]] std::optional<std::uint64_t> number(Wanted column) const
    {
        const std::string& digits = text(column);
        std::uint64_t value = 0;
        const char* const last = digits.data() + digits.size();
        const auto [rest, error] = std::from_chars(digits.data(), last, value);
        const bool sound = error == std::errc{} && rest == last &&
                           value < std::numeric_limits<std::uint64_t>::max() / 4;
        return sound ? std::optional(value) : std::nullopt;
    }
    [[nodiscard]] nanoseconds time(Wanted column) const
    {
        return nanoseconds(static_cast<std::int64_t>(number(column).value_or(0)));
    }
    [[nodiscard]] std::uint64_t count(Wanted column) const { return number(column).value_or(0); }

private:
    const Columns& columns_;
    std::vector<std::string> fields_;
};

bool is_sound(const CsvRow& row)
{
    const auto is_good = [&](Wanted column) {
        return column == Wanted::comm || row.number(column).has_value() ||
               (row.is_empty(column) && (column == Wanted::pid || column >= Wanted::minflt));
    };
    for (std::size_t i = 0; i < names.size(); ++i) {
        if (!is_good(static_cast<Wanted>(i))) {
            return false;
        }
    }
    return row.count(Wanted::pid) <= std::numeric_limits<pid_t>::max();
}

Step step_of(const CsvRow& row, nanoseconds begin)
{
    const nanoseconds at = std::max(row.time(Wanted::end) - begin, nanoseconds::zero());
    return {.begin = std::max(at - row.time(Wanted::elapsed), nanoseconds::zero()),
            .end = at,
            .minor_faults = row.count(Wanted::minflt),
            .major_faults = row.count(Wanted::majflt),
            .cpu_ns = row.count(Wanted::cpu),
            .rss_bytes = row.count(Wanted::rss),
            .swap_bytes = row.count(Wanted::swap)};
}

} // namespace

std::vector<std::string> csv_fields(std::string_view line)
{
    std::vector<std::string> fields(1);
    bool quoted = false;
    for (std::size_t at = 0; at < line.size(); ++at) {
        const char c = line[at];
        if (c == '"' && quoted && line.substr(at + 1).starts_with('"')) {
            fields.back() += line[++at];
        } else if (c == '"') {
            quoted = !quoted;
        } else if (c == ',' && !quoted) {
            fields.emplace_back();
        } else if (c != '\r') {
            fields.back() += c;
        }
    }
    return fields;
}

bool is_csv_header(std::string_view line)
{
    return line.starts_with("time,monotonic_ns,");
}

Result<Timeline> read_csv_timeline(std::istream& in, const std::string& file, std::ostream& words)
{
    std::string line;
    std::getline(in, line);
    const std::vector<std::string> header = csv_fields(line);
    TRY_ASSIGN(const Columns columns, columns_of(header));
    Timeline blank;
    blank.file = file;
    std::optional<nanoseconds> begin;
    std::optional<TimelineBuilder> builder;
    nanoseconds length{};
    std::map<nanoseconds, std::size_t> lengths; // of intervals, how often
    for (std::size_t number = 2; std::getline(in, line); ++number) {
        if (in.eof()) { // before the end of its line, however much it has
            words << fmt::format(
                "mp3prof: {}: it ends in the midst of line {}, which is left out\n", file, number);
            break;
        }
        std::vector<std::string> fields = csv_fields(line);
        if (fields.size() != header.size()) {
            return fail("line {} has {} fields, not {}", number, fields.size(), header.size());
        }
        const CsvRow row(columns, std::move(fields));
        if (!is_sound(row)) {
            return fail("line {} has something that is no number", number);
        }
        if (!begin) {
            begin =
                std::max(row.time(Wanted::end) - row.time(Wanted::elapsed), nanoseconds::zero());
            blank.memory_known = !row.is_empty(Wanted::swap);
            builder.emplace(std::move(blank));
        }
        ++lengths[row.time(Wanted::elapsed)];
        const Step step = step_of(row, *begin);
        const bool is_sum = row.count(Wanted::pid) == 0; // of processes that come and go
        const bool born_here = !is_sum && row.time(Wanted::start) >= *begin;
        builder->add({static_cast<pid_t>(row.count(Wanted::pid)), row.time(Wanted::start)},
                     row.text(Wanted::comm), step, !is_sum && row.count(Wanted::exited) != 0,
                     born_here ? std::optional(row.time(Wanted::start) - *begin) : std::nullopt);
        length = std::max(length, step.end);
    }
    if (!builder) {
        return blank;
    }
    Timeline timeline = builder->finish(length);
    // The first interval may be shorter, as may the last.
    timeline.interval =
        std::ranges::max_element(lengths, {}, [](const auto& item) { return item.second; })->first;
    return timeline;
}

} // namespace mp3prof
