// SPDX-License-Identifier: GPL-2.0-or-later
#include "recording/recording_writer.hpp"

#include "recording/entry_codec.hpp"
#include "recording/header_text.hpp"

#include <cerrno>
#include <cstdio>
#include <span>
#include <utility>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace mp3prof
{

namespace
{

std::string name_of_old(const std::string& path)
{
    return path + ".old";
}

// Whether there was an old one. A device or a pipe is no recording that could be
// lost.
Result<bool> keep_old(const std::string& path)
{
    struct stat there {
    };
    if (::stat(path.c_str(), &there) < 0 || !S_ISREG(there.st_mode) || there.st_size == 0) {
        return false;
    }
    const std::string old = name_of_old(path);
    if (::rename(path.c_str(), old.c_str()) < 0) {
        return fail("cannot keep {} as {}: {} (-o FILE names another file)", path, old,
                    errno_words(errno));
    }
    return true;
}

} // namespace

Result<RecordingWriter> RecordingWriter::create(const std::string& path,
                                                const RecordingHeader& header)
{
    TRY_ASSIGN(const bool kept_old, keep_old(path));
    UniqueFd file(::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666));
    if (!file) {
        return fail("cannot write {}: {} (-o FILE names another file)", path, errno_words(errno));
    }
    RecordingWriter writer(std::move(file), path, kept_old);
    const std::string text = header_text(header);
    const auto bytes = std::as_bytes(std::span(text));
    writer.buffer_.assign(bytes.begin(), bytes.end());
    writer.header_size_ = bytes.size();
    TRY(writer.flush());
    return writer;
}

RecordingWriter::RecordingWriter(UniqueFd file, std::string path, bool kept_old)
    : file_(std::move(file)), path_(std::move(path)), kept_old_(kept_old)
{
    buffer_.reserve(buffer_size);
}

void RecordingWriter::withdraw()
{
    struct stat there {
    };
    if (::fstat(file_.get(), &there) < 0 || !S_ISREG(there.st_mode)) {
        return;
    }
    // Where that fails, both are there to be seen.
    if (kept_old_) {
        ::rename(name_of_old(path_).c_str(), path_.c_str());
    } else {
        ::unlink(path_.c_str());
    }
}

Status RecordingWriter::write(const RecordingEntry& entry)
{
    const std::size_t at = buffer_.size();
    buffer_.resize(at + entry_size);
    encode_entry(entry, static_cast<std::uint32_t>(entries_), std::span(buffer_).subspan(at));
    ++entries_;
    return buffer_.size() + entry_size > buffer_size ? flush() : Status{};
}

Status RecordingWriter::flush()
{
    std::span<const std::byte> rest(buffer_);
    while (!rest.empty()) {
        const ssize_t written = ::write(file_.get(), rest.data(), rest.size());
        if (written < 0 && errno != EINTR) {
            return write_failed(errno);
        }
        if (written > 0) {
            rest = rest.subspan(static_cast<std::size_t>(written));
            flushed_ += static_cast<std::uint64_t>(written);
        }
    }
    buffer_.clear();
    return {};
}

tl::unexpected<Error> RecordingWriter::write_failed(int error)
{
    buffer_.clear();
    if (flushed_ < header_size_ || header_size_ == 0) {
        return fail("cannot write {}: {} (-o FILE names another file)", path_, errno_words(error));
    }
    const std::uint64_t whole = (flushed_ - header_size_) / entry_size;
    // Where that fails there is half an entry at the end, which a reader drops.
    [[maybe_unused]] const int cut =
        ::ftruncate(file_.get(), static_cast<off_t>(header_size_ + whole * entry_size));
    return fail("cannot write {}: {} (what was recorded until now can be read: mp3prof report {})",
                path_, errno_words(error), path_);
}

} // namespace mp3prof
