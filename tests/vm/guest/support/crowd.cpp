// SPDX-License-Identifier: GPL-2.0-or-later
#include "support/crowd.hpp"

#include "support/child.hpp"
#include "support/device.hpp"
#include "support/status.hpp"

#include <csignal>
#include <string>

namespace guest
{

Crowd::Crowd(int size, const std::function<int()>& life)
{
    for (int i = 0; i < size; ++i)
        pids_.push_back(spawn(life ? life : []() -> int { sleep_for_ever(); }));
}

Crowd::~Crowd()
{
    shrink_to(0);
}

bool Crowd::complete() const
{
    for (const pid_t pid : pids_)
        if (pid < 0)
            return false;
    return true;
}

int register_each(std::span<const pid_t> pids)
{
    std::string lines;
    for (const pid_t pid : pids) {
        const std::string line = "R " + std::to_string(pid) + "\n";
        if (lines.size() + line.size() > page_size()) {
            if (const int error = command(lines))
                return error;
            lines.clear();
        }
        lines += line;
    }
    return lines.empty() ? 0 : command(lines);
}

int Crowd::register_all() const
{
    return register_each(pids_);
}

void Crowd::shrink_to(std::size_t size)
{
    for (std::size_t i = size; i < pids_.size(); ++i)
        if (pids_[i] > 0)
            kill(pids_[i], SIGKILL);
    for (std::size_t i = size; i < pids_.size(); ++i)
        if (pids_[i] > 0)
            reap(pids_[i]);
    pids_.resize(size);
}

} // namespace guest
