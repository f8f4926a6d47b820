// SPDX-License-Identifier: GPL-2.0-or-later
#include "rates/jiffies.hpp"
#include "samples.hpp"
#include "temporary_folder.hpp"

#include <doctest/doctest.h>

#include <unistd.h>

using namespace mp3prof;
using namespace mp3prof::test;

TEST_CASE("jiffies count from where the kernel's do")
{
    CHECK(jiffies_at(0s, 250) == 4'294'892'296);
    CHECK(jiffies_at(300s, 250) == 4'294'967'296);
    CHECK(jiffies_at(1s + 4ms, 250) == 4'294'892'296 + 251);
    CHECK(jiffies_at(1s + 3ms, 250) == 4'294'892'296 + 250);
}

TEST_CASE("the sum of rounded jiffies is the true total")
{
    CpuJiffies jiffies(250); // 4 ms each
    std::uint64_t sum = 0;
    for (int i = 0; i < 1000; ++i) {
        sum += jiffies.add(1'900'000);
    }
    CHECK(sum == 1'900'000ULL * 1000 / 4'000'000);
    CHECK(jiffies.add(3'600'000'000'000) == 900'000);
}

TEST_CASE("HZ comes from the kernel's configuration")
{
    const TemporaryFolder folder;
    folder.write("config", "# CONFIG_HZ_100 is not set\nCONFIG_HZ_250=y\nCONFIG_HZ=250\n");
    CHECK(kernel_hz(folder.path("config")) == 250);
}

TEST_CASE("without a configuration HZ is what sysconf says")
{
    const TemporaryFolder folder;
    CHECK(kernel_hz(folder.path("none")) == static_cast<unsigned>(::sysconf(_SC_CLK_TCK)));
    folder.write("bad", "CONFIG_HZ=x\n");
    CHECK(kernel_hz(folder.path("bad")) == static_cast<unsigned>(::sysconf(_SC_CLK_TCK)));
}
