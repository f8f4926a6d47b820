// SPDX-License-Identifier: GPL-2.0-or-later
#include "device/kernel_source.hpp"
#include "ring_image.hpp"
#include "samples.hpp"
#include "sys/clock.hpp"
#include "temporary_folder.hpp"

#include <doctest/doctest.h>

#include <fstream>

using namespace mp3prof;
using namespace mp3prof::test;

namespace
{

// A file that can be mapped like the device; only its ticks and ioctl are not.
std::string file_of(const TemporaryFolder& folder, const RingImage& ring)
{
    const std::string path = folder.path("mp3");
    std::ofstream file(path, std::ios::binary);
    file.seekp(MP3_RING_OFFSET);
    const auto bytes = ring.bytes();
    file.write(reinterpret_cast<const char*>(bytes.data()),
               static_cast<std::streamsize>(bytes.size()));
    return path;
}

} // namespace

TEST_CASE("the ring is found at its offset, and drained")
{
    const TemporaryFolder folder;
    RingImage ring(32);
    ring.publish(record_of(1, 10));
    ring.publish(record_of(1, 11));
    ring.header().figures.tasks = 3;
    const auto source = KernelSource::open(file_of(folder, ring));
    REQUIRE(source);
    CHECK((*source)->info().capacity == 32);
    const auto batch = (*source)->drain();
    REQUIRE(batch);
    CHECK(batch->samples.size() == 2);
    CHECK(batch->published == 2);
    CHECK(batch->figures.tasks == 3);
    CHECK((*source)->drain()->samples.empty());
}

TEST_CASE("waiting ends at its deadline at the latest")
{
    const TemporaryFolder folder;
    const auto source = KernelSource::open(file_of(folder, RingImage(32)));
    const auto batch = (*source)->wait({.deadline = 1ns}, -1);
    REQUIRE(batch);
    CHECK_FALSE(batch->woken);
}

TEST_CASE("waiting is quiet until a time, and sees the tick that came meanwhile")
{
    const TemporaryFolder folder;
    RingImage ring(32);
    ring.header().figures.tasks = 1;
    const nanoseconds soon = monotonic_now() + 20ms;
    ring.header().figures.last_tick_ns = static_cast<std::uint64_t>(soon.count());
    const auto source = KernelSource::open(file_of(folder, ring));
    // A file is always readable, as a device with a tick is.
    REQUIRE((*source)->wait({.deadline = {}, .not_before = soon}, -1));
    CHECK(monotonic_now() >= soon);
    // A signal or the deadline end the quiet.
    REQUIRE((*source)->wait({.deadline = monotonic_now(), .not_before = soon + 1h}, -1));
    CHECK(monotonic_now() < soon + 1h);
}

TEST_CASE("an interval below the limit is refused with the limit")
{
    const TemporaryFolder folder;
    const auto source = KernelSource::open(file_of(folder, RingImage(32)));
    const auto refused = (*source)->set_interval(10us);
    REQUIRE_FALSE(refused);
    CHECK(refused.error().message.starts_with(
        "cannot sample every 10us: the shortest interval is 1ms"));
    const auto no_device = (*source)->set_interval(50ms);
    REQUIRE_FALSE(no_device);
    CHECK(no_device.error().message == "cannot sample every 50ms: inappropriate ioctl for device");
}

TEST_CASE("the usual interval is 50 ms, where that is not below the limit")
{
    RingInfo info;
    info.min_interval = 1ms;
    CHECK(usual_interval(info) == 50ms);
    info.min_interval = 200ms;
    CHECK(usual_interval(info) == 200ms);
}

TEST_CASE("a device that is none is refused")
{
    const TemporaryFolder folder;
    RingImage ring(32);
    ring.header().magic = 1;
    const auto source = KernelSource::open(file_of(folder, ring));
    REQUIRE_FALSE(source);
    CHECK(source.error().message.find("not a ring of mp3prof") != std::string::npos);
    const auto none = KernelSource::open(folder.path("none"));
    REQUIRE_FALSE(none);
    CHECK(none.error().message.starts_with("cannot open " + folder.path("none") + ": no such"));
}
