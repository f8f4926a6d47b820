// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "fuzz.hpp"
#include "ring/ring_header.hpp"

#include "mp3.h"

#include <cstring>
#include <memory>
#include <span>

namespace mp3prof::fuzz
{

// A ring whose memory ends with its last byte, so that the sanitizer sees who
// reads beyond. Its producer keeps to the protocol; corrupt() does not.
class Image
{
public:
    // Sizes from the input, such that the ring is small and sound.
    explicit Image(Input& input)
        : capacity_(std::uint64_t{2} << input.below(5)),
          record_size_(static_cast<std::uint32_t>(sizeof(mp3_record) + 8 * input.below(3))),
          data_offset_(sizeof(mp3_header) + 64 * input.below(3)),
          size_(data_offset_ + capacity_ * record_size_),
          words_(std::make_unique<std::uint64_t[]>(size_ / 8))
    {
        mp3_header& fields = header();
        fields.magic = MP3_MAGIC;
        fields.abi_major = MP3_ABI_MAJOR;
        fields.abi_minor = MP3_ABI_MINOR;
        fields.header_size = sizeof(mp3_header);
        fields.record_size = record_size_;
        fields.clock_id = 1;
        fields.capacity = capacity_;
        fields.data_offset = data_offset_;
        fields.map_size = size_;
    }

    [[nodiscard]] std::span<const std::byte> bytes() const { return std::as_bytes(words()); }
    [[nodiscard]] std::span<std::uint64_t> words() const { return {words_.get(), size_ / 8}; }
    [[nodiscard]] mp3_header& header() const
    {
        return *reinterpret_cast<mp3_header*>(words_.get());
    }
    [[nodiscard]] std::uint64_t capacity() const { return capacity_; }
    [[nodiscard]] std::uint64_t head() const { return head_; }

    void publish(mp3_record record)
    {
        record.seq = ++head_;
        std::memcpy(words_.get() +
                        (data_offset_ + ((head_ - 1) & (capacity_ - 1)) * record_size_) / 8,
                    &record, sizeof(record));
        header().head = head_;
    }

    // Overwrites a word of the header (the first 40) or of any place.
    void corrupt(Input& input)
    {
        const bool anywhere = input.flag();
        const std::size_t at = input.below(anywhere ? size_ / 8 : sizeof(mp3_header) / 8);
        words_[at] = input.number(1 + input.below(8));
    }

private:
    std::uint64_t capacity_;
    std::uint32_t record_size_;
    std::uint64_t data_offset_;
    std::size_t size_;
    std::unique_ptr<std::uint64_t[]> words_;
    std::uint64_t head_ = 0; // the producer's own
};

// A record with what the input has, in the order of its fields.
[[nodiscard]] inline mp3_record record_from(Input& input)
{
    mp3_record record{};
    const std::string_view bytes = input.text(sizeof(record));
    std::memcpy(&record, bytes.data(), bytes.size());
    return record;
}

} // namespace mp3prof::fuzz
