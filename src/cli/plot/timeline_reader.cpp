// SPDX-License-Identifier: GPL-2.0-or-later
#include "plot/timeline_reader.hpp"

#include "plot/csv_timeline.hpp"
#include "plot/timeline_builder.hpp"
#include "recording/recording_reader.hpp"

#include <fstream>
#include <optional>

#include <sys/stat.h>

namespace mp3prof
{

namespace
{

// To look at the first line of a pipe would take it away.
bool is_csv(const std::string& path)
{
    struct stat status {
    };
    if (::stat(path.c_str(), &status) != 0 || !S_ISREG(status.st_mode)) {
        return false;
    }
    std::ifstream file(path, std::ios::binary);
    std::string line(longest_size_line, '\0');
    file.read(line.data(), static_cast<std::streamsize>(line.size()));
    return is_csv_header(line);
}

} // namespace

Result<Timeline> read_timeline(const std::string& path, std::ostream& words)
{
    if (is_csv(path)) {
        std::ifstream file(path);
        Result<Timeline> timeline = read_csv_timeline(file, path, words);
        if (!timeline) {
            return fail("cannot read {}: {}", path, timeline.error().message);
        }
        return timeline;
    }
    TRY_ASSIGN(RecordingReader reader, RecordingReader::open(path));
    RecordedTimeline timeline(reader.header(), path);
    for (;;) {
        TRY_ASSIGN(const std::optional<RecordingEntry> entry, reader.next());
        if (!entry) {
            break;
        }
        timeline.take(*entry);
    }
    tell_flaw(reader, words);
    return timeline.finish();
}

} // namespace mp3prof
