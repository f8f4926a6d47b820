// SPDX-License-Identifier: GPL-2.0-or-later
#include "observer.hpp"

#include "support/device.hpp"

#include <algorithm>
#include <cstddef>
#include <cstring>

namespace syscalls
{

Observer::Observer(pid_t victim, std::set<uid_t> users)
    : fd_{guest::open_device()}, map_{fd_.get()}, constant_{map_.valid() ? map_.header()
                                                                         : mp3_header{}},
      reader_{map_, map_.valid() ? map_.head() : 0}, head_{reader_.want()}, victim_{victim},
      users_{std::move(users)}
{
}

std::string Observer::check_header() const
{
    const mp3_header& now = map_.header();
    const bool same = std::memcmp(&now, &constant_, offsetof(mp3_header, head)) == 0 &&
                      std::memcmp(now.version, constant_.version, sizeof now.version) == 0;
    if (constant_.magic != MP3_MAGIC || !same)
        return "the ring's header has changed";
    const auto is_zero = [](const __u64& word) { return word == 0; };
    if (!std::all_of(std::begin(now.reserved1), std::end(now.reserved1), is_zero) ||
        !std::all_of(std::begin(now.figures.reserved), std::end(now.figures.reserved), is_zero))
        return "a reserved word of the ring's header is not zero";
    return {};
}

std::string Observer::check(const mp3_record& record)
{
    const std::string who =
        "record " + std::to_string(record.seq) + " of process " + std::to_string(record.pid) + ": ";
    const std::size_t name = strnlen(record.comm, sizeof record.comm);
    if (record.pid == 0 || (record.flags & ~0xfU) != 0 || record.reserved != 0)
        return who + "fields that cannot be";
    if (!std::all_of(record.comm + name, std::end(record.comm), [](char c) { return c == 0; }) ||
        name == sizeof record.comm)
        return who + "a name that does not end";
    if (record.start_ns > record.time_ns)
        return who + "it started after its record";
    if (!users_.empty() && !users_.contains(record.uid))
        return who + "of user " + std::to_string(record.uid) + ", whom nobody here may profile";
    if ((record.flags & MP3_RECORD_FINAL) != 0 && record.pid == static_cast<__u32>(victim_))
        return who + "somebody has ended the victim's registration";

    const auto key = std::pair{record.pid, std::uint64_t{record.start_ns}};
    const auto [before, is_new] = last_.try_emplace(key, record);
    const mp3_record& last = before->second;
    if (!is_new && (record.flags & MP3_RECORD_FIRST) == 0 &&
        (record.min_flt < last.min_flt || record.maj_flt < last.maj_flt ||
         record.cpu_ns < last.cpu_ns || record.time_ns < last.time_ns))
        return who + "its totals went back";
    if ((record.flags & MP3_RECORD_FINAL) != 0)
        last_.erase(before);
    else
        before->second = record;
    return {};
}

std::string Observer::look()
{
    if (!map_.valid())
        return "the ring cannot be mapped";
    std::string wrong = check_header();
    const std::uint64_t head = map_.head();
    if (head < head_)
        return "the ring's head went back";
    head_ = head;
    const std::uint64_t missed = reader_.missed();
    while (wrong.empty() && reader_.want() < head) {
        const auto record = reader_.next();
        if (!record)
            break;
        ++records_;
        if (reader_.missed() != missed)
            last_.clear(); // a FIRST may be among the missed
        wrong = check(*record);
    }
    return wrong;
}

} // namespace syscalls
