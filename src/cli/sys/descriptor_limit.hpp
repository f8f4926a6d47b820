// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <optional>

#include <sys/resource.h>

namespace mp3prof
{

// How many descriptors we may have open: more where they are needed, and as many
// as before when it is gone, as commands that we start have the limit from us.
class DescriptorLimit
{
public:
    DescriptorLimit() = default;
    DescriptorLimit(const DescriptorLimit&) = delete;
    DescriptorLimit& operator=(const DescriptorLimit&) = delete;
    ~DescriptorLimit()
    {
        if (before_) {
            ::setrlimit(RLIMIT_NOFILE, &*before_);
        }
    }

    // To the most that we may. False when it is that already.
    [[nodiscard]] bool raise()
    {
        rlimit limit{};
        if (before_ || ::getrlimit(RLIMIT_NOFILE, &limit) < 0 || limit.rlim_cur >= limit.rlim_max) {
            return false;
        }
        const rlimit most{.rlim_cur = limit.rlim_max, .rlim_max = limit.rlim_max};
        if (::setrlimit(RLIMIT_NOFILE, &most) < 0) {
            return false;
        }
        before_ = limit;
        return true;
    }

private:
    std::optional<rlimit> before_;
};

} // namespace mp3prof
