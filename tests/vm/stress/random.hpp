// SPDX-License-Identifier: GPL-2.0-or-later
// Decisions: the same seed, actor and step decide the same, whatever came of
// the steps before.
#pragma once

#include <cstddef>
#include <cstdint>

namespace stress
{

class Random
{
public:
    Random(std::uint64_t seed, std::uint64_t actor, std::uint64_t step)
        : state_{mixed(mixed(mixed(seed) ^ actor) ^ step)}
    {
    }

    std::uint64_t word()
    {
        state_ += golden;
        return mixed(state_);
    }
    // 0 .. n - 1
    std::size_t below(std::size_t n) { return static_cast<std::size_t>(word() % n); }
    // first .. last
    long between(long first, long last)
    {
        return first + static_cast<long>(below(static_cast<std::size_t>(last - first + 1)));
    }
    bool one_in(std::size_t n) { return below(n) == 0; }
    template <typename T, std::size_t n>
    const T& pick(const T (&from)[n])
    {
        return from[below(n)];
    }

private:
    // Sebastiano Vigna's splitmix64.
    static constexpr std::uint64_t golden = 0x9e3779b97f4a7c15;
    static std::uint64_t mixed(std::uint64_t word)
    {
        word += golden;
        word = (word ^ (word >> 30)) * 0xbf58476d1ce4e5b9;
        word = (word ^ (word >> 27)) * 0x94d049bb133111eb;
        return word ^ (word >> 31);
    }

    std::uint64_t state_;
};

} // namespace stress
