// SPDX-License-Identifier: GPL-2.0-or-later
// Registered in the middle of its life: what counts is what came after. And
// its own counters go on as if nobody looked.
#include "support/child.hpp"
#include "support/clock.hpp"
#include "support/device.hpp"
#include "support/figures.hpp"
#include "support/followed.hpp"
#include "support/load.hpp"

#include <doctest/doctest.h>

#include <sys/wait.h>

using namespace guest;

namespace
{

// The child's own getrusage() stands a few calls away from the registration,
// so its CPU time cannot agree to the millisecond; its faults do.
constexpr long long later_cpu_tolerance_ns = 20'000'000;

// A child that reports its usage, waits, touches pages, reports again, waits.
class Reporter
{
public:
    explicit Reporter(long pages) : child_{[=, this] { return report(pages); }} {}

    pid_t pid() const { return child_.pid(); }
    void go() const { go_.open(); }
    rusage usage() const
    {
        rusage usage{};
        REQUIRE(mail_.receive(usage));
        return usage;
    }
    Outcome finish()
    {
        for (int round = 0; round < rounds + 1; ++round)
            go();
        return child_.reap();
    }

    // Blocked in read(), so that nothing of it is running any more.
    void wait_blocked() const
    {
        REQUIRE(
            eventually([&] { return !proc_stat(pid()).empty() && proc_stat(pid())[0] == 'S'; }));
    }

private:
    int report(long pages) const
    {
        for (int round = 0; round < rounds; ++round) { // the first one warms its pages up
            mail_.send(own_usage());
            go_.wait();
            touch_pages(pages);
        }
        mail_.send(own_usage());
        go_.wait();
        return 0;
    }

    static constexpr int rounds = 3;

    Mail<rusage> mail_;
    Gate go_;
    Child child_;
};

long faults(const rusage& usage)
{
    return usage.ru_minflt + usage.ru_majflt;
}

} // namespace

TEST_SUITE("exact")
{

    TEST_CASE("registered later: faults and time since then")
    {
        EmptyRegistry empty;
        History history;
        Reporter child{500};
        child.usage();
        child.go();
        const rusage before = child.usage();
        child.wait_blocked();
        REQUIRE(register_pid(child.pid()) == 0);
        child.go();
        const rusage after = child.usage();
        child.wait_blocked();
        const auto record = history.wait_fresh(child.pid());
        REQUIRE(record);
        CHECK(static_cast<long>(record->min_flt) == after.ru_minflt - before.ru_minflt);
        CHECK(static_cast<long>(record->maj_flt) == after.ru_majflt - before.ru_majflt);
        const long long cpu = cpu_ns(after) - cpu_ns(before);
        CHECK(std::llabs(static_cast<long long>(record->cpu_ns) - cpu) < later_cpu_tolerance_ns);
        CHECK((record->flags & MP3_RECORD_FOLLOWED) == 0);

        REQUIRE(unregister_pid(child.pid()) == 0);
        REQUIRE(history.wait_final(child.pid()));
        const mp3_record last = *history.final_of(child.pid());
        CHECK((last.flags & MP3_RECORD_EXITED) == 0);
        CHECK(last.min_flt == record->min_flt);
    }

    TEST_CASE("registered later, to the end: wait4() less what was before")
    {
        EmptyRegistry empty;
        History history;
        Reporter child{100};
        child.usage();
        child.go();
        const rusage before = child.usage();
        child.wait_blocked();
        REQUIRE(register_pid(child.pid()) == 0);
        child.go();
        child.usage();
        child.go();
        child.usage();
        child.go();
        const Outcome outcome = child.finish();
        REQUIRE(history.wait_final(child.pid()));
        const mp3_record* record = history.final_of(child.pid());
        CHECK((record->flags & MP3_RECORD_EXITED) != 0);
        CHECK(static_cast<long>(record->min_flt + record->maj_flt) ==
              faults(outcome.usage) - faults(before));
    }

    TEST_CASE("registered again: a new registration counts from zero")
    {
        EmptyRegistry empty;
        History history;
        Child child{[] {
            sleep_for_ever();
            return 0;
        }};
        for (int i = 0; i < 3; ++i) {
            history.update();
            const std::size_t seen = history.all().size();
            REQUIRE(register_pid(child.pid()) == 0);
            REQUIRE(unregister_pid(child.pid()) == 0);
            REQUIRE(eventually([&] {
                history.update();
                return history.all().size() > seen &&
                       (history.all().back().flags & MP3_RECORD_FINAL) != 0;
            }));
            CHECK((history.all()[seen].flags & MP3_RECORD_FIRST) != 0);
            CHECK(history.all().back().min_flt <= 64); // it sleeps; its first faults are long over
        }
    }

    TEST_CASE("nothing of the process is zeroed: /proc/PID/stat counts on")
    {
        EmptyRegistry empty;
        Reporter child{400};
        child.usage();
        REQUIRE(register_pid(child.pid()) == 0);
        child.go();
        child.usage();
        REQUIRE(wait_ticks(3));
        child.go();
        const rusage usage = child.usage();
        child.wait_blocked();
        REQUIRE(wait_ticks(3));
        const auto fields = proc_stat(child.pid());
        REQUIRE(fields.size() > 12);
        CHECK(fields[10 - 3] == usage.ru_minflt);
        CHECK(fields[12 - 3] == usage.ru_majflt);
        CHECK(usage.ru_minflt >= 800);
        const long long tick_ns = 1'000'000'000 / sysconf(_SC_CLK_TCK);
        const long long stat_ns = (fields[14 - 3] + fields[15 - 3]) * tick_ns;
        CHECK(std::llabs(stat_ns - cpu_ns(usage)) <= 2 * tick_ns + later_cpu_tolerance_ns);
        child.go();
        const Outcome outcome = child.finish();
        CHECK(outcome.usage.ru_minflt >= usage.ru_minflt);
        CHECK(cpu_ns(outcome.usage) >= cpu_ns(usage));
    }
}
