// SPDX-License-Identifier: GPL-2.0-or-later
// The guest's people, as numbers: no account is needed.
#pragma once

#include <functional>
#include <memory>

#include <sys/types.h>

namespace guest
{

class Child;

struct User {
    uid_t uid;
    gid_t gid;
    bool in_device_group;
};

constexpr User alice{1000, 1000, true};      // in the group of /dev/mp3
constexpr User bob{1001, 1001, false};       // not in it
constexpr User stranger{61234, 61234, true}; // nobody else has processes of this one

// Becomes that user for good: groups, gid, uid. False when it could not.
bool become(const User& user);

// The value of `body` (0..255), run by that user in a child; -1 when it was killed.
int as(const User& user, const std::function<int()>& body);

// A sleeping process of that user; it is what it should be once this returns.
std::unique_ptr<Child> sleeper_of(const User& user);

// Gives up every capability but keeps the uid: a root without powers.
bool drop_capabilities();

// Keeps CAP_PERFMON and nothing else.
bool keep_only_perfmon();

} // namespace guest
