// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/status.hpp"
#include "samples.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

using namespace mp3prof;
using namespace mp3prof::test;

namespace
{

StatusReport sound_report()
{
    StatusReport report;
    report.facts.kernel_release = "6.1.0-50-amd64";
    report.facts.cli_version = "1.2.3";
    report.facts.loaded = true;
    report.facts.loaded_version = "1.2.3";
    report.facts.node = DeviceNode{0660, "root", "mp3prof"};
    RingStatus ring;
    ring.info.abi_major = 1;
    ring.info.capacity = 65536;
    ring.info.record_size = 128;
    ring.info.max_tasks = 16384;
    ring.info.max_cpu_percent = 5;
    ring.info.min_interval = 1ms;
    ring.info.max_interval = 1s;
    ring.info.loaded = 100s;
    ring.figures.ticks = 400;
    ring.figures.interval = 50ms;
    ring.figures.wish = 50ms;
    ring.figures.tasks = 2;
    ring.figures.missed_ticks = 1;
    ring.figures.sampling = 2ms;
    ring.published = 800;
    ring.now = 120s;
    report.ring = ring;
    return report;
}

StatusReport broken_report()
{
    StatusReport report;
    report.facts.kernel_release = "6.1.0-50-amd64";
    report.facts.cli_version = "1.2.3";
    report.proc_instead = true;
    report.findings = {{"the module mp3 is not loaded", "sudo modprobe mp3"}};
    return report;
}

} // namespace

TEST_CASE("status of a sound machine")
{
    CHECK(sound_report().usable());
    CHECK(
        status_text(sound_report()) ==
        "mp3prof    1.2.3, ABI 1.0\n"
        "kernel     6.1.0-50-amd64\n"
        "module     1.2.3, loaded, ABI 1.0\n"
        "device     /dev/mp3, root:mp3prof 0660\n"
        "interval   50ms (wished: 50ms; 1ms to 1s may be)\n"
        "processes  2 of 16384, 0 could not be followed\n"
        "ring       65536 records of 128 bytes, 800 published\n"
        "ticks      400, 1 missed, 0 throttled\n"
        "sampler    0.002 s of CPU time, 0.0100 % of one CPU since it was loaded (at most 5 %)\n");
}

TEST_CASE("status says what is wrong and what mends it")
{
    CHECK_FALSE(broken_report().usable());
    CHECK(status_text(broken_report()) ==
          "mp3prof    1.2.3, ABI 1.0\n"
          "kernel     6.1.0-50-amd64\n"
          "module     not loaded\n"
          "device     /dev/mp3: not there\n"
          "samples    from /proc: run, record, monitor, export and study work by it\n"
          "problem    the module mp3 is not loaded: sudo modprobe mp3\n");
}

TEST_CASE("status as JSON")
{
    const auto sound = nlohmann::json::parse(status_json(sound_report()));
    CHECK(sound["usable"] == true);
    CHECK(sound["device"]["mode"] == "0660");
    CHECK(sound["ring"]["interval_ns"] == 50'000'000);
    CHECK(sound["ring"]["tasks"] == 2);
    CHECK(sound["ring"]["sampler_percent"] == doctest::Approx(0.01));
    CHECK(sound["proc_instead"] == false);
    CHECK(sound["problems"].empty());
    const auto broken = nlohmann::json::parse(status_json(broken_report()));
    CHECK(broken["usable"] == false);
    CHECK(broken["ring"].is_null());
    CHECK(broken["proc_instead"] == true);
    CHECK(broken["problems"][0]["mend"] == "sudo modprobe mp3");
}
