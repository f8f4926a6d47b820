// SPDX-License-Identifier: GPL-2.0-or-later
#include "record_check.hpp"

#include "board.hpp"

namespace stress
{

constexpr std::size_t many = 20'000;

static const char* wrong_alone(const mp3_record& record)
{
    constexpr __u32 known =
        MP3_RECORD_FIRST | MP3_RECORD_FINAL | MP3_RECORD_EXITED | MP3_RECORD_FOLLOWED;
    if ((record.flags & ~known) != 0)
        return "unknown flags";
    if ((record.flags & MP3_RECORD_EXITED) != 0 && (record.flags & MP3_RECORD_FINAL) == 0)
        return "exited but not final";
    if (record.reserved != 0 || record.comm[MP3_COMM_LEN - 1] != 0)
        return "padding that is not zero";
    if (record.pid == 0)
        return "no process";
    return nullptr;
}

static const char* wrong_after(const mp3_record& last, const mp3_record& record)
{
    if ((last.flags & MP3_RECORD_FINAL) != 0)
        return "a record after the final one";
    if (record.min_flt < last.min_flt || record.maj_flt < last.maj_flt)
        return "faults that went down";
    if (record.cpu_ns < last.cpu_ns || record.utime_ns < last.utime_ns ||
        record.stime_ns < last.stime_ns)
        return "time that went down";
    if (record.nvcsw < last.nvcsw || record.nivcsw < last.nivcsw)
        return "switches that went down";
    if (record.ppid != last.ppid)
        return "another parent";
    return nullptr;
}

static void complain(const char* what, const mp3_record& record)
{
    fail("record %llu of pid %u, flags %#x: %s", record.seq, record.pid, record.flags, what);
}

void RecordCheck::look_at_next(const mp3_record& last, const mp3_record& record)
{
    const bool first = (record.flags & MP3_RECORD_FIRST) != 0;
    if (first && (last.flags & MP3_RECORD_FINAL) == 0)
        complain("a first record of what was registered", record);
    const char* wrong = first ? nullptr : wrong_after(last, record);
    if (wrong != nullptr)
        complain(wrong, record);
}

void RecordCheck::look(const mp3_record& record)
{
    if (const char* wrong = wrong_alone(record))
        complain(wrong, record);
    if (record.time_ns < time_ns_)
        complain("older than the one before it", record);
    time_ns_ = record.time_ns;
    if (last_.size() > many)
        forget();
    const Identity identity{record.pid, record.start_ns};
    const auto known = last_.find(identity);
    if (known != last_.end())
        look_at_next(known->second, record);
    last_[identity] = record;
}

} // namespace stress
