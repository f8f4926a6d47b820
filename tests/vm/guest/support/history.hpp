// SPDX-License-Identifier: GPL-2.0-or-later
// Every record since a moment, sorted by process; waits for the ones awaited.
#pragma once

#include "support/ring.hpp"

#include <map>
#include <vector>

namespace guest
{

class History
{
public:
    History();

    // Takes what the ring holds by now.
    void update();

    const std::vector<mp3_record>& all() const { return records_; }
    std::vector<mp3_record> of(pid_t pid) const;
    std::uint64_t missed() const { return reader_.missed(); }
    const RingMap& map() const { return map_; }
    int fd() const { return device_.get(); }

    // The FINAL record of a PID (the latest, when there were several).
    const mp3_record* final_of(pid_t pid) const;
    bool has_final(pid_t pid);
    bool wait_final(pid_t pid);

    // A record of `pid` taken after this call: everything up to now is in it,
    // when the process stands still.
    std::optional<mp3_record> wait_fresh(pid_t pid);

private:
    Fd device_;
    RingMap map_;
    Reader reader_;
    std::vector<mp3_record> records_;
    std::map<pid_t, mp3_record> finals_;
};

} // namespace guest
