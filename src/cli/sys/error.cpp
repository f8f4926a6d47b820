// SPDX-License-Identifier: GPL-2.0-or-later
#include "sys/error.hpp"

#include <cctype>

namespace mp3prof
{

std::string errno_words(int error)
{
    std::string words = std::generic_category().message(error);
    // "I/O error" and the like keep their capitals.
    if (words.size() > 1 && std::islower(static_cast<unsigned char>(words[1])) != 0) {
        words[0] = static_cast<char>(std::tolower(static_cast<unsigned char>(words[0])));
    }
    return words;
}

} // namespace mp3prof
