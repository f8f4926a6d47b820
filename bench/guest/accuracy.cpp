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

namespace bench
{

constexpr std::uint64_t interval = 1'000'000;

static std::vector<mp3_record> records_of(const Stage& stage, pid_t pid, std::uint64_t from)
{
    std::vector<mp3_record> records;
    guest::Reader reader{stage.map(), from};
    while (const auto record = reader.next())
        if (static_cast<pid_t>(record->pid) == pid)
            records.push_back(*record);
    return records;
}

// A tick without a record is one in which nothing was seen to change. One may be
// missed here: emulated CPUs take turns.
static void judge(const std::vector<mp3_record>& records, std::uint64_t ticks)
{
    int close = 0;
    int too_long = 0;
    int backwards = 0;
    for (std::size_t i = 1; i < records.size(); ++i) {
        const auto wall = static_cast<double>(records[i].time_ns - records[i - 1].time_ns);
        const auto cpu = static_cast<double>(
            static_cast<std::int64_t>(records[i].cpu_ns - records[i - 1].cpu_ns));
        if (wall >= 2.5 * interval)
            ++too_long;
        else
            close += std::abs(cpu / wall - 1) <= 0.05 ? 1 : 0;
        backwards += cpu < 0 ? 1 : 0;
    }
    const auto share = [&](double count) { return 100 * count / static_cast<double>(ticks); };
    const auto intervals = static_cast<double>(records.size()) - 1;
    figure("accuracy.within_5_percent", share(close));
    figure("accuracy.too_long", share(too_long));
    figure("accuracy.off", share(intervals - close - too_long));
    figure("accuracy.backwards", backwards);
}

void measure_accuracy(const Options&)
{
    start_second_cpu();
    const Stage stage;
    const Burner burner{1};
    pin(stage.sampler(), 0);
    pin(0, 0);
    demand(guest::set_interval(stage.fd(), interval) == 0, "the interval cannot be set");
    demand(guest::register_pid(burner.pid()) == 0, "the loop cannot be registered");
    sleep_ns(100'000'000);
    const std::uint64_t from = stage.map().head();
    const std::uint64_t tick = stage.map().figures().tick;
    sleep_ns(1'000 * interval);
    const std::uint64_t ticks = stage.map().figures().tick - tick;
    figure("accuracy.ticks", static_cast<double>(ticks));
    demand(ticks > 300, "too few ticks are held");
    judge(records_of(stage, burner.pid(), from), ticks);
}

} // namespace bench
