// SPDX-License-Identifier: GPL-2.0-or-later
// A reader of the ring, written from the drawing in mp3.h.
#pragma once

#include "support/fd.hpp"

#include <cstdint>
#include <optional>
#include <vector>

#include <mp3.h>

namespace guest
{

// The whole ring, mapped read-only; sizes come from the header.
class RingMap
{
public:
    explicit RingMap(int fd);
    ~RingMap();
    RingMap(const RingMap&) = delete;
    RingMap& operator=(const RingMap&) = delete;

    bool valid() const { return base_ != nullptr; }
    const mp3_header& header() const { return *reinterpret_cast<const mp3_header*>(base_); }
    const unsigned char* base() const { return base_; }
    std::size_t size() const { return size_; }

    std::uint64_t head() const;  // (D)
    mp3_figures figures() const; // tick first (G)
    const mp3_record* slot(std::uint64_t index) const;

private:
    const unsigned char* base_ = nullptr;
    std::size_t size_ = 0;
};

class Reader
{
public:
    Reader(const RingMap& map, std::uint64_t from) : map_{map}, want_{from} {}

    std::optional<mp3_record> next();
    std::uint64_t want() const { return want_; }
    std::uint64_t missed() const { return missed_; }

private:
    void jump(std::uint64_t head);

    const RingMap& map_;
    std::uint64_t want_;
    std::uint64_t missed_ = 0;
};

} // namespace guest
