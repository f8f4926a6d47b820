// SPDX-License-Identifier: GPL-2.0-or-later
// Many processes, to be registered in whole pages of text.
#pragma once

#include <functional>
#include <span>
#include <vector>

#include <sys/types.h>

namespace guest
{

// As many a write as fit into a page: 0 or the first errno.
int register_each(std::span<const pid_t> pids);

class Crowd
{
public:
    // They sleep, or do what `life` does.
    explicit Crowd(int size, const std::function<int()>& life = {});
    ~Crowd();
    Crowd(const Crowd&) = delete;
    Crowd& operator=(const Crowd&) = delete;

    bool complete() const; // all could be forked
    const std::vector<pid_t>& pids() const { return pids_; }

    int register_all() const;

    // Kills and reaps the last of them until `size` are left.
    void shrink_to(std::size_t size);

private:
    std::vector<pid_t> pids_;
};

} // namespace guest
