// SPDX-License-Identifier: GPL-2.0-or-later
// What the tool reads of a process in /proc, whatever stands there: a name is a
// process's own choice.
#include "device/proc_stat.hpp"

#include "fuzz.hpp"

#include <fmt/format.h>

using namespace mp3prof;
using namespace mp3prof::fuzz;

namespace
{

// Any text: it is taken or not, and nothing is read beyond it.
void check_any_text(std::string_view text)
{
    // A copy ends where the text does, so that the sanitizer sees who goes on.
    const std::string copy(text);
    if (const auto stat = parse_stat(copy)) {
        FUZZ_CHECK(stat->pid > 0);
        FUZZ_CHECK(copy.find('(') < copy.rfind(')'));
    }
    if (const auto status = parse_status(copy)) {
        FUZZ_CHECK(status->tgid > 0);
        FUZZ_CHECK(status->swap_bytes % 1024 == 0);
    }
    for_each_pid(copy, [](pid_t pid) { FUZZ_CHECK(pid > 0); });
}

// Any name: the figures around it are those that were written.
void check_any_name(Input& input)
{
    const std::uint64_t faults = input.number();
    const std::uint64_t start = input.number();
    const auto threads = static_cast<std::uint32_t>(input.number(4));
    const std::string_view name = input.rest();
    const auto stat = parse_stat(
        fmt::format("7 ({}) S 1 5 5 0 -1 4194560 {} 91 4 92 5 6 93 94 20 0 {} 0 {} 313 9 1\n", name,
                    faults, threads, start));
    FUZZ_CHECK(stat.has_value());
    FUZZ_CHECK(stat->pid == 7);
    FUZZ_CHECK(stat->state == 'S');
    FUZZ_CHECK(stat->ppid == 1);
    FUZZ_CHECK(stat->minor_faults == faults);
    FUZZ_CHECK(stat->major_faults == 4);
    FUZZ_CHECK(stat->utime_ticks == 5);
    FUZZ_CHECK(stat->stime_ticks == 6);
    FUZZ_CHECK(stat->threads == threads);
    FUZZ_CHECK(stat->start_ticks == start);
    FUZZ_CHECK(stat->rss_pages == 9);
    FUZZ_CHECK(stat->comm == name.substr(0, std::min(name.find('\0'), ProcessName::longest)));
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    Input input(data, size);
    if (input.flag()) {
        check_any_name(input);
    } else {
        check_any_text(input.rest());
    }
    return 0;
}
