// SPDX-License-Identifier: GPL-2.0-or-later
#include "workload/crew.hpp"

#include <doctest/doctest.h>

#include <chrono>
#include <csignal>

using namespace mp3prof;

namespace
{

constexpr std::uint64_t mib = 1 << 20;

struct Outcome {
    WorkDone done;
    std::vector<std::uint64_t> iterations;
};

Outcome work(const WorkPlan& plan, const std::function<Result<Next>(std::uint64_t)>& after = {})
{
    auto signals = Signals::make();
    signals->catch_these({SIGINT, SIGTERM}, Repeat::always);
    auto memory = WorkMemory::anonymous(plan.load.size, HugePages::never);
    Outcome outcome;
    const auto done = do_work(plan, *memory, *signals, [&](std::uint64_t i) -> Result<Next> {
        outcome.iterations.push_back(i);
        return after ? after(i) : Next::go_on;
    });
    outcome.done = done.value();
    return outcome;
}

WorkPlan plan(std::uint64_t accesses, unsigned threads)
{
    WorkPlan plan;
    plan.pattern = parse_pattern("seq").value();
    plan.load = {4 * mib, 4096, 4096, accesses, 3, threads};
    return plan;
}

} // namespace

TEST_CASE("each page faults once, whichever thread touches it")
{
    for (const unsigned threads : {1U, 4U}) {
        CAPTURE(threads);
        const Outcome outcome = work(plan(60, threads));
        CHECK(outcome.iterations == std::vector<std::uint64_t>{0, 1, 2});
        CHECK(outcome.done.complete);
        CHECK(outcome.done.signal == 0);
        // A sanitizer takes faults of its own, for what it notes of memory.
        CHECK(outcome.done.faults.minor >= 180 * threads);
        CHECK(outcome.done.faults.major == 0);
    }
}

TEST_CASE("a rate holds for many accesses and for few")
{
    WorkPlan paced = plan(50, 2);
    paced.rate = 5000;
    paced.load.iterations = 1;
    const auto begin = std::chrono::steady_clock::now();
    CHECK(work(paced).done.complete);
    // The last of 50 is due after 49 of them; slower is always possible.
    CHECK(std::chrono::steady_clock::now() - begin >= std::chrono::microseconds(9800));
}

TEST_CASE("work ends where it is told to")
{
    const Outcome outcome = work(plan(10, 3), [](std::uint64_t i) -> Result<Next> {
        return i == 1 ? Next::end : Next::go_on;
    });
    CHECK(outcome.iterations == std::vector<std::uint64_t>{0, 1});
    CHECK_FALSE(outcome.done.complete);
}

TEST_CASE("a signal ends it, in the middle of a pause between accesses")
{
    const Outcome between = work(plan(10, 3), [](std::uint64_t) -> Result<Next> {
        ::raise(SIGTERM);
        return Next::go_on;
    });
    CHECK(between.done.signal == SIGTERM);
    CHECK(between.iterations.size() == 1);

    auto signals = Signals::make();
    signals->catch_these({SIGINT, SIGTERM}, Repeat::always);
    WorkPlan slow = plan(1'000'000, 2);
    slow.rate = 1;
    auto memory = WorkMemory::anonymous(slow.load.size, HugePages::never);
    ::raise(SIGINT);
    const auto done =
        do_work(slow, *memory, *signals, [](std::uint64_t) -> Result<Next> { return Next::end; });
    CHECK(done.value().signal == SIGINT);
    CHECK_FALSE(done->complete);
}
