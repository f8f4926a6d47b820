// SPDX-License-Identifier: GPL-2.0-or-later
#include "support/faults.hpp"

#include "support/child.hpp"
#include "support/fd.hpp"
#include "support/figures.hpp"
#include "support/followed.hpp"
#include "support/load.hpp"
#include "support/skip.hpp"

#include <doctest/doctest.h>

#include <filesystem>
#include <string>

#include <fcntl.h>

namespace guest
{

static const std::string debugfs = "/sys/kernel/debug/";
constexpr const char* fail_nth_path = "/proc/thread-self/fail-nth";

static void set(const std::string& file, std::string_view value)
{
    CAPTURE(file);
    REQUIRE(write_text(debugfs + file, value) == 0);
}

// Also what may wait for memory can fail, and quietly: the console is searched.
static void set_up()
{
    set("failslab/ignore-gfp-wait", "N");
    set("fail_page_alloc/ignore-gfp-wait", "N");
    set("fail_page_alloc/ignore-gfp-highmem", "N");
    set("fail_page_alloc/min-order", "0");
    for (const char* kind : {"failslab", "fail_page_alloc", "fail_usercopy"})
        set(std::string{kind} + "/verbose", "0");
}

bool faults_can_be_injected()
{
    if (access(fail_nth_path, W_OK) != 0 || access((debugfs + "failslab").c_str(), F_OK) != 0) {
        skip("this kernel has no fault injection");
        return false;
    }
    set_up();
    return true;
}

// What is left of the count; the copy of this answer may be what fails, and
// then it was not the call.
static bool met(int fd)
{
    char digit = 0;
    return pread(fd, &digit, 1, 0) == 1 && digit == '0';
}

bool with_fault(unsigned n, const std::function<void()>& call)
{
    const Fd fd{open(fail_nth_path, O_RDWR | O_CLOEXEC)};
    REQUIRE(write_to(fd.get(), std::to_string(n)) > 0);
    call();
    const bool hit = met(fd.get());
    while (write_to(fd.get(), "0") < 0) { // this too may meet it
    }
    return hit;
}

unsigned each_fault(const std::function<void()>& call, const std::function<void()>& check,
                    unsigned from)
{
    unsigned n = from;
    for (; with_fault(n, call); ++n) {
        CAPTURE(n);
        check();
    }
    return n - 1;
}

// The tasks that are marked fail always, or after `space` pages.
static void fail_marked_tasks(const std::string& kind, unsigned space, const char* times)
{
    set(kind + "/task-filter", "Y");
    set(kind + "/interval", "1");
    set(kind + "/space", std::to_string(space));
    set(kind + "/times", times);
    set(kind + "/probability", "100");
}

void with_few_pages(unsigned pages, const std::function<void()>& call)
{
    const Fd mark{open("/proc/thread-self/make-it-fail", O_WRONLY | O_CLOEXEC)};
    fail_marked_tasks("fail_page_alloc", pages, "50");
    REQUIRE(write_to(mark.get(), "1") == 1);
    call();
    REQUIRE(write_to(mark.get(), "0") == 1);
    set("fail_page_alloc/probability", "0");
}

// Those that are forked later have the mark of the thread that forks them.
static void mark_workers(const char* mark)
{
    for (const auto& entry : std::filesystem::directory_iterator{"/proc"}) {
        const std::string name = read_text(entry.path() / "comm");
        if (name.rfind("kworker/", 0) == 0 || name == "kthreadd\n")
            write_text(entry.path() / "make-it-fail", mark); // it may have ended
    }
}

StarvedWorkers::StarvedWorkers()
{
    mark_workers("1");
    fail_marked_tasks("failslab", 0, "-1");
}

StarvedWorkers::~StarvedWorkers()
{
    set("failslab/probability", "0");
    mark_workers("0");
}

void check_all_is_well()
{
    FollowingSelf self;
    const Outcome outcome = reap(spawn([] { return touch_pages(50) ? 0 : 1; }));
    CHECK(outcome.exited_with(0));
    REQUIRE(self.history().wait_final(outcome.pid));
    check_final_of_early_wait(*self.history().final_of(outcome.pid), outcome.usage);
}

} // namespace guest
