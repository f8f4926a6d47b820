// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "ring/sample.hpp"
#include "sys/error.hpp"

#include <cstddef>
#include <span>
#include <vector>

namespace mp3prof
{

// The reader's side of the protocol in uapi/mp3.h, over any bytes that claim to
// be a ring. It knows no device and no clock, and it believes nothing that it
// has not checked: a damaged ring is an error, never a wild access.
class RingReader
{
public:
    struct Read {
        std::span<const Sample> samples; // until the next read()
        std::uint64_t missed = 0;        // records overwritten before they could be read
    };

    // Starts at the oldest record that the ring still holds. `ring` must stay
    // mapped for as long as the reader lives.
    [[nodiscard]] static Result<RingReader> open(std::span<const std::byte> ring);

    // Everything published since the last call, in order. No allocation but
    // for the first batches, which show how much comes at once.
    [[nodiscard]] Result<Read> read();

    [[nodiscard]] Figures figures() const;
    [[nodiscard]] const RingInfo& info() const { return info_; }
    // Records ever published.
    [[nodiscard]] std::uint64_t head() const;

private:
    RingReader(std::span<const std::byte> ring, RingInfo info);
    [[nodiscard]] std::uint64_t oldest(std::uint64_t head) const;
    [[nodiscard]] bool copy_record(std::uint64_t index, Sample& sample) const;

    std::span<const std::byte> ring_;
    RingInfo info_;
    std::vector<Sample> samples_; // of the last read(), and room
    std::uint64_t next_ = 0;      // index of the record wanted next
};

} // namespace mp3prof
