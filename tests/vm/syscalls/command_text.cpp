// SPDX-License-Identifier: GPL-2.0-or-later
#include "command_text.hpp"

#include <cstdio>

#include <unistd.h>

namespace syscalls
{

namespace
{

long long some_pid(Hand& hand)
{
    Random& random = hand.random();
    const Ledger& ledger = hand.worker().ledger;
    switch (random.below(8)) {
    case 0:
        return ledger.victim;
    case 1:
        return static_cast<long long>(1 + random.below(400));
    case 2:
        return static_cast<long long>(random.word());
    case 3:
        return getppid();
    case 4:
        return gettid();
    case 5:
        return getpid();
    default:
        return ledger.pids[random.below(most_workers)] +
               static_cast<long long>(random.one_in(2) ? random.below(16) : 0);
    }
}

} // namespace

std::size_t command_text(Hand& hand, char (&text)[600])
{
    Random& random = hand.random();
    std::size_t size = 0;
    for (std::uint64_t lines = 1 + random.below(3); lines > 0; --lines) {
        const char* verb = random.pick({"R", "R", "R", "U", "U", "X", ""});
        const char* blank = random.pick({" ", " ", " ", "\t", "", "  "});
        const char* tail = random.pick({"", "", "", " follow", " follow", " x", " followed"});
        const int written = random.one_in(24)
                                ? std::snprintf(text + size, sizeof text - size, "U *\n")
                                : std::snprintf(text + size, sizeof text - size, "%s%s%lld%s\n",
                                                verb, blank, some_pid(hand), tail);
        size += static_cast<std::size_t>(written);
    }
    if (random.one_in(8))
        text[random.below(size)] = static_cast<char>(random.word());
    return size - random.below(2); // the last newline is optional
}

} // namespace syscalls
