// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/comparison_notes.hpp"
#include "recordings.hpp"

using namespace mp3prof;
using namespace mp3prof::test;

namespace
{

using Notes = std::vector<std::string>;

RecordingHeader header_of(nanoseconds interval, const char* source, const char* host)
{
    RecordingHeader header = header_for_tests();
    header.interval = interval;
    header.source = source;
    header.host = host;
    return header;
}

} // namespace

TEST_CASE("recordings made in one way need no note")
{
    const std::vector<RecordingHeader> headers(3, header_of(50ms, "kernel", "here"));
    CHECK(comparison_notes(headers).empty());
}

TEST_CASE("in what recordings differ is told in a line")
{
    const std::vector<RecordingHeader> headers = {header_of(10ms, "kernel", "here"),
                                                  header_of(500ms, "kernel", "there"),
                                                  header_of(10ms, "kernel", "here")};
    CHECK(comparison_notes(headers) ==
          Notes{"the recordings differ in interval (10ms, 500ms), host (here, there): peaks are "
                "not compared"});
    CHECK(comparison_notes(std::span(headers).last(1)).empty());
    std::vector<RecordingHeader> alone(2, header_of(50ms, "proc", "here"));
    alone[0].followed = alone[1].followed = false;
    CHECK(comparison_notes(alone).empty()); // of one process nothing is missed
    alone[1].followed = true;
    CHECK(comparison_notes(alone).front() ==
          "the recordings differ in children (not followed, followed)");
    CHECK_FALSE(peaks_compare(headers[0], headers[1]));
}

TEST_CASE("peaks compare where both sources know short lives, or neither")
{
    const std::vector<RecordingHeader> both = {header_of(50ms, "kernel", "here"),
                                               header_of(50ms, "import", "here")};
    CHECK(comparison_notes(both) == Notes{"the recordings differ in source (kernel, import)"});
    const std::vector<RecordingHeader> one = {both[0], header_of(50ms, "proc", "here")};
    CHECK(comparison_notes(one) ==
          Notes{"the recordings differ in source (kernel, proc): peaks are not compared",
                "peaks and processes are as seen in /proc: short-lived ones may be missing"});
    CHECK(peaks_compare(one[1], one[1]));
}
