// SPDX-License-Identifier: GPL-2.0-or-later
#include "recording/recording_reader.hpp"

#include "recording/entry_codec.hpp"

#include <algorithm>
#include <cerrno>
#include <utility>

#include <fcntl.h>
#include <unistd.h>

namespace mp3prof
{

namespace
{

constexpr std::size_t read_size = std::size_t{256} << 10;

nanoseconds time_of(const RecordingEntry& entry)
{
    struct Time {
        nanoseconds operator()(const Sample& sample) const { return sample.time; }
        nanoseconds operator()(const KnownBefore& known) const { return known.sample.time; }
        nanoseconds operator()(const Gap& gap) const { return gap.time; }
        nanoseconds operator()(const RecordedFigures& figures) const { return figures.time; }
        nanoseconds operator()(const RecordingEnd& end) const { return end.time; }
    };
    return std::visit(Time{}, entry);
}

std::string_view text_of(std::span<const std::byte> bytes)
{
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

} // namespace

Result<RecordingReader> RecordingReader::open(const std::string& path)
{
    const bool standard = path == "-";
    UniqueFd file(standard ? ::fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 0)
                           : ::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    const std::string name = standard ? "standard input" : path;
    if (!file) {
        return fail("cannot read {}: {}", name, errno_words(errno));
    }
    return from(std::move(file), name);
}

Result<RecordingReader> RecordingReader::from(UniqueFd file, std::string name)
{
    RecordingReader reader(std::move(file), std::move(name));
    if (const Status status = reader.read_header(); !status) {
        return tl::unexpected<Error>(status.error());
    }
    return reader;
}

RecordingReader::RecordingReader(UniqueFd file, std::string name)
    : file_(std::move(file)), name_(std::move(name))
{
}

// The next `size` bytes, or what there is of them before the end of the file.
Result<std::span<const std::byte>> RecordingReader::peek(std::size_t size)
{
    while (buffer_.size() - taken_ < size) {
        buffer_.erase(buffer_.begin(), buffer_.begin() + static_cast<std::ptrdiff_t>(taken_));
        taken_ = 0;
        const std::size_t had = buffer_.size();
        buffer_.resize(had + std::max(read_size, size - had));
        const ssize_t got = ::read(file_.get(), buffer_.data() + had, buffer_.size() - had);
        const int error = errno;
        buffer_.resize(had + (got > 0 ? static_cast<std::size_t>(got) : 0));
        if (got < 0 && error != EINTR) {
            return fail("cannot read {}: {}", name_, errno_words(error));
        }
        if (got == 0) {
            break;
        }
    }
    return std::span<const std::byte>(buffer_).subspan(taken_).first(
        std::min(size, buffer_.size() - taken_));
}

Status RecordingReader::read_header()
{
    const auto say = [this](const Error& error) {
        return fail("cannot read {}: {}", name_, error.message);
    };
    TRY_ASSIGN(const auto begin, peek(longest_size_line));
    const Result<HeaderSizes> sizes = parse_size_line(text_of(begin));
    if (!sizes) {
        return say(sizes.error());
    }
    sizes_ = *sizes;
    TRY_ASSIGN(const auto bytes, peek(sizes_.header));
    if (bytes.size() < sizes_.header) {
        return fail("cannot read {}: it is a recording that ends in its header, after {} of {} "
                    "bytes: nothing can be salvaged",
                    name_, bytes.size(), sizes_.header);
    }
    Result<RecordingHeader> header = parse_header(sizes_, text_of(bytes));
    if (!header) {
        return say(header.error());
    }
    header_ = std::move(*header);
    take(sizes_.header);
    return {};
}

Result<std::optional<RecordingEntry>> RecordingReader::next()
{
    if (held_) {
        return std::exchange(held_, std::nullopt);
    }
    for (;;) {
        TRY_ASSIGN(const auto bytes, peek(sizes_.entry));
        if (bytes.size() < sizes_.entry) {
            dropped_bytes_ = bytes.size();
            return std::nullopt;
        }
        std::optional<DecodedEntry> decoded = decode_entry(bytes);
        take(sizes_.entry);
        // The numbers ahead of us tell what is missing; those behind us belong
        // to a part that stands there twice.
        const std::uint32_t ahead = decoded ? decoded->sequence - next_sequence_ : 0;
        if (!decoded || ahead > std::uint32_t{1} << 31) {
            ++lost_;
            ++damaged_;
            next_sequence_ += decoded ? 0 : 1;
            continue;
        }
        lost_ += ahead;
        damaged_ += ahead;
        next_sequence_ = decoded->sequence + 1;
        ++good_;
        if (decoded->entry) {
            return in_order(std::move(*decoded->entry));
        }
    }
}

// The entry, or first a gap for what was lost before it.
std::optional<RecordingEntry> RecordingReader::in_order(RecordingEntry entry)
{
    complete_ = complete_ || std::holds_alternative<RecordingEnd>(entry);
    if (lost_ == 0) {
        return entry;
    }
    const Gap gap{.time = time_of(entry), .missed = std::exchange(lost_, 0)};
    held_ = std::move(entry);
    return gap;
}

void tell_flaw(const RecordingReader& reader, std::ostream& words)
{
    if (const std::optional<std::string> flaw = reader.flaw()) {
        words << "mp3prof: " << *flaw << '\n' << std::flush;
    }
}

std::optional<std::string> RecordingReader::flaw() const
{
    std::string words;
    if (damaged_ > 0) {
        words = fmt::format("{} of its entries {} damaged and left out", damaged_,
                            damaged_ == 1 ? "is" : "are");
    }
    if (!complete_) {
        words += fmt::format("{}it was not completed (the recorder was killed, or still runs)",
                             words.empty() ? "" : "; ");
    }
    if (dropped_bytes_ > 0) {
        words +=
            fmt::format("{}its last {} byte{} are no whole entry and left out",
                        words.empty() ? "" : "; ", dropped_bytes_, dropped_bytes_ == 1 ? "" : "s");
    }
    if (words.empty()) {
        return std::nullopt;
    }
    return fmt::format("{}: {}; {} entr{} can be read", name_, words, good_,
                       good_ == 1 ? "y" : "ies");
}

} // namespace mp3prof
