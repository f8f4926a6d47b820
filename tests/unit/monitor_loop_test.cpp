// SPDX-License-Identifier: GPL-2.0-or-later
#include "commands/monitor_loop.hpp"
#include "fakes.hpp"
#include "samples.hpp"

#include <doctest/doctest.h>

#include <string>

using namespace mp3prof;
using namespace mp3prof::test;

namespace
{

// Writes what the tests look at: "end elapsed: pid+faults ..." in milliseconds.
class Brief : public Formatter
{
public:
    Rows wanted = Rows::each;

    [[nodiscard]] Rows rows() const override { return wanted; }
    void begin(std::ostream& out) override { out << "begin\n"; }
    void write(std::ostream& out, const Interval& interval, nanoseconds offset) override
    {
        out << (interval.end + offset) / 1ms << ' ' << interval.elapsed / 1ms << ':';
        for (const Row& row : interval.rows) {
            out << ' ' << row.last.pid << '+' << row.delta.minor_faults;
        }
        if (wanted == Rows::only_sum) {
            out << " sum+" << interval.total.delta.minor_faults;
        }
        out << '\n';
    }
};

Batch batch_of(std::uint64_t ticks, nanoseconds time, std::vector<Sample> samples,
               std::uint32_t tasks = 1)
{
    Batch batch;
    batch.samples = kept(std::move(samples));
    batch.figures.ticks = ticks;
    batch.figures.last_tick = time;
    batch.figures.interval = 50ms;
    batch.figures.tasks = tasks;
    batch.now = time + 100us;
    return batch;
}

struct Run {
    FakeSource source;
    FakeSink sink;
    Brief formatter;
    MonitorPlan plan;
    StopRequest stop;
    std::ostringstream words;
    IntervalSeries::Offset offset = [] { return 0ns; };

    std::string output()
    {
        IntervalSeries series(plan.interval, formatter, sink, offset);
        const Status status = monitor_stream(source, plan, series, stop, words);
        return sink.text.str() + (status ? "" : "error: " + status.error().message);
    }
    std::string dump()
    {
        const Status status = monitor_dump(source, plan, formatter, sink, {}, words);
        return sink.text.str() + (status ? "" : "error: " + status.error().message);
    }
};

} // namespace

TEST_CASE("monitor streams from now on, the past is known, not printed")
{
    Run run;
    run.plan.count = 2;
    run.source.past = {batch_of(7, 1000ms,
                                {sample_of(1, 900ms, 100, first), sample_of(1, 1000ms, 110),
                                 sample_of(2, 1000ms, 5, whole_life)})};
    run.source.batches = {batch_of(8, 1050ms, {sample_of(1, 1050ms, 117)}),
                          batch_of(9, 1100ms, {})};
    CHECK(run.output() == "begin\n1050 50: 1+7\n1100 50: 1+0\n");
    CHECK(run.source.intervals == std::vector<nanoseconds>{50ms});
    CHECK(run.words.str().empty());
}

TEST_CASE("a clock that is set during the monitoring shifts no later row")
{
    Run run;
    run.plan.count = 2;
    nanoseconds now = 100s;
    run.offset = [&now] { return std::exchange(now, 200s); };
    run.source.past = {batch_of(1, 1000ms, {sample_of(1, 1000ms, 0, first)})};
    run.source.batches = {batch_of(2, 1050ms, {}), batch_of(3, 1100ms, {})};
    CHECK(run.output() == "begin\n101050 50: 1+0\n201100 50: 1+0\n");
}

TEST_CASE("monitor puts longer intervals together from ticks")
{
    Run run;
    run.plan.interval = 100ms;
    run.plan.count = 2;
    run.source.past = {batch_of(1, 1000ms, {sample_of(1, 1000ms, 0, first)})};
    for (int tick = 1; tick <= 4; ++tick) {
        const nanoseconds time = 1000ms + tick * 50ms;
        run.source.batches.push_back(batch_of(1 + static_cast<unsigned>(tick), time,
                                              {sample_of(1, time, static_cast<unsigned>(tick))}));
    }
    CHECK(run.output() == "begin\n1100 100: 1+2\n1200 100: 1+2\n");
}

namespace
{

// How long the first wait is quiet, after a tick at 1000 ms.
nanoseconds first_quiet(Run& run, std::uint32_t tasks = 1)
{
    run.plan.count = 1;
    run.source.ring.capacity = 65536;
    run.source.past = {batch_of(1, 1000ms, {sample_of(1, 1000ms, 0, first)}, tasks)};
    run.source.batches = {batch_of(2, 60s, {}, tasks)};
    static_cast<void>(run.output());
    return run.source.not_before.front();
}

} // namespace

TEST_CASE("ticks that end no interval do not wake the monitor")
{
    Run run;
    run.plan.interval = 500ms;
    SUBCASE("the one nearest to the end does")
    {
        CHECK(first_quiet(run) == 1475ms);
    }
    SUBCASE("once a second all are read")
    {
        run.plan.interval = 10s;
        CHECK(first_quiet(run) == 2000ms);
    }
    SUBCASE("the ring is not let run over")
    {
        CHECK(first_quiet(run, 4096) == 1200ms);
    }
    SUBCASE("a wake-up for one tick less would be no gain")
    {
        CHECK(first_quiet(run, 8192) == 0ms);
    }
    SUBCASE("its own interval has none to leave out")
    {
        run.plan.interval = 50ms;
        CHECK(first_quiet(run) == 0ms);
    }
    SUBCASE("the end of all is not slept through")
    {
        run.plan.until_idle = true;
        CHECK(first_quiet(run) == 0ms);
    }
    SUBCASE("a wrong PID is named at once")
    {
        run.plan.pids = {1, 7};
        CHECK(first_quiet(run) == 0ms);
    }
}

TEST_CASE("monitor shows only the processes it is asked for")
{
    Run run;
    run.plan.count = 1;
    run.plan.pids = {2};
    run.source.past = {batch_of(1, 1000ms, {sample_of(1, 1000ms, 3, first)})};
    run.source.batches = {
        batch_of(2, 1050ms, {sample_of(1, 1050ms, 4), sample_of(2, 1050ms, 6, first)})};
    CHECK(run.output() == "begin\n1050 50: 2+6\n");
    CHECK(run.words.str().empty());
}

TEST_CASE("monitor names the processes it is asked for and hears nothing of")
{
    Run run;
    run.plan.count = 3;
    run.plan.pids = {1, 2, 3, 4};
    run.source.past = {batch_of(1, 1000ms,
                                {sample_of(1, 1000ms, 3, first), sample_of(2, 900ms, 3, first),
                                 sample_of(2, 1000ms, 3, exited)})};
    run.source.batches = {batch_of(2, 1050ms, {}),
                          batch_of(3, 1100ms, {sample_of(4, 1100ms, 7, first)}),
                          batch_of(4, 1150ms, {})};
    CHECK(run.output() == "begin\n1050 50: 1+0\n1100 50: 1+0 4+7\n1150 50: 1+0 4+0\n");
    CHECK(run.words.str() == "mp3prof: no record of process 2 yet; waiting (mp3prof register 2)\n"
                             "mp3prof: no record of process 3 yet; waiting (mp3prof register 3)\n");
}

TEST_CASE("monitor ends when nothing is registered any more")
{
    Run run;
    run.plan.until_idle = true;
    run.source.past = {batch_of(1, 1000ms, {sample_of(1, 1000ms, 1, first)})};
    run.source.batches = {batch_of(2, 1050ms, {sample_of(1, 1050ms, 2)}),
                          batch_of(3, 1060ms, {sample_of(1, 1055ms, 9, exited)}, 0)};
    CHECK(run.output() == "begin\n1050 50: 1+1\n1060 10: 1+7\n");
}

TEST_CASE("monitor ends at once when nothing is registered and it should end then")
{
    Run run;
    run.plan.until_idle = true;
    run.source.past = {batch_of(1, 1000ms, {}, 0)};
    CHECK(run.output() == "begin\n");
    CHECK(run.words.str().empty());
}

TEST_CASE("monitor says that it waits when nothing is registered, and begins with the first")
{
    Run run;
    run.plan.count = 1;
    run.source.past = {batch_of(1, 1000ms, {}, 0)};
    run.source.batches = {batch_of(1, 1000ms, {}, 0),
                          batch_of(2, 900'000ms, {sample_of(1, 900'000ms, 4, first)})};
    CHECK(run.output() == "begin\n900000 50: 1+4\n");
    CHECK(run.words.str().find("nothing is registered") != std::string::npos);
    CHECK(run.source.deadlines == std::vector<std::optional<nanoseconds>>{{}, {}});
}

TEST_CASE("while the sampler rests, the clock ends the last interval")
{
    Run run;
    run.plan.interval = 1000ms;
    run.plan.count = 1;
    run.source.past = {batch_of(1, 1000ms, {sample_of(1, 1000ms, 0, first)})};
    Batch rest = batch_of(2, 1050ms, {}, 0);
    rest.now = 2000ms;
    run.source.batches = {batch_of(2, 1050ms, {sample_of(1, 1040ms, 9, exited)}, 0), rest};
    CHECK(run.output() == "begin\n2000 1000: 1+9\n");
    CHECK(run.source.deadlines.back() == 2000ms);
}

TEST_CASE("monitor ends after its duration and prints what is left")
{
    Run run;
    run.plan.interval = 1000ms;
    run.plan.duration = 120ms;
    run.source.past = {batch_of(1, 1000ms, {sample_of(1, 1000ms, 0, first)})};
    run.source.batches = {batch_of(2, 1050ms, {sample_of(1, 1050ms, 1)}),
                          batch_of(3, 1100ms, {sample_of(1, 1100ms, 2)}),
                          batch_of(4, 1150ms, {sample_of(1, 1150ms, 3)})};
    CHECK(run.output() == "begin\n1150 150: 1+3\n");
    CHECK(run.source.deadlines.at(0) == 1000ms + 100us + 120ms);
}

TEST_CASE("monitor ends when it is told to, with what it has")
{
    Run run;
    run.plan.interval = 1000ms;
    run.stop.wanted = [] { return true; };
    run.source.past = {batch_of(1, 1000ms, {sample_of(1, 1000ms, 0, first)})};
    Batch woken = batch_of(2, 1050ms, {sample_of(1, 1050ms, 1)});
    woken.woken = true;
    run.source.batches = {woken};
    CHECK(run.output() == "begin\n1050 50: 1+1\n");
}

TEST_CASE("monitor reports an overrun with its exact count, and totals stay right")
{
    Run run;
    run.plan.count = 1;
    run.source.past = {batch_of(1, 1000ms, {sample_of(1, 1000ms, 10, first)})};
    Batch overrun = batch_of(9, 1050ms, {sample_of(1, 1050ms, 300)});
    overrun.missed = 42;
    run.source.batches = {overrun};
    CHECK(run.output() == "begin\n1050 50: 1+290\n");
    CHECK(run.words.str() == "mp3prof: overrun: 42 records missed (the totals of processes that "
                             "run on are not affected)\n");
}

TEST_CASE("monitor ends silently when nobody reads any more")
{
    Run run;
    run.sink.closed_after = 2;
    run.source.past = {batch_of(1, 1000ms, {sample_of(1, 1000ms, 10, first)})};
    run.source.batches = {batch_of(2, 1050ms, {}), batch_of(3, 1100ms, {}),
                          batch_of(4, 1150ms, {})};
    CHECK(run.output() == "begin\n1050 50: 1+0\n1100 50: 1+0\n");
    CHECK(run.source.batches.size() == 1);
}

TEST_CASE("a source that fails is an error")
{
    Run run;
    run.source.past = {batch_of(1, 1000ms, {})};
    CHECK(run.output() == "begin\nerror: the test has no more batches");
}

TEST_CASE("dump prints a row a record, deltas against the record before")
{
    Run run;
    run.source.past = {batch_of(1, 1100ms,
                                {sample_of(1, 1000ms, 100), sample_of(2, 1000ms, 7, first),
                                 sample_of(1, 1050ms, 110), sample_of(2, 1050ms, 9, exited)})};
    CHECK(run.dump() == "begin\n1000 0: 1+0\n1000 0: 2+7\n1050 50: 1+10\n1050 50: 2+2\n");
}

TEST_CASE("dump reports what was overwritten while it read")
{
    Run run;
    run.source.past = {batch_of(1, 1100ms, {sample_of(1, 1000ms, 100, first)})};
    run.source.past.front().missed = 1;
    CHECK(run.dump() == "begin\n1000 0: 1+100\n");
    CHECK(run.words.str() == "mp3prof: overrun: 1 record missed (the totals of processes that run "
                             "on are not affected)\n");
}

TEST_CASE("dump of sums prints an interval a tick")
{
    Run run;
    run.source.past = {batch_of(1, 1100ms,
                                {sample_of(1, 1000ms, 100, first), sample_of(2, 1000ms, 7, first),
                                 sample_of(1, 1050ms, 110)})};
    run.formatter.wanted = Rows::only_sum;
    CHECK(run.dump() == "begin\n1000 0: sum+107\n1050 50: sum+10\n");
}

TEST_CASE("dump of an empty ring is empty")
{
    Run run;
    run.source.past = {batch_of(0, 0ms, {}, 0)};
    CHECK(run.dump() == "begin\n");
}
