// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>

namespace mp3prof
{

// A word of memory that the kernel writes while we read it. atomic_ref wants a
// mutable object; nothing here stores, and the pages are mapped read-only.
[[nodiscard]] inline std::atomic_ref<std::uint64_t> shared_word(const std::byte* at)
{
    static_assert(std::atomic_ref<std::uint64_t>::is_always_lock_free);
    return std::atomic_ref<std::uint64_t>(
        *reinterpret_cast<std::uint64_t*>(const_cast<std::byte*>(at)));
}

// Copies whole words, each loaded once; `size` is a multiple of eight. What the
// words are together is for the caller to prove (a sequence number around them).
void copy_shared_words(void* to, const std::byte* from, std::size_t size);

} // namespace mp3prof
