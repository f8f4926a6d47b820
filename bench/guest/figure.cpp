// SPDX-License-Identifier: GPL-2.0-or-later
#include "figure.hpp"

#include <algorithm>
#include <cstdio>

#include <unistd.h>

namespace bench
{

void figure(const std::string& key, double value)
{
    std::printf("figure: %s %.6g\n", key.c_str(), value);
    std::fflush(stdout);
}

void demand(bool held, const std::string& what)
{
    if (held)
        return;
    std::printf("mp3-bench: cannot measure: %s\n", what.c_str());
    std::fflush(stdout);
    _exit(1);
}

std::uint64_t median(std::vector<std::uint64_t> values)
{
    demand(!values.empty(), "nothing was taken to have a median");
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::nth_element(values.begin(), middle, values.end());
    return *middle;
}

} // namespace bench
