// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <array>
#include <atomic>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <type_traits>

namespace mp3prof
{

// A number in memory that the kernel writes while we read it. atomic_ref wants a
// mutable object; nothing here stores, and the pages are mapped read-only.
template <class Number>
[[nodiscard]] std::atomic_ref<Number> shared(const Number& number)
{
    static_assert(std::atomic_ref<Number>::is_always_lock_free);
    return std::atomic_ref<Number>(const_cast<Number&>(number));
}

// A number as it is now. What several of them are together is for the caller to
// prove (a sequence number around them).
template <class Number>
[[nodiscard]] Number load_shared(const Number& number)
{
    return shared(number).load(std::memory_order_relaxed);
}

// A whole struct, in numbers of eight bytes.
template <class Struct>
[[nodiscard]] Struct load_shared_struct(const std::byte* at)
{
    static_assert(std::is_trivially_copyable_v<Struct>);
    std::array<std::uint64_t, sizeof(Struct) / sizeof(std::uint64_t)> words;
    static_assert(sizeof(words) == sizeof(Struct));
    const auto* from = reinterpret_cast<const std::uint64_t*>(at);
    for (std::uint64_t& word : words) {
        word = load_shared(*from++);
    }
    return std::bit_cast<Struct>(words);
}

} // namespace mp3prof
