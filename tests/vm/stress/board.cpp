// SPDX-License-Identifier: GPL-2.0-or-later
#include "board.hpp"

#include "judge.hpp"

#include <cstdarg>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <map>
#include <string>

#include <sys/mman.h>
#include <sys/prctl.h>
#include <unistd.h>

namespace stress
{

constexpr int errno_shift = 48; // above any address of a string literal

static Board* make_board()
{
    void* memory =
        mmap(nullptr, sizeof(Board), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (memory == MAP_FAILED)
        std::abort();
    return new (memory) Board{};
}

// Before main(): a process that forked before the first use would have its own.
static Board* const shared = make_board();

Board& board()
{
    return *shared;
}

void offer_target(Random& random, pid_t pid)
{
    board().targets[random.below(Board::max_targets)] = pid;
}

pid_t some_target(Random& random)
{
    return board().targets[random.below(Board::max_targets)];
}

void count(const char* what, int error)
{
    const std::uint64_t key =
        reinterpret_cast<std::uint64_t>(what) | static_cast<std::uint64_t>(error) << errno_shift;
    for (std::uint64_t at = Random{key, 0, 0}.word();; ++at) {
        auto& slot = board().counts[at % Board::max_counts];
        std::uint64_t found = 0;
        if (slot.key.compare_exchange_strong(found, key) || found == key) {
            ++slot.times;
            return;
        }
    }
}

static void print_line(const char* before, const char* format, va_list arguments)
{
    char line[400];
    const int start = std::snprintf(line, sizeof line, "%s", before);
    std::vsnprintf(line + start, sizeof line - 1 - static_cast<std::size_t>(start), format,
                   arguments);
    std::strcat(line, "\n");
    // One write: lines of several processes do not mix. Nothing can be done
    // about one that fails.
    (void)!write(STDOUT_FILENO, line, std::strlen(line));
}

void say(const char* format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    print_line("", format, arguments);
    va_end(arguments);
}

void fail(const char* format, ...)
{
    constexpr std::uint32_t enough = 50;
    if (board().failures++ >= enough)
        return;
    char name[16] = {};
    prctl(PR_GET_NAME, name);
    const std::string before = std::string{"FAIL "} + name + ": ";
    va_list arguments;
    va_start(arguments, format);
    print_line(before.c_str(), format, arguments);
    va_end(arguments);
}

void not_here(const char* what)
{
    say("not here: %s", what);
}

std::uint64_t print_counts()
{
    std::map<std::string, std::map<int, std::uint64_t>> table;
    for (const auto& slot : board().counts)
        if (const std::uint64_t key = slot.key)
            table[reinterpret_cast<const char*>(key & ((1ULL << errno_shift) - 1))]
                 [static_cast<int>(key >> errno_shift)] += slot.times;
    std::uint64_t all = 0;
    for (const auto& [name, outcomes] : table) {
        std::string line;
        for (const auto& [error, times] : outcomes) {
            line += "  " + std::to_string(times) + " " + (error == 0 ? "ok" : errno_name(error));
            all += times;
        }
        say("%-44s%s", name.c_str(), line.c_str());
    }
    return all;
}

} // namespace stress
