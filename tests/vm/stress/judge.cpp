// SPDX-License-Identifier: GPL-2.0-or-later
#include "judge.hpp"

#include "board.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>

namespace stress
{

Presence::Presence() : at_{board().presence} {}

bool Presence::steady() const
{
    return at_ % 2 == 0 && board().presence == at_;
}

static bool is_one_of(int error, std::initializer_list<int> some)
{
    return std::find(some.begin(), some.end(), error) != some.end();
}

static bool judge(const char* call, int error, bool expected)
{
    count(call, error);
    if (error != 0 && !expected)
        fail("%s: %s", call, errno_name(error));
    return error == 0;
}

bool expect(const char* call, int error, std::initializer_list<int> expected)
{
    return judge(call, error, is_one_of(error, expected));
}

bool expect(const char* call, int error, std::initializer_list<int> expected,
            const Presence& presence)
{
    // EIO: a file of /proc that outlived its entry. EACCES: a device node whose
    // owner is not set yet.
    const bool gone = is_one_of(error, {ENOENT, ENXIO, ENODEV, EIO, EACCES}) && !presence.steady();
    return judge(call, error, gone || is_one_of(error, expected));
}

const char* errno_name(int error)
{
    const char* const name = strerrorname_np(error);
    return name != nullptr ? name : "an errno without a name";
}

int error_of(long result)
{
    return result < 0 ? errno : 0;
}

} // namespace stress
