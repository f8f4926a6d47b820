// SPDX-License-Identifier: GPL-2.0-or-later
// The reader of recordings, on bytes as they come and on a sound file that was
// damaged: it ends, an error or a flaw has words, and what it gives can be
// written and read again.
#include "fuzz.hpp"
#include "recording/entry_codec.hpp"
#include "recording/recording_reader.hpp"

#include <array>
#include <string>

#include <sys/mman.h>
#include <unistd.h>

using namespace mp3prof;
using namespace mp3prof::fuzz;

namespace
{

// Kinds, flags and figures of the input, under a sound check sum.
std::string entry_from(Input& input, std::uint32_t sequence)
{
    std::array<std::byte, entry_size> bytes{};
    const std::uint64_t kind = input.below(7);
    const std::string_view body = input.text(entry_size - 10);
    for (std::size_t at = 0; at < body.size(); ++at) {
        bytes[10 + at] = static_cast<std::byte>(body[at]);
    }
    bytes[8] = static_cast<std::byte>(kind);
    for (std::size_t at = 0; at < 4; ++at) {
        bytes[4 + at] = static_cast<std::byte>(sequence >> (8 * at));
    }
    const std::uint32_t sum = check_sum(std::span(bytes).subspan(4));
    for (std::size_t at = 0; at < 4; ++at) {
        bytes[at] = static_cast<std::byte>(sum >> (8 * at));
    }
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

std::string file_from(Input& input)
{
    if (input.flag()) {
        return std::string(input.rest());
    }
    RecordingHeader header;
    header.host = input.word();
    header.command = {std::string(input.word())};
    std::string file = header_text(header);
    std::uint32_t sequence = 0;
    while (!input.empty()) {
        switch (input.below(12)) {
        case 0: // a flipped bit
            file[input.number(3) % file.size()] ^= static_cast<char>(1 << input.below(8));
            break;
        case 1: // a missing part, or one that stands there twice
            sequence += static_cast<std::uint32_t>(input.number(input.below(5)));
            break;
        case 2:
            file += input.text(input.below(200));
            break;
        default:
            file += entry_from(input, sequence++);
        }
    }
    return file;
}

UniqueFd open_memory(const std::string& bytes)
{
    UniqueFd file(::memfd_create("recording", MFD_CLOEXEC));
    FUZZ_CHECK(file && ::write(file.get(), bytes.data(), bytes.size()) ==
                           static_cast<ssize_t>(bytes.size()));
    ::lseek(file.get(), 0, SEEK_SET);
    return file;
}

// An entry that was read is written as the same entry.
void check_round_trip(const RecordingEntry& entry)
{
    std::array<std::byte, entry_size> once{};
    std::array<std::byte, entry_size> twice{};
    encode_entry(entry, 1, once);
    const std::optional<DecodedEntry> decoded = decode_entry(once);
    FUZZ_CHECK(decoded && decoded->entry && decoded->sequence == 1);
    encode_entry(*decoded->entry, 1, twice);
    FUZZ_CHECK(once == twice);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    Input input(data, size);
    const std::string file = file_from(input);
    Result<RecordingReader> reader = RecordingReader::from(open_memory(file), "the input");
    if (!reader) {
        FUZZ_CHECK(reader.error().message.starts_with("cannot read the input: "));
        return 0;
    }
    for (std::size_t count = 0;; ++count) {
        // A gap may stand before each entry.
        FUZZ_CHECK(count <= 2 * (file.size() / entry_size));
        const Result<std::optional<RecordingEntry>> entry = reader->next();
        FUZZ_CHECK(entry);
        if (!*entry) {
            break;
        }
        check_round_trip(**entry);
    }
    FUZZ_CHECK(reader->dropped_bytes() < largest_entry);
    FUZZ_CHECK(
        reader->flaw().has_value() ==
        (!reader->complete() || reader->damaged_entries() > 0 || reader->dropped_bytes() > 0));
    return 0;
}
