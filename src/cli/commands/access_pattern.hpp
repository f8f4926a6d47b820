// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstdint>
#include <random>

namespace mp3prof
{

enum class Locality { random, local };

// Where the workload of the exercise goes next in a buffer. The same seed gives
// the same walk with every compiler and library.
class AccessPattern
{
public:
    AccessPattern(Locality locality, std::uint64_t size, std::uint64_t seed);

    // An offset below the size. Local: one in five is random, the others are
    // fewer than 300 bytes behind the last, around the end of the buffer.
    [[nodiscard]] std::uint64_t next();

private:
    [[nodiscard]] std::uint64_t below(std::uint64_t limit);

    Locality locality_;
    std::uint64_t size_;
    std::mt19937_64 random_;
    std::uint64_t last_ = 0;
    unsigned turn_ = 0;
};

} // namespace mp3prof
