// SPDX-License-Identifier: GPL-2.0-or-later
#include "recording/entry_codec.hpp"
#include "recording/recording_reader.hpp"
#include "recordings.hpp"

#include <algorithm>
#include <cstring>

using namespace mp3prof;
using namespace mp3prof::test;

namespace
{

struct Fixture {
    TemporaryFolder folder;
    std::string path = folder.path("a.rec");

    // Five samples of one process, and the end.
    std::string sound(std::size_t samples = 5, bool with_end = true)
    {
        std::vector<RecordingEntry> entries;
        for (std::size_t i = 0; i < samples; ++i) {
            entries.emplace_back(sample_of(7, 100s + i * 50ms, 10 * i));
        }
        if (with_end) {
            entries.emplace_back(RecordingEnd{.time = 101s});
        }
        write_recording(path, entries);
        return folder.read("a.rec");
    }

    Result<RecordingReader> reader_of(const std::string& bytes)
    {
        folder.write("b.rec", bytes);
        return RecordingReader::open(folder.path("b.rec"));
    }

    std::string error_of(const std::string& bytes)
    {
        const Result<RecordingReader> reader = reader_of(bytes);
        REQUIRE_FALSE(reader);
        return reader.error().message;
    }
};

std::size_t header_size_of(const std::string& bytes)
{
    return parse_size_line(bytes.substr(0, longest_size_line))->header;
}

std::size_t samples_in(const std::vector<RecordingEntry>& entries)
{
    return static_cast<std::size_t>(std::ranges::count_if(entries, [](const RecordingEntry& entry) {
        return std::holds_alternative<Sample>(entry);
    }));
}

std::uint64_t missed_in(const std::vector<RecordingEntry>& entries)
{
    std::uint64_t missed = 0;
    for (const RecordingEntry& entry : entries) {
        const Gap* gap = std::get_if<Gap>(&entry);
        missed += gap != nullptr ? gap->missed : 0;
    }
    return missed;
}

} // namespace

TEST_CASE("a recording reads as it was written")
{
    const Fixture fixture;
    Sample sample = sample_of(4321, 100s, 11, whole_life);
    sample.ppid = 4320;
    sample.uid = 1000;
    sample.major_faults = 12;
    sample.cpu_ns = 13;
    sample.utime_ns = 14;
    sample.stime_ns = 15;
    sample.rss_bytes = std::uint64_t{1} << 40;
    sample.swap_bytes = 17;
    sample.voluntary_switches = 18;
    sample.involuntary_switches = 0xffffffff;
    sample.threads = 20;
    sample.comm = "sixteen bytes ok";
    const Figures figures{.ticks = 1,
                          .last_tick = 2s,
                          .interval = 3ms,
                          .wish = 4ms,
                          .missed_ticks = 5,
                          .throttled_ticks = 6,
                          .follow_failed = 7,
                          .sampling = 8ns,
                          .tasks = 9};
    const Charged charged{.user = 1s,
                          .system = 2s,
                          .minor_faults = 3,
                          .major_faults = 4,
                          .peak_rss_bytes = 5,
                          .voluntary_switches = 6,
                          .involuntary_switches = 7};
    write_recording(fixture.path, {RecordedFigures{100s, RecordedFigures::Moment::begin, figures},
                                   KnownBefore{sample}, sample, Gap{101s, 99},
                                   RecordingEnd{102s, true, 0x0f00, 2s, charged}});

    Result<RecordingReader> reader = RecordingReader::open(fixture.path);
    REQUIRE(reader);
    const RecordingHeader& header = reader->header();
    CHECK(header.version == "1.2.3");
    CHECK(header.source == "kernel");
    CHECK(header.host == "here");
    CHECK(header.kernel == "6.1.0-amd64");
    CHECK(header.cpus == 2);
    CHECK(header.memory_bytes == std::uint64_t{4} << 30);
    CHECK(header.page_size == 4096);
    CHECK(header.hz == 250);
    CHECK(header.interval == 50ms);
    CHECK(header.begin == 100s);
    CHECK(header.clock_offset == 1'795'449'120s);
    CHECK(header.boot == 1'795'449'000s);
    CHECK(header.command == std::vector<std::string>{"make", "-j4"});
    CHECK(header.followed);

    const std::vector<RecordingEntry> entries = entries_of(*reader);
    REQUIRE(entries.size() == 5);
    const auto& recorded = std::get<RecordedFigures>(entries[0]);
    CHECK(recorded.time == 100s);
    CHECK(recorded.moment == RecordedFigures::Moment::begin);
    CHECK(recorded.figures.ticks == 1);
    CHECK(recorded.figures.last_tick == 2s);
    CHECK(recorded.figures.interval == 3ms);
    CHECK(recorded.figures.wish == 4ms);
    CHECK(recorded.figures.missed_ticks == 5);
    CHECK(recorded.figures.throttled_ticks == 6);
    CHECK(recorded.figures.follow_failed == 7);
    CHECK(recorded.figures.sampling == 8ns);
    CHECK(recorded.figures.tasks == 9);
    for (const Sample& read :
         {std::get<KnownBefore>(entries[1]).sample, std::get<Sample>(entries[2])}) {
        CHECK(read.time == sample.time);
        CHECK(read.start == sample.start);
        CHECK(read.pid == 4321);
        CHECK(read.ppid == 4320);
        CHECK(read.uid == 1000);
        CHECK(read.stage == whole_life);
        CHECK(read.minor_faults == 11);
        CHECK(read.major_faults == 12);
        CHECK(read.cpu_ns == 13);
        CHECK(read.utime_ns == 14);
        CHECK(read.stime_ns == 15);
        CHECK(read.rss_bytes == std::uint64_t{1} << 40);
        CHECK(read.swap_bytes == 17);
        CHECK(read.voluntary_switches == 18);
        CHECK(read.involuntary_switches == 0xffffffff);
        CHECK(read.threads == 20);
        CHECK(read.comm == "sixteen bytes ok");
    }
    CHECK(std::get<Gap>(entries[3]).time == 101s);
    CHECK(std::get<Gap>(entries[3]).missed == 99);
    const auto& end = std::get<RecordingEnd>(entries[4]);
    CHECK(end.time == 102s);
    CHECK(end.of_command);
    CHECK(end.wait_status == 0x0f00);
    CHECK(end.wall == 2s);
    CHECK(end.charged.user == 1s);
    CHECK(end.charged.system == 2s);
    CHECK(end.charged.minor_faults == 3);
    CHECK(end.charged.major_faults == 4);
    CHECK(end.charged.peak_rss_bytes == 5);
    CHECK(end.charged.voluntary_switches == 6);
    CHECK(end.charged.involuntary_switches == 7);
    CHECK(reader->complete());
    CHECK_FALSE(reader->flaw());
}

TEST_CASE("the first bytes of a recording tell people what it is")
{
    Fixture fixture;
    const std::string bytes = fixture.sound();
    CHECK(bytes.starts_with("mp3prof-recording 1 header="));
    const std::string header = bytes.substr(0, header_size_of(bytes));
    CHECK(header.find("\"host\": \"here\"") != std::string::npos);
    CHECK(header.ends_with("\n"));
    CHECK((bytes.size() - header.size()) == 6 * entry_size);
}

TEST_CASE("a recording is read up to wherever it was cut")
{
    Fixture fixture;
    const std::string bytes = fixture.sound();
    const std::size_t header = header_size_of(bytes);
    for (std::size_t size = 0; size < bytes.size(); ++size) {
        CAPTURE(size);
        Result<RecordingReader> reader = fixture.reader_of(bytes.substr(0, size));
        REQUIRE(reader.has_value() == (size >= header));
        if (!reader) {
            CHECK(reader.error().message.find(size == 0 ? "it is empty" : "ends in its header") !=
                  std::string::npos);
            continue;
        }
        CHECK(entries_of(*reader).size() == (size - header) / entry_size);
        CHECK(reader->dropped_bytes() == (size - header) % entry_size);
        CHECK_FALSE(reader->complete());
        REQUIRE(reader->flaw());
        CHECK(reader->flaw()->find("it was not completed") != std::string::npos);
    }
}

TEST_CASE("a flipped bit is noticed wherever it is, and costs one entry")
{
    Fixture fixture;
    const std::string bytes = fixture.sound();
    const std::size_t header = header_size_of(bytes);
    for (std::size_t at = 0; at < bytes.size(); ++at) {
        CAPTURE(at);
        std::string flipped = bytes;
        flipped[at] = static_cast<char>(flipped[at] ^ (1 << at % 8));
        Result<RecordingReader> reader = fixture.reader_of(flipped);
        REQUIRE(reader.has_value() == (at >= header));
        if (!reader) {
            continue;
        }
        const std::vector<RecordingEntry> entries = entries_of(*reader);
        const bool last = at >= bytes.size() - entry_size;
        CHECK(reader->damaged_entries() == 1);
        CHECK(samples_in(entries) == (last ? 5 : 4));
        CHECK(missed_in(entries) == (last ? 0 : 1));
        CHECK(reader->complete() == !last);
        REQUIRE(reader->flaw());
        CHECK(reader->flaw()->find("1 of its entries is damaged and left out") !=
              std::string::npos);
    }
}

TEST_CASE("what a crash of the machine leaves, zeros, is no entry")
{
    Fixture fixture;
    Result<RecordingReader> reader =
        fixture.reader_of(fixture.sound(5, false) + std::string(1000, '\0'));
    REQUIRE(reader);
    CHECK(entries_of(*reader).size() == 5);
    CHECK(reader->damaged_entries() == 1000 / entry_size);
    CHECK(reader->dropped_bytes() == 1000 % entry_size);
}

TEST_CASE("a part that is missing is a gap, one that stands there twice is left out")
{
    Fixture fixture;
    std::string bytes = fixture.sound();
    const std::size_t third = header_size_of(bytes) + 2 * entry_size;
    SUBCASE("missing")
    {
        bytes.erase(third, 2 * entry_size);
        Result<RecordingReader> reader = fixture.reader_of(bytes);
        const std::vector<RecordingEntry> entries = entries_of(*reader);
        CHECK(samples_in(entries) == 3);
        CHECK(missed_in(entries) == 2);
        CHECK(std::get<Gap>(entries[2]).time == 100s + 200ms);
    }
    SUBCASE("twice")
    {
        bytes.insert(third, bytes.substr(third - 2 * entry_size, 2 * entry_size));
        Result<RecordingReader> reader = fixture.reader_of(bytes);
        CHECK(samples_in(entries_of(*reader)) == 5);
        CHECK(reader->damaged_entries() == 2);
    }
}

TEST_CASE("entries that a later version added are passed over")
{
    Fixture fixture;
    std::string bytes = fixture.sound();
    std::vector<std::byte> entry(entry_size);
    encode_entry(Gap{}, 6, entry);
    entry[8] = std::byte{0x77};
    const std::uint32_t sum = check_sum(std::span(entry).subspan(4));
    std::memcpy(entry.data(), &sum, sizeof(sum)); // the tests' machines are little-endian
    bytes.append(reinterpret_cast<const char*>(entry.data()), entry.size());
    Result<RecordingReader> reader = fixture.reader_of(bytes);
    REQUIRE(reader);
    CHECK(entries_of(*reader).size() == 6);
    CHECK_FALSE(reader->flaw());
}

TEST_CASE("what is no recording is called what it is")
{
    Fixture fixture;
    const std::string sound = fixture.sound();
    CHECK(fixture.error_of("").find("b.rec: it is empty") != std::string::npos);
    CHECK(fixture.error_of("4300073608 30121 0 15\n4300073621 19405 0 8\n")
              .find("mp3prof import FILE") != std::string::npos);
    CHECK(fixture.error_of("time,monotonic_ns\n").find("text that begins with \"time,mono") !=
          std::string::npos);
    CHECK(fixture
              .error_of(std::string("\x7f"
                                    "ELF\2\0\0\0",
                                    8))
              .find("binary file") != std::string::npos);
    std::string newer = sound;
    newer.replace(newer.find(" 1 "), 3, " 2 ");
    CHECK(fixture.error_of(newer).find(
              "of format 2, of a newer mp3prof; this one reads format 1") != std::string::npos);
    const Result<RecordingReader> missing = RecordingReader::open(fixture.folder.path("none"));
    REQUIRE_FALSE(missing);
    CHECK(missing.error().message.ends_with("none: no such file or directory"));
    const Result<RecordingReader> folder = RecordingReader::open(fixture.folder.path());
    REQUIRE_FALSE(folder);
    CHECK(folder.error().message.ends_with(": is a directory"));
}

TEST_CASE("a recording longer than the reader's buffer is read to its end")
{
    Fixture fixture;
    fixture.sound(10'000);
    Result<RecordingReader> reader = RecordingReader::open(fixture.path);
    REQUIRE(reader);
    CHECK(entries_of(*reader).size() == 10'001);
    CHECK_FALSE(reader->flaw());
}
