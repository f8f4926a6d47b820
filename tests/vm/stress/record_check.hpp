// SPDX-License-Identifier: GPL-2.0-or-later
// What must be true of every record, and of each after the one before it.
#pragma once

#include <cstdint>
#include <map>
#include <utility>

#include <mp3.h>

namespace stress
{

class RecordCheck
{
public:
    // The next record of the ring. What is wrong makes the run fail.
    void look(const mp3_record& record);

    // Records were missed.
    void forget() { last_.clear(); }

private:
    void look_at_next(const mp3_record& last, const mp3_record& record);

    using Identity = std::pair<std::uint32_t, std::uint64_t>; // pid, start_ns
    std::map<Identity, mp3_record> last_;
    std::uint64_t time_ns_ = 0;
};

} // namespace stress
