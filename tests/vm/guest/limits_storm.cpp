// SPDX-License-Identifier: GPL-2.0-or-later
// A fork bomb under follow: every process is seen from FIRST to FINAL, or it is
// counted as one that could not be followed.
#include "support/child.hpp"
#include "support/clock.hpp"
#include "support/figures.hpp"
#include "support/history.hpp"
#include "support/load.hpp"
#include "support/parameter.hpp"
#include "support/status.hpp"

#include <doctest/doctest.h>

#include <atomic>
#include <map>
#include <memory>
#include <set>
#include <string>

#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>

using namespace guest;

namespace
{

struct Birth {
    pid_t parent;
    pid_t child;
};

constexpr int most = 20'000;

// The book that all of the bomb write: who forked whom.
struct Book {
    std::atomic<int> wanted;
    std::atomic<int> count;
    Birth births[most];
};

class SharedBook
{
public:
    explicit SharedBook(int wanted)
        : book_{static_cast<Book*>(mmap(nullptr, sizeof(Book), PROT_READ | PROT_WRITE,
                                        MAP_SHARED | MAP_ANONYMOUS, -1, 0))}
    {
        REQUIRE(book_ != MAP_FAILED);
        book_->wanted = wanted;
    }
    ~SharedBook() { munmap(book_, sizeof(Book)); }
    SharedBook(const SharedBook&) = delete;
    SharedBook& operator=(const SharedBook&) = delete;

    Book& operator*() const { return *book_; }
    Book* operator->() const { return book_; }

private:
    Book* book_;
};

// Forks as long as more are wanted; so does every child.
int explode(Book& book)
{
    while (book.wanted.fetch_sub(1) > 0) {
        const pid_t child = fork();
        if (child < 0)
            break;
        if (child > 0)
            book.births[book.count++] = {getpid(), child};
        else
            touch_pages(4);
    }
    // The children are reaped by the test, as their subreaper, or here.
    while (waitpid(-1, nullptr, WNOHANG) > 0) {
    }
    _exit(0);
}

// Reaps whatever there is until there is nothing, and reads along.
void reap_all(History& history)
{
    for (;;) {
        const pid_t pid = waitpid(-1, nullptr, WNOHANG | __WALL);
        if (pid < 0)
            return;
        history.update();
        if (pid == 0)
            sleep_until_ns(now_ns() + 1'000'000);
    }
}

struct Seen {
    int first = 0;
    int final = 0;
    bool followed = false;
};

std::map<pid_t, Seen> sort_records(const History& history)
{
    std::map<pid_t, Seen> seen;
    for (const auto& record : history.all()) {
        Seen& of = seen[static_cast<pid_t>(record.pid)];
        of.first += (record.flags & MP3_RECORD_FIRST) != 0 ? 1 : 0;
        of.final += (record.flags & MP3_RECORD_EXITED) != 0 ? 1 : 0;
        of.followed |= (record.flags & MP3_RECORD_FOLLOWED) != 0;
        CHECK(record.time_ns >= record.start_ns); // also of who was forked during the pass
    }
    return seen;
}

// Returns how many could not be followed.
std::uint64_t storm(int size, const std::string& name)
{
    EmptyRegistry empty;
    History history;
    REQUIRE(prctl(PR_SET_CHILD_SUBREAPER, 1) == 0);
    const SharedBook book{size};
    const std::uint64_t failed_before = history.map().figures().follow_failed;
    Gate go;
    const pid_t root = spawn([&] {
        go.wait();
        return explode(*book);
    });
    REQUIRE(follow_pid(root) == 0);
    go.open();
    reap_all(history);
    REQUIRE(eventually([&] {
        history.update();
        return registered().empty();
    }));
    history.update();
    REQUIRE(prctl(PR_SET_CHILD_SUBREAPER, 0) == 0);

    CHECK(history.missed() == 0);
    CHECK(book->count == size);
    const auto seen = sort_records(history);
    std::uint64_t followed = 0;
    std::uint64_t unseen = 0;       // of parents that are followed
    std::uint64_t of_strangers = 0; // of parents that are not
    for (int i = 0; i < book->count; ++i) {
        const Birth birth = book->births[i];
        const auto at = seen.find(birth.child);
        if (at != seen.end()) {
            ++followed;
            CHECK(at->second.first == 1);
            CHECK(at->second.final == 1);
            CHECK(at->second.followed);
            CHECK(seen.count(birth.parent) == 1);
        } else if (seen.count(birth.parent) == 1) {
            ++unseen;
        } else {
            ++of_strangers;
        }
    }
    CHECK(seen.size() == followed + 1); // and the root, and nobody else
    const std::uint64_t failed = history.map().figures().follow_failed - failed_before;
    CHECK(unseen == failed);
    CHECK(followed + failed + of_strangers == static_cast<std::uint64_t>(size));
    note(name + "_forked", size);
    note(name + "_followed", static_cast<long long>(followed));
    note(name + "_follow_failed", static_cast<long long>(failed));
    return failed;
}

} // namespace

TEST_SUITE("limits")
{

    TEST_CASE("a fork bomb of 500: each is seen or counted")
    {
        storm(500, "bomb_of_500");
    }

    TEST_CASE("a fork bomb of 500 where 50 may be registered: each is seen or counted")
    {
        const Parameter limit{"max_tasks"};
        REQUIRE(limit.set("50") == 0);
        storm(500, "bomb_of_500_limit_50");
    }
}

TEST_SUITE("limits-storm" * doctest::skip())
{

    TEST_CASE("a fork bomb of 5000: each is seen or counted")
    {
        storm(5000, "bomb_of_5000");
    }

    TEST_CASE("a fork bomb of 5000 where 200 may be registered: each is seen or counted")
    {
        const Parameter limit{"max_tasks"};
        REQUIRE(limit.set("200") == 0);
        CHECK(storm(5000, "bomb_of_5000_limit_200") > 0);
    }
}
