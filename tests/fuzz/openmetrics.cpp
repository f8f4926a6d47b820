// SPDX-License-Identifier: GPL-2.0-or-later
// Metrics: whatever processes call themselves, each line is one sample that a
// reader takes apart, and no series is there twice.
#include "format/openmetrics.hpp"

#include "fuzz.hpp"

#include <set>
#include <sstream>

using namespace mp3prof;
using namespace mp3prof::fuzz;

namespace
{

// Takes NAME{LABEL="VALUE",...} NUMBER apart; false where it is not so.
bool is_sample(std::string_view line)
{
    const std::size_t brace = line.find_first_of("{ ");
    if (brace == 0 || brace == std::string_view::npos || !line.starts_with("mp3prof_")) {
        return false;
    }
    std::string_view rest = line.substr(brace);
    while (rest.front() == '{' || rest.front() == ',') {
        const std::size_t quote = rest.find('"');
        std::size_t end = quote + 1;
        while (end < rest.size() && rest[end] != '"') {
            end += rest[end] == '\\' ? 2 : 1;
        }
        if (quote == std::string_view::npos || end + 1 >= rest.size()) {
            return false;
        }
        rest.remove_prefix(end + 1);
        if (rest.front() == '}') {
            rest.remove_prefix(1);
            break;
        }
    }
    return rest.starts_with(' ') && rest.size() > 1 &&
           rest.find_first_not_of("0123456789.", 1) == std::string_view::npos;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    Input input(data, size);
    GroupTable table({}, 1 + input.below(20));
    Interval interval;
    std::uint64_t faults = 0;
    for (pid_t pid = 1; !input.empty() && pid < 100; ++pid) {
        Row& row = interval.rows.emplace_back();
        row.last.pid = pid;
        row.last.comm = input.word();
        row.delta.minor_faults = input.number(4);
        faults += row.delta.minor_faults;
    }
    table.add(interval);
    std::uint64_t sum = 0;
    for (const auto& [name, group] : table.groups()) {
        sum += group.used.minor_faults;
    }
    FUZZ_CHECK(sum == faults);

    std::ostringstream text;
    write_metrics(text, {.groups = table.groups(),
                         .sampler = {},
                         .missed_records = input.number(),
                         .knows = {.switches = size % 2 == 0}});
    FUZZ_CHECK(is_harmless(text.str()) && text.str().ends_with("\n# EOF\n"));
    std::set<std::string> series;
    std::istringstream lines(text.str());
    for (std::string line; std::getline(lines, line);) {
        if (!line.starts_with("# ")) {
            FUZZ_CHECK(is_sample(line));
            FUZZ_CHECK(series.insert(line.substr(0, line.rfind(' '))).second);
        }
    }
    return 0;
}
