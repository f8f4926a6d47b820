// SPDX-License-Identifier: GPL-2.0-or-later
#include "commands/access_pattern.hpp"

namespace mp3prof
{

namespace
{

__extension__ using Wide = unsigned __int128;
constexpr std::uint64_t stride_limit = 300;
constexpr unsigned turns = 5;

} // namespace

AccessPattern::AccessPattern(Locality locality, std::uint64_t size, std::uint64_t seed)
    : locality_(locality), size_(size), random_(seed)
{
}

std::uint64_t AccessPattern::below(std::uint64_t limit)
{
    // std::uniform_int_distribution differs between libraries.
    return static_cast<std::uint64_t>(Wide{random_()} * limit >> 64);
}

std::uint64_t AccessPattern::next()
{
    const bool jump = locality_ == Locality::random || turn_ == 0;
    turn_ = (turn_ + 1) % turns;
    last_ = jump ? below(size_) : (last_ + below(stride_limit)) % size_;
    return last_;
}

} // namespace mp3prof
