// SPDX-License-Identifier: GPL-2.0-or-later
// Which errno a call may end with. Any other is a failure of the run.
#pragma once

#include <cstdint>
#include <initializer_list>

namespace stress
{

// Was the module there all the time since this was made?
class Presence
{
public:
    Presence();
    bool steady() const;

private:
    std::uint32_t at_;
};

// Counts the call; `error` is its errno, 0 when it worked. Returns whether it
// worked. `call` is a string literal.
bool expect(const char* call, int error, std::initializer_list<int> expected = {});

// A call on the module's files: it may also find them gone, when they were.
bool expect(const char* call, int error, std::initializer_list<int> expected,
            const Presence& presence);

// "EPERM"; of a number that is no errno, words that say so.
const char* errno_name(int error);

// What a call that returns -1 on failure left: 0 or errno.
int error_of(long result);

} // namespace stress
