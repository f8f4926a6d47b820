// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "workload/pattern.hpp"

#include <cstdint>
#include <memory>
#include <optional>

namespace mp3prof
{

// The places that a workload touches, one after another. The same seed gives
// the same places with every compiler and library.
class AccessStream
{
public:
    virtual ~AccessStream() = default;
    // An offset into the memory; nothing for an access that touches none.
    [[nodiscard]] virtual std::optional<std::uint64_t> next() = 0;
    // Another iteration begins.
    virtual void begin_iteration() {}

protected:
    AccessStream() = default;
    AccessStream(const AccessStream&) = default;
    AccessStream& operator=(const AccessStream&) = default;
    AccessStream(AccessStream&&) = default;
    AccessStream& operator=(AccessStream&&) = default;
};

// Which of the streams of a workload it is.
struct StreamPlace {
    std::uint64_t size = 0; // bytes of memory
    std::uint64_t page = 4096;
    std::uint64_t seed = 1;
    unsigned thread = 0;
    unsigned threads = 1;
};

// random  any place.
// local   one in five is random, the others are fewer than 300 bytes behind the
//         last, around the end of the memory.
// seq     page after page, and again from the first.
// stride  every N bytes, and again from the first.
// window  any place in a window, which begins at the start of the memory, goes
//         on by its size each iteration, and begins anew after the end. The
//         last one may be smaller.
// zipf    pages by Zipf's law, the frequent ones scattered over the memory.
//
// Of several threads, each has a seed of its own, and those of seq and stride
// begin an equal share of the places apart. The pattern fits (check_pattern()).
[[nodiscard]] std::unique_ptr<AccessStream> make_stream(const Pattern& pattern,
                                                        const StreamPlace& place);

// The accesses of the exercise's program, one by one: rand() of the C library,
// which the program never seeds (as if by 1). R takes the remainder by the
// size. L does so for two values in ten; for the other eight it computes a
// nearby address, for which it draws twice, and never touches it.
[[nodiscard]] std::unique_ptr<AccessStream> make_exercise_stream(Walk walk, std::uint64_t size,
                                                                 std::uint64_t seed);

} // namespace mp3prof
