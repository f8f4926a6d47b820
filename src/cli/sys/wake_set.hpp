// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "sys/error.hpp"
#include "sys/unique_fd.hpp"

#include <initializer_list>

namespace mp3prof
{

// One descriptor that is readable while any of several is.
class WakeSet
{
public:
    [[nodiscard]] static Result<WakeSet> of(std::initializer_list<int> fds);

    [[nodiscard]] int fd() const { return epoll_.get(); }

private:
    explicit WakeSet(UniqueFd epoll) : epoll_(std::move(epoll)) {}
    UniqueFd epoll_;
};

} // namespace mp3prof
