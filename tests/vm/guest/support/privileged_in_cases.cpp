// SPDX-License-Identifier: GPL-2.0-or-later
// Apart from privileged.cpp, which programs without doctest use too.
#include "support/privileged.hpp"
#include "support/skip.hpp"

#include <doctest/doctest.h>

#include <unistd.h>

namespace guest
{

bool PrivilegedCopy::usable() const
{
    if (path_.empty())
        skip("no directory where a program can be given powers");
    return !path_.empty();
}

Strings::Strings()
{
    int ends[2] = {-1, -1};
    REQUIRE(pipe(ends) == 0);
    ready_read_ = Fd{ends[0]};
    ready_write_ = Fd{ends[1]};
    REQUIRE(pipe(ends) == 0);
    go_read_ = Fd{ends[0]};
    go_write_ = Fd{ends[1]};
}

bool Strings::wait_ready() const
{
    char byte = 0;
    return read(ready_read_.get(), &byte, 1) == 1;
}

bool Strings::let_go() const
{
    return write(go_write_.get(), "x", 1) == 1;
}

std::vector<std::string> Strings::serve() const
{
    return {"serve", std::to_string(ready_write_.get()), std::to_string(go_read_.get())};
}

} // namespace guest
