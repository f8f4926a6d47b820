// SPDX-License-Identifier: GPL-2.0-or-later
// A loop that has a CPU to itself, sampled every millisecond from another one.
#include "burner.hpp"
#include "figure.hpp"
#include "parts.hpp"
#include "schedule.hpp"
#include "stage.hpp"
#include "support/status.hpp"

#include <cmath>
#include <vector>

#include <unistd.h>

namespace bench
{

static std::vector<mp3_record> records_of(const Stage& stage, pid_t pid, std::uint64_t from)
{
    std::vector<mp3_record> records;
    guest::Reader reader{stage.map(), from};
    while (const auto record = reader.next())
        if (static_cast<pid_t>(record->pid) == pid)
            records.push_back(*record);
    return records;
}

// The other way that a figure that runs ahead could betray itself.
static void judge(const std::vector<mp3_record>& records)
{
    int close = 0;
    int backwards = 0;
    for (std::size_t i = 1; i < records.size(); ++i) {
        const auto wall = static_cast<double>(records[i].time_ns - records[i - 1].time_ns);
        const auto cpu = static_cast<double>(
            static_cast<std::int64_t>(records[i].cpu_ns - records[i - 1].cpu_ns));
        close += std::abs(cpu / wall - 1) <= 0.05 ? 1 : 0;
        backwards += cpu < 0 ? 1 : 0;
    }
    figure("accuracy.within_5_percent", 100.0 * close / static_cast<double>(records.size() - 1));
    figure("accuracy.backwards", backwards);
}

void measure_accuracy(const Options&)
{
    demand(sysconf(_SC_NPROCESSORS_ONLN) == 2, "this needs two CPUs");
    constexpr std::uint64_t intervals = 2'000;
    const Stage stage;
    const Burner burner{1};
    pin(stage.sampler(), 0);
    pin(0, 0);
    demand(guest::set_interval(stage.fd(), 1'000'000) == 0, "the interval cannot be set");
    demand(guest::register_pid(burner.pid()) == 0, "the loop cannot be registered");
    sleep_ns(100'000'000);
    const std::uint64_t from = stage.map().head();
    sleep_ns(intervals * 1'000'000);
    const auto records = records_of(stage, burner.pid(), from);
    figure("accuracy.intervals", static_cast<double>(records.size()));
    demand(records.size() > 10, "the loop has no records");
    judge(records);
}

} // namespace bench
