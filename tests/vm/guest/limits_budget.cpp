// SPDX-License-Identifier: GPL-2.0-or-later
// The budget: the sampler's share of a CPU by the kernel's own books, the ticks
// that it leaves out for it, and the way back. The long cases are not run unless
// asked for (-ts=limits-budget --no-skip): 10000 processes at 1 ms. In virtual
// time they are exact whatever else the machine does.
#include "support/child.hpp"
#include "support/clock.hpp"
#include "support/crowd.hpp"
#include "support/device.hpp"
#include "support/figures.hpp"
#include "support/load.hpp"
#include "support/parameter.hpp"
#include "support/ring.hpp"
#include "support/sampler.hpp"
#include "support/skip.hpp"
#include "support/status.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <functional>

#include <unistd.h>

using namespace guest;

namespace
{

constexpr std::uint64_t ms = 1'000'000;
constexpr std::uint64_t ns_per_s = 1'000'000'000;
constexpr std::uint64_t wish = 1 * ms;
constexpr std::chrono::seconds long_patience{600};

std::int64_t difference(std::uint64_t a, std::uint64_t b)
{
    return static_cast<std::int64_t>(a - b);
}

// What is known right after a tick.
struct Moment {
    std::uint64_t now;
    std::uint64_t by_schedstat;
    std::uint64_t by_stat;
    mp3_figures figures;
};

// The device at a wish of 1 ms, a share, and a crowd that makes it too much.
class Loaded
{
public:
    Loaded(int processes, unsigned percent, const std::function<int()>& life = {})
        : share_{"max_cpu_percent"}, device_{open_device()}, map_{device_.get()}, crowd_{processes,
                                                                                         life}
    {
        REQUIRE(map_.valid());
        REQUIRE(sampler_.found());
        REQUIRE(crowd_.complete());
        REQUIRE(share_.set(std::to_string(percent)) == 0);
        REQUIRE(set_interval(device_.get(), wish) == 0);
        REQUIRE(crowd_.register_all() == 0);
        // What was saved is spent first: a second's share of ticks of 1 ms.
        for (int ticks = 0; tick().figures.interval_ns == wish; ++ticks)
            REQUIRE(ticks < 10'000);
        for (int i = 0; i < 5; ++i) // until the interval is what the load asks for
            tick();
    }

    Moment tick()
    {
        REQUIRE(read_ticks(device_.get()) > 0);
        Moment moment{};
        moment.figures = map_.figures();
        moment.by_schedstat = sampler_.by_schedstat().value_or(0);
        moment.by_stat = sampler_.by_stat();
        moment.now = now_ns();
        return moment;
    }

    const RingMap& map() const { return map_; }
    bool has_schedstat() const { return sampler_.by_schedstat().has_value(); }
    Crowd& crowd() { return crowd_; }

private:
    EmptyRegistry empty_;
    SamplerThread sampler_;
    Parameter share_;
    Fd device_;
    RingMap map_;
    Crowd crowd_;
};

// The largest cost of one pass, and the largest lateness of a tick against the
// interval that was published for it.
struct Worst {
    std::uint64_t pass = 0;
    std::int64_t late = 0;

    void take(const Moment& last, const Moment& moment)
    {
        const std::uint64_t gap = moment.figures.last_tick_ns - last.figures.last_tick_ns;
        pass = std::max(pass, moment.by_schedstat - last.by_schedstat);
        late = std::max(late, difference(gap, last.figures.interval_ns));
    }
};

// A tick after which none was missed: the grid's place is known exactly.
Moment clean_tick(Loaded& loaded, Worst& worst)
{
    Moment last = loaded.tick();
    for (;;) {
        const Moment moment = loaded.tick();
        worst.take(last, moment);
        if (moment.figures.missed_ticks == last.figures.missed_ticks)
            return moment;
        last = moment;
    }
}

// Steps of the grid between two ticks, as the clock says and as is admitted.
void check_ticks(const Moment& begin, const Moment& end, const Worst& worst)
{
    const std::uint64_t elapsed = end.figures.last_tick_ns - begin.figures.last_tick_ns;
    const std::uint64_t steps = (elapsed + wish / 2) / wish;
    const std::uint64_t admitted = end.figures.tick - begin.figures.tick +
                                   end.figures.missed_ticks - begin.figures.missed_ticks +
                                   end.figures.throttled_ticks - begin.figures.throttled_ticks;
    CAPTURE(steps);
    CAPTURE(admitted);
    // Each of the two ticks began some time after its place: one of them late.
    const auto late_steps = worst.late / static_cast<std::int64_t>(wish);
    CHECK(std::llabs(difference(steps, admitted)) <= 2 + late_steps);
    CHECK(end.figures.throttled_ticks > begin.figures.throttled_ticks);
}

void print_share(const char* what, unsigned percent, std::uint64_t spent, std::uint64_t elapsed)
{
    std::printf("max_cpu_percent %u: %s %.3f %% of %.1f s\n", percent, what,
                100.0 * static_cast<double>(spent) / static_cast<double>(elapsed),
                static_cast<double>(elapsed) / static_cast<double>(ns_per_s));
    std::fflush(stdout);
}

Moment run_until(Loaded& loaded, Moment last, std::uint64_t end_ns, Worst& worst)
{
    for (int ticks = 0; last.now < end_ns || ticks < 10; ++ticks) {
        const Moment moment = loaded.tick();
        worst.take(last, moment);
        last = moment;
    }
    return last;
}

// A life that leaves the sampler something to read at most ticks.
int fault_and_nap()
{
    for (;;) {
        touch_pages(1);
        sleep_until_ns(now_ns() + 50 * ms);
    }
}

// The sampler's share of a CPU in a window of that many seconds and 10 ticks.
void check_share(int processes, unsigned percent, std::uint64_t seconds,
                 const std::function<int()>& life = {})
{
    Loaded loaded{processes, percent, life};
    if (!loaded.has_schedstat()) {
        skip("this kernel has no /proc/PID/schedstat");
        return;
    }
    Worst worst;
    const Moment begin = clean_tick(loaded, worst);
    run_until(loaded, begin, begin.now + seconds * ns_per_s, worst);
    const Moment end = clean_tick(loaded, worst);
    const std::uint64_t elapsed = end.now - begin.now;
    const std::uint64_t spent = end.by_schedstat - begin.by_schedstat;
    const std::uint64_t by_stat = end.by_stat - begin.by_stat;
    const std::uint64_t own_figure = end.figures.sampling_ns - begin.figures.sampling_ns;
    print_share("/proc/PID/schedstat says", percent, spent, elapsed);
    print_share("/proc/PID/stat says", percent, by_stat, elapsed);
    print_share("sampling_ns says", percent, own_figure, elapsed);
    std::printf("wish 1 ms, in force %.1f ms; a pass %.1f ms, a tick %.1f ms late at most\n",
                static_cast<double>(end.figures.interval_ns) / static_cast<double>(ms),
                static_cast<double>(worst.pass) / static_cast<double>(ms),
                static_cast<double>(worst.late) / static_cast<double>(ms));
    CAPTURE(worst.pass);
    CAPTURE(spent);
    CAPTURE(elapsed);
    // A pass is paid for after it was held: at both ends of the window. What a
    // second earns may have been saved before it.
    CHECK(spent <= (elapsed + ns_per_s) * percent / 100 + 2 * worst.pass);
    CHECK(spent >= elapsed * percent / 200); // nor is it throttled beyond need
    CHECK(end.figures.interval_ns > wish);
    CHECK(std::llabs(difference(spent, own_figure)) <= static_cast<long long>(worst.pass));
    CHECK(std::llabs(difference(spent, by_stat)) <= static_cast<long long>(2 * clock_tick_ns()));
    check_ticks(begin, end, worst);

    REQUIRE(unregister_all() == 0);
    const RingMap& map = loaded.map(); // the clock stops at the next tick, throttled no more
    CHECK(eventually([&] { return map.figures().interval_ns == wish; }, long_patience));
}

// The load goes: how many ticks until the wish is in force again.
void check_return(int processes, unsigned percent)
{
    Loaded loaded{processes, percent};
    const std::uint64_t under_load = loaded.tick().figures.interval_ns;
    CHECK(under_load > wish);
    loaded.crowd().shrink_to(1);
    int ticks = 0;
    std::uint64_t in_force = under_load;
    while (in_force > 10 * wish && ticks < 20) {
        in_force = loaded.tick().figures.interval_ns;
        ++ticks;
    }
    std::printf("max_cpu_percent %u: %.1f ms under load, %.1f ms %d ticks later\n", percent,
                static_cast<double>(under_load) / static_cast<double>(ms),
                static_cast<double>(in_force) / static_cast<double>(ms), ticks);
    CHECK(in_force <= 10 * wish);
    CHECK(ticks <= 6);
    const RingMap& map = loaded.map();
    CHECK(eventually([&] { return map.figures().interval_ns == wish; }, long_patience));
    CHECK(map.figures().wish_ns == wish);
}

// What a program that always wants the CPU got of it.
struct Got {
    std::uint64_t cpu_ns = 0;
    std::uint64_t wall_ns = 0;
    std::uint64_t longest_gap_ns = 0;
};

Got burn_and_watch(std::uint64_t ns)
{
    Got got;
    const auto cpu_before = cpu_ns(own_usage());
    const std::uint64_t begin = now_ns();
    std::uint64_t last = begin;
    while (last < begin + ns) {
        const std::uint64_t now = now_ns();
        got.longest_gap_ns = std::max(got.longest_gap_ns, now - last);
        last = now;
    }
    got.wall_ns = last - begin;
    got.cpu_ns = static_cast<std::uint64_t>(cpu_ns(own_usage()) - cpu_before);
    return got;
}

} // namespace

TEST_SUITE("limits")
{

    TEST_CASE("the sampler's own figure is what /proc says of its thread")
    {
        EmptyRegistry empty;
        const SamplerThread sampler;
        REQUIRE(sampler.found());
        if (!sampler.by_schedstat()) {
            skip("this kernel has no /proc/PID/schedstat");
            return;
        }
        const Fd fd = open_device();
        const RingMap map{fd.get()};
        const Crowd crowd{50};
        REQUIRE(crowd.register_all() == 0);
        REQUIRE(wait_ticks(20));
        REQUIRE(unregister_all() == 0);
        wait_for_standing_clock();
        // The figure is settled when the clock starts again: the thread sleeps.
        const std::uint64_t spent = *sampler.by_schedstat();
        REQUIRE(register_pid(getpid()) == 0);
        CHECK(map.figures().sampling_ns == spent);
    }
}

TEST_SUITE("limits-budget" * doctest::skip())
{

    TEST_CASE("a share that is too small for the wish: fewer ticks, all accounted for")
    {
        check_share(500, 1, 5);
    }

    TEST_CASE("1000 processes that all fault 20 times a second, at 1 ms")
    {
        check_share(1'000, 1, 10, fault_and_nap);
    }

    TEST_CASE("10000 processes at 1 ms: 5 percent")
    {
        check_share(10'000, 5, 60);
    }

    TEST_CASE("10000 processes at 1 ms: 1 percent")
    {
        check_share(10'000, 1, 120);
    }

    TEST_CASE("10000 processes at 1 ms: 20 percent")
    {
        check_share(10'000, 20, 20);
    }

    TEST_CASE("10000 processes leave, and the wish is in force again")
    {
        for (const unsigned percent : {1U, 5U, 20U})
            check_return(10'000, percent);
    }

    TEST_CASE("16384 processes at 1 ms leave the rest of the only CPU to others, in time")
    {
        REQUIRE(sysconf(_SC_NPROCESSORS_ONLN) == 1);
        constexpr unsigned percent = 5;
        Loaded loaded{16'384, percent};
        const Got got = burn_and_watch(4 * ns_per_s);
        print_share("others have", percent, got.cpu_ns, got.wall_ns);
        std::printf("longest wait for the CPU: %.2f ms\n",
                    static_cast<double>(got.longest_gap_ns) / static_cast<double>(ms));
        CHECK(got.cpu_ns >= got.wall_ns * (100 - 2 * percent) / 100);
        CHECK(got.longest_gap_ns <= 3 * ms); // a pass is many times that
    }
}
