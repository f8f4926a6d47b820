// SPDX-License-Identifier: GPL-2.0-or-later
#include "recording/recording_writer.hpp"
#include "recordings.hpp"

#include <csignal>

#include <sys/resource.h>

using namespace mp3prof;
using namespace mp3prof::test;

namespace
{

// While it lives, no file grows over `size`, and the signal that says so is none.
class FileSizeLimit
{
public:
    explicit FileSizeLimit(rlim_t size)
    {
        ::getrlimit(RLIMIT_FSIZE, &before_);
        const rlimit limit{.rlim_cur = size, .rlim_max = before_.rlim_max};
        ::setrlimit(RLIMIT_FSIZE, &limit);
        handler_ = ::signal(SIGXFSZ, SIG_IGN);
    }
    FileSizeLimit(const FileSizeLimit&) = delete;
    FileSizeLimit& operator=(const FileSizeLimit&) = delete;
    ~FileSizeLimit()
    {
        ::setrlimit(RLIMIT_FSIZE, &before_);
        ::signal(SIGXFSZ, handler_);
    }

private:
    rlimit before_{};
    void (*handler_)(int) = nullptr;
};

} // namespace

TEST_CASE("a recording that was there becomes .old")
{
    const TemporaryFolder folder;
    const std::string path = folder.path("a.rec");
    for (const char* host : {"first", "second", "third"}) {
        RecordingHeader header = header_for_tests();
        header.host = host;
        write_recording(path, {}, header);
    }
    CHECK(RecordingReader::open(path)->header().host == "third");
    CHECK(RecordingReader::open(path + ".old")->header().host == "second");
}

TEST_CASE("what was flushed is in the file while the writer goes on")
{
    const TemporaryFolder folder;
    const std::string path = folder.path("a.rec");
    Result<RecordingWriter> writer = RecordingWriter::create(path, header_for_tests());
    REQUIRE(writer);
    REQUIRE(writer->write(sample_of(1, 1s, 1)));
    REQUIRE(writer->flush());
    REQUIRE(writer->write(sample_of(1, 2s, 2)));
    CHECK(entries_of(*RecordingReader::open(path)).size() == 1);
    CHECK(writer->entries() == 2);
}

TEST_CASE("no more is held back than the buffer takes")
{
    const TemporaryFolder folder;
    const std::string path = folder.path("a.rec");
    Result<RecordingWriter> writer = RecordingWriter::create(path, header_for_tests());
    REQUIRE(writer);
    for (int i = 0; i < 2000; ++i) {
        REQUIRE(writer->write(sample_of(1, i * 1s, 1)));
    }
    CHECK(entries_of(*RecordingReader::open(path)).size() * 128 + RecordingWriter::buffer_size >=
          2000 * 128);
}

TEST_CASE("a full disk is an error, and what is in the file can be read")
{
    const TemporaryFolder folder;
    const std::string path = folder.path("a.rec");
    Status status;
    {
        const FileSizeLimit limit(100'000);
        Result<RecordingWriter> writer = RecordingWriter::create(path, header_for_tests());
        REQUIRE(writer);
        for (int i = 0; i < 2000 && status; ++i) {
            status = writer->write(sample_of(1, i * 1s, 1));
        }
    }
    REQUIRE_FALSE(status);
    CHECK(status.error().message.find("a.rec: file too large (what was recorded until now can be "
                                      "read: mp3prof report ") != std::string::npos);
    Result<RecordingReader> reader = RecordingReader::open(path);
    REQUIRE(reader);
    CHECK(entries_of(*reader).size() == (100'000 - header_text(header_for_tests()).size()) / 128);
    CHECK(reader->dropped_bytes() == 0);
    CHECK(reader->damaged_entries() == 0);
}

TEST_CASE("a device that is full from the start has nothing to report")
{
    const Result<RecordingWriter> writer = RecordingWriter::create("/dev/full", header_for_tests());
    REQUIRE_FALSE(writer);
    CHECK(writer.error().message ==
          "cannot write /dev/full: no space left on device (-o FILE names another file)");
}
