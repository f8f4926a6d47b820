// SPDX-License-Identifier: GPL-2.0-or-later
// Apart from status.cpp, which programs without doctest use too.
#include "support/clock.hpp"
#include "support/status.hpp"

#include <doctest/doctest.h>

namespace guest
{

EmptyRegistry::EmptyRegistry()
{
    REQUIRE(unregister_all() == 0);
    REQUIRE(eventually([] { return registered().empty(); }));
}

EmptyRegistry::~EmptyRegistry()
{
    CHECK(unregister_all() == 0);
    CHECK(eventually([] { return registered().empty(); }));
}

} // namespace guest
