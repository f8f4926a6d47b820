// SPDX-License-Identifier: GPL-2.0-or-later
// Random choices that a seed repeats (splitmix64).
#pragma once

#include <cstddef>
#include <cstdint>
#include <initializer_list>

namespace syscalls
{

class Random
{
public:
    explicit Random(std::uint64_t seed) : state_{seed} {}

    std::uint64_t word()
    {
        std::uint64_t z = state_ += 0x9e3779b97f4a7c15;
        z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9;
        z = (z ^ z >> 27) * 0x94d049bb133111eb;
        return z ^ z >> 31;
    }
    std::uint64_t below(std::uint64_t limit) { return word() % limit; }
    bool one_in(std::uint64_t n) { return below(n) == 0; }

    template <typename T>
    T pick(std::initializer_list<T> values)
    {
        return values.begin()[below(values.size())];
    }

    // Each of the flags with even odds; mostly none of them when `rarely`.
    unsigned flags(std::initializer_list<unsigned> values, unsigned rarely = 2)
    {
        unsigned set = 0;
        for (const unsigned value : values)
            set |= one_in(rarely) ? value : 0;
        return set;
    }

private:
    std::uint64_t state_;
};

} // namespace syscalls
