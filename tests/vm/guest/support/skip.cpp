// SPDX-License-Identifier: GPL-2.0-or-later
#include "support/skip.hpp"

#include <doctest/doctest.h>

#include <cstdio>

namespace guest
{

static bool skipping; // the case that runs
static int skipped;
static int failed;
static int finished;

void skip(const char* reason)
{
    skipping = true;
    std::printf("SKIP: %s\n", reason);
    std::fflush(stdout);
}

int with_skips(int result)
{
    std::printf("cases: %d passed, %d failed, %d skipped\n", finished - failed - skipped, failed,
                skipped);
    if (finished == 0) {
        std::printf("no case is selected by these options\n");
        return 1;
    }
    const bool nothing_else = skipped > 0 && finished == skipped;
    return result == 0 && nothing_else ? 77 : result;
}

namespace
{

struct Counter : doctest::IReporter {
    explicit Counter(const doctest::ContextOptions&) {}
    void test_case_start(const doctest::TestCaseData&) override { skipping = false; }
    void test_case_end(const doctest::CurrentTestCaseStats& stats) override
    {
        ++finished;
        if (stats.failure_flags != 0)
            ++failed;
        else if (skipping)
            ++skipped;
    }

    void report_query(const doctest::QueryData&) override {}
    void test_run_start() override {}
    void test_run_end(const doctest::TestRunStats&) override {}
    void test_case_reenter(const doctest::TestCaseData&) override {}
    void test_case_exception(const doctest::TestCaseException&) override {}
    void subcase_start(const doctest::SubcaseSignature&) override {}
    void subcase_end() override {}
    void log_assert(const doctest::AssertData&) override {}
    void log_message(const doctest::MessageData&) override {}
    void test_case_skipped(const doctest::TestCaseData&) override {}
};

} // namespace

REGISTER_LISTENER("skips", 1, Counter);

} // namespace guest
