// SPDX-License-Identifier: GPL-2.0-or-later
// Namespaces: what runs inside, and what stays as it is outside.
#pragma once

#include <functional>

namespace guest
{

// A value of a child that could not enter its namespace.
constexpr int no_namespaces = 99;

// Runs `body` as process 1 of a new PID namespace; its value, 0..255.
int in_pid_namespace(const std::function<int()>& body);

// Whether there are any; says SKIP where there are none.
bool pid_namespaces();

// The calling process gets mounts of its own; false where it cannot.
bool own_mounts();

// The calling process enters a user namespace whose root it is: 0, no_namespaces
// where it may not, or another value when that went wrong.
int become_root_of_user_namespace();

} // namespace guest
