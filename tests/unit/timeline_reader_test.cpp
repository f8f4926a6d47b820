// SPDX-License-Identifier: GPL-2.0-or-later
#include "plot/timeline_reader.hpp"
#include "recordings.hpp"

#include <sstream>

using namespace mp3prof;
using namespace mp3prof::test;

namespace
{

struct Fixture {
    TemporaryFolder folder;
    std::ostringstream words;

    void record(const std::vector<RecordingEntry>& entries) const
    {
        write_recording(folder.path("a"), entries);
    }
    Result<Timeline> read(const std::string& name)
    {
        return read_timeline(folder.path(name), words);
    }
    std::string error(const std::string& name) { return read(name).error().message; }
};

} // namespace

TEST_CASE("a recording is read, whatever it is called")
{
    Fixture fixture;
    fixture.record({sample_of(7, 100s + 50ms, 100), sample_of(7, 100s + 100ms, 130),
                    RecordingEnd{.time = 101s}});
    const Result<Timeline> timeline = fixture.read("a");
    REQUIRE(timeline);
    CHECK(timeline->file == fixture.folder.path("a"));
    CHECK(timeline->length == 1s);
    REQUIRE(timeline->traces.size() == 1);
    CHECK(timeline->traces[0].steps[1].minor_faults == 30);
    CHECK(fixture.words.str().empty());
}

TEST_CASE("what is wrong with a recording is said, and the rest is drawn")
{
    Fixture fixture;
    fixture.record({sample_of(7, 100s + 50ms, 100)});
    const Result<Timeline> timeline = fixture.read("a");
    REQUIRE(timeline);
    CHECK(timeline->traces.size() == 1);
    CHECK(fixture.words.str().starts_with("mp3prof: " + fixture.folder.path("a") + ": "));
    CHECK(fixture.words.str().find("was not completed") != std::string::npos);
}

TEST_CASE("csv is known by its first line")
{
    Fixture fixture;
    fixture.folder.write("b", "time,monotonic_ns,pid\n");
    CHECK(fixture.error("b") ==
          "cannot read " + fixture.folder.path("b") + ": its first line has no column elapsed_ns");
}

TEST_CASE("what is neither, or is not there, is an error")
{
    Fixture fixture;
    fixture.folder.write("c", "something else\n");
    CHECK(fixture.error("c").starts_with("cannot read " + fixture.folder.path("c") + ": "));
    CHECK(fixture.error("d").find("no such file or directory") != std::string::npos);
    CHECK_FALSE(fixture.read(""));
}
