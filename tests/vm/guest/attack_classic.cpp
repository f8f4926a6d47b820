// SPDX-License-Identifier: GPL-2.0-or-later
// The classic buffer is everybody's to write: the kernel believes nothing of it.
#include "support/child.hpp"
#include "support/classic.hpp"
#include "support/clock.hpp"
#include "support/device.hpp"
#include "support/figures.hpp"
#include "support/history.hpp"
#include "support/load.hpp"
#include "support/status.hpp"

#include <doctest/doctest.h>

#include <climits>
#include <random>

using namespace guest;
using std::chrono::milliseconds;

namespace
{

// Writes every word of the buffer again and again, also those behind the circle.
int scribble(unsigned seed)
{
    const ClassicMap classic;
    std::mt19937_64 random{seed};
    const long favourites[] = {0, -1, 1, LONG_MIN, LONG_MAX, 0x4141414141414141, -2, 48000};
    for (;;)
        for (std::size_t i = 0; i < classic.count(); ++i)
            classic.words()[i] =
                random() % 2 == 0 ? favourites[random() % 8] : static_cast<long>(random());
    return 0;
}

// Places of the slots that are there, in words.
std::vector<std::size_t> places(const ClassicMap& classic)
{
    std::vector<std::size_t> found;
    for (std::size_t i = 0; i < MP3_CLASSIC_WORDS; i += MP3_CLASSIC_SLOT_WORDS)
        if (classic.words()[i] != -1)
            found.push_back(i);
    return found;
}

// Whether these are one run of the circle, also over its end.
bool consecutive(const std::vector<std::size_t>& words)
{
    std::size_t breaks = 0;
    for (std::size_t i = 0; i < words.size(); ++i) {
        const std::size_t next = words[(i + 1) % words.size()];
        breaks += (words[i] + MP3_CLASSIC_SLOT_WORDS) % MP3_CLASSIC_WORDS == next ? 0 : 1;
    }
    return breaks == 1;
}

} // namespace

TEST_SUITE("attack")
{

    TEST_CASE("the classic buffer: garbage in it changes neither slots nor records")
    {
        EmptyRegistry empty;
        History history;
        Child first{[] { return scribble(1); }};
        Child second{[] { return scribble(2); }};
        for (int i = 0; i < 3; ++i) {
            Gate go;
            Child worker{[&] {
                go.wait();
                return live({milliseconds{200}, 2});
            }};
            REQUIRE(register_pid(worker.pid()) == 0);
            const mp3_record before = history.wait_fresh(worker.pid()).value_or(mp3_record{});
            go.open();
            CHECK(worker.reap().exited_with(0));
            REQUIRE(history.wait_final(worker.pid()));
            CHECK(history.final_of(worker.pid())->min_flt >= before.min_flt + 128);
        }
        first.kill_and_reap(SIGKILL);
        second.kill_and_reap(SIGKILL);

        // What comes next is where the kernel was, in one run, and is true.
        const ClassicMap classic;
        wait_for_standing_clock();
        classic.clear();
        Gate go;
        Child worker{[&] {
            go.wait();
            return touch_pages(3000) ? 0 : 1;
        }};
        REQUIRE(register_pid(worker.pid()) == 0);
        const auto base = history.wait_fresh(worker.pid());
        REQUIRE(base);
        go.open();
        CHECK(worker.reap().exited_with(0));
        REQUIRE(history.wait_final(worker.pid()));
        wait_for_standing_clock();
        const auto slots = classic.slots();
        REQUIRE(slots.size() >= 1);
        CHECK((slots.size() == 1 || consecutive(places(classic))));
        CHECK(sum(slots).minor == static_cast<long>(history.final_of(worker.pid())->min_flt));
        classic.clear(); // as at load, for the next
    }

    TEST_CASE("the classic buffer: it does not grow, and a part of it may go")
    {
        const Fd fd = open_device();
        const std::size_t size = MP3_CLASSIC_PAGES * page_size();
        char* memory = static_cast<char*>(
            mmap(nullptr, size, PROT_READ | PROT_WRITE, MAP_SHARED, fd.get(), 0));
        REQUIRE(memory != MAP_FAILED);
        CHECK(mremap(memory, size, size + page_size(), MREMAP_MAYMOVE) == MAP_FAILED);
        CHECK(mremap(memory, 0, size, MREMAP_MAYMOVE) == MAP_FAILED);
        CHECK(munmap(memory + page_size(), page_size()) == 0);
        CHECK(memory[0] == memory[0]);
        CHECK(munmap(memory, size) == 0);
    }
}
