// SPDX-License-Identifier: GPL-2.0-or-later
// Root's view of the ring while others attack it.
#pragma once

#include "support/ring.hpp"

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <utility>

namespace syscalls
{

class Observer
{
public:
    // `victim` must stay registered, and records may be of these users only;
    // an empty set: of any.
    Observer(pid_t victim, std::set<uid_t> users);

    // Reads what there is. What must not be, or empty.
    std::string look();
    std::uint64_t records() const { return records_; }
    std::uint64_t missed() const { return reader_.missed(); }

private:
    std::string check(const mp3_record& record);
    std::string check_header() const;

    guest::Fd fd_;
    guest::RingMap map_;
    mp3_header constant_;
    guest::Reader reader_;
    std::uint64_t head_;
    pid_t victim_;
    std::set<uid_t> users_;
    // The last record of each process that is registered, by PID and start.
    std::map<std::pair<std::uint32_t, std::uint64_t>, mp3_record> last_;
    std::uint64_t records_ = 0;
};

} // namespace syscalls
