// SPDX-License-Identifier: GPL-2.0-or-later
#include "workload/huge_pages.hpp"

#include <cerrno>
#include <fstream>

#include <sys/mman.h>

namespace mp3prof
{

std::optional<std::uint64_t> huge_page_bytes(const std::string& folder)
{
    std::string choices; // as in "always [madvise] never"
    std::getline(std::ifstream(folder + "/enabled"), choices);
    std::uint64_t bytes = 0;
    std::ifstream(folder + "/hpage_pmd_size") >> bytes;
    if (choices.empty() || choices.find("[never]") != std::string::npos || bytes == 0) {
        return std::nullopt;
    }
    return bytes;
}

Status choose_pages(std::span<std::byte> memory, HugePages huge_pages)
{
    const int advice = huge_pages == HugePages::always ? MADV_HUGEPAGE : MADV_NOHUGEPAGE;
    // EINVAL: a kernel without huge pages has none to choose.
    if (::madvise(memory.data(), memory.size(), advice) < 0 && errno != EINVAL) {
        return fail("cannot choose the size of pages: {}", errno_words(errno));
    }
    return {};
}

} // namespace mp3prof
