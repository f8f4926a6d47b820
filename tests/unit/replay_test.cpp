// SPDX-License-Identifier: GPL-2.0-or-later
#include "commands/interval_series.hpp"
#include "commands/replay.hpp"
#include "fakes.hpp"
#include "recordings.hpp"

#include <algorithm>

using namespace mp3prof;
using namespace mp3prof::test;

namespace
{

// "end: pid+faults ..." in milliseconds, of intervals in which something lives.
class Brief : public Formatter
{
public:
    [[nodiscard]] Rows rows() const override { return Rows::each; }
    void begin(std::ostream& /*out*/) override {}
    void write(std::ostream& out, const Interval& interval, nanoseconds /*offset*/) override
    {
        out << interval.end / 1ms << ':';
        for (const Row& row : interval.rows) {
            out << ' ' << row.last.pid << '+' << row.delta.minor_faults;
        }
        out << '\n';
    }
};

constexpr RecordedFigures begin_at_1s{.time = 1s,
                                      .moment = RecordedFigures::Moment::begin,
                                      .figures = {.last_tick = 1s, .interval = 50ms, .tasks = 1}};

std::string replayed(const std::vector<RecordingEntry>& entries, nanoseconds interval = 50ms)
{
    const TemporaryFolder folder;
    write_recording(folder.path("a.rec"), entries);
    Result<RecordingReader> reader = RecordingReader::open(folder.path("a.rec"));
    REQUIRE(reader);
    Brief formatter;
    FakeSink sink;
    IntervalSeries series(interval, formatter, sink, [] { return 0ns; });
    REQUIRE(replay(*reader, series));
    return sink.text.str();
}

} // namespace

TEST_CASE("a recording gives the rows that a monitor would have printed")
{
    CHECK(replayed({begin_at_1s, KnownBefore{sample_of(1, 900ms, 100)}, sample_of(1, 1050ms, 107),
                    sample_of(2, 1050ms, 3, first), sample_of(1, 1100ms, 108),
                    sample_of(2, 1100ms, 9, exited), sample_of(1, 1150ms, 109),
                    RecordingEnd{.time = 1160ms}}) == "1050: 1+7 2+3\n1100: 1+1 2+6\n1150: 1+1\n");
}

TEST_CASE("rows are put together to longer intervals")
{
    CHECK(replayed({begin_at_1s, sample_of(1, 1050ms, 7, first), sample_of(1, 1100ms, 8),
                    sample_of(1, 1150ms, 9), sample_of(1, 1200ms, 11)},
                   100ms) == "1100: 1+8\n1200: 1+3\n");
}

TEST_CASE("ticks in which nothing changed have their rows")
{
    CHECK(replayed({begin_at_1s, sample_of(1, 1050ms, 7, first), sample_of(1, 1200ms, 9)}) ==
          "1050: 1+7\n1100: 1+0\n1150: 1+0\n1200: 1+2\n");
}

TEST_CASE("a time in which nothing was registered has no rows")
{
    const std::string rows = replayed({begin_at_1s, sample_of(1, 1050ms, 7, whole_life),
                                       sample_of(2, 3600s, 1, first), sample_of(2, 3601s, 2)});
    CHECK(rows.starts_with("1050: 1+7\n"));
    CHECK(rows.ends_with("3601000: 2+1\n"));
    CHECK(std::ranges::count(rows, '\n') < 200);
}

TEST_CASE("a recording of nothing has no rows")
{
    CHECK(replayed({begin_at_1s}).empty());
    CHECK(replayed({}).empty());
}
