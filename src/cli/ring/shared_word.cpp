// SPDX-License-Identifier: GPL-2.0-or-later
#include "ring/shared_word.hpp"

#include <cstring>

namespace mp3prof
{

void copy_shared_words(void* to, const std::byte* from, std::size_t size)
{
    auto* out = static_cast<std::byte*>(to);
    for (std::size_t at = 0; at < size; at += sizeof(std::uint64_t)) {
        const std::uint64_t word = shared_word(from + at).load(std::memory_order_relaxed);
        std::memcpy(out + at, &word, sizeof(word));
    }
}

} // namespace mp3prof
