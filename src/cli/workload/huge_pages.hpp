// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "sys/error.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>

namespace mp3prof
{

enum class HugePages { never, always };

constexpr const char* huge_page_folder = "/sys/kernel/mm/transparent_hugepage";

// The bytes of a transparent huge page; nothing where the kernel has none or
// they are switched off.
[[nodiscard]] std::optional<std::uint64_t>
huge_page_bytes(const std::string& folder = huge_page_folder);

// Says which pages memory shall have, before it is touched.
[[nodiscard]] Status choose_pages(std::span<std::byte> memory, HugePages huge_pages);

} // namespace mp3prof
