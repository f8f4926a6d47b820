// SPDX-License-Identifier: GPL-2.0-or-later
#include "support/history.hpp"

#include "support/clock.hpp"
#include "support/device.hpp"

#include <doctest/doctest.h>

namespace guest
{

History::History()
    : device_{open_device()}, map_{device_.get()}, reader_{map_, map_.valid() ? map_.head() : 0}
{
    REQUIRE(map_.valid());
}

void History::update()
{
    while (const auto record = reader_.next()) {
        records_.push_back(*record);
        if ((record->flags & MP3_RECORD_FINAL) != 0)
            finals_[static_cast<pid_t>(record->pid)] = *record;
    }
}

std::vector<mp3_record> History::of(pid_t pid) const
{
    std::vector<mp3_record> found;
    for (const auto& record : records_)
        if (record.pid == static_cast<__u32>(pid))
            found.push_back(record);
    return found;
}

const mp3_record* History::final_of(pid_t pid) const
{
    const auto found = finals_.find(pid);
    return found == finals_.end() ? nullptr : &found->second;
}

bool History::has_final(pid_t pid)
{
    update();
    return final_of(pid) != nullptr;
}

bool History::wait_final(pid_t pid)
{
    return eventually([&] { return has_final(pid); });
}

std::optional<mp3_record> History::wait_fresh(pid_t pid)
{
    const std::uint64_t from = now_ns();
    std::optional<mp3_record> fresh;
    eventually([&] {
        const std::size_t seen = records_.size();
        update();
        for (std::size_t i = seen; i < records_.size(); ++i)
            if (records_[i].pid == static_cast<__u32>(pid) && records_[i].time_ns > from)
                fresh = records_[i];
        return fresh.has_value();
    });
    return fresh;
}

} // namespace guest
