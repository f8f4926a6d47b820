// SPDX-License-Identifier: GPL-2.0-or-later
#include "rates/selection.hpp"

namespace mp3prof
{

bool Selection::takes(const Sample& sample)
{
    if (named_.empty() || named_.contains(sample.pid)) {
        return true;
    }
    if (forks_ == Forks::left) {
        return false;
    }
    if (sample.stage.followed && (named_.contains(sample.ppid) || forked_.contains(sample.ppid))) {
        forked_.insert(sample.pid);
        return true;
    }
    forked_.erase(sample.pid);
    return false;
}

} // namespace mp3prof
