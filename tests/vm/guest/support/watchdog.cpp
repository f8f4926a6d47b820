// SPDX-License-Identifier: GPL-2.0-or-later
// Ends the program when a case hangs, and says which: a guest that is given up
// from outside could not.
#include <doctest/doctest.h>

#include <csignal>
#include <cstdio>
#include <cstring>
#include <string_view>

#include <unistd.h>

namespace
{

constexpr unsigned seconds = 1200; // a slow machine under KASAN needs 300
char running[200];

void bark(int)
{
    static const char message[] = "\nTIMED OUT: ";
    // Nothing can be done about a failing write here.
    (void)!write(STDOUT_FILENO, message, sizeof message - 1);
    (void)!write(STDOUT_FILENO, running, std::strlen(running));
    (void)!write(STDOUT_FILENO, "\n", 1);
    _exit(124);
}

struct Watchdog : doctest::IReporter {
    explicit Watchdog(const doctest::ContextOptions&) { std::signal(SIGALRM, bark); }

    void test_case_start(const doctest::TestCaseData& test) override
    {
        std::snprintf(running, sizeof running, "%s: %s", test.m_test_suite, test.m_name);
        const std::string_view suite{test.m_test_suite};
        const bool takes_long = suite == "long" || suite.starts_with("limits-");
        alarm(takes_long ? 0 : seconds);
    }
    void test_case_end(const doctest::CurrentTestCaseStats&) override { alarm(0); }

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

REGISTER_LISTENER("watchdog", 1, Watchdog);
