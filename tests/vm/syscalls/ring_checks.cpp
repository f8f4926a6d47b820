// SPDX-License-Identifier: GPL-2.0-or-later
#include "ring_checks.hpp"

#include "support/device.hpp"
#include "support/status.hpp"

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <sstream>

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

namespace syscalls
{

using guest::page_size;

void check_maps(Worker& worker)
{
    std::istringstream lines{guest::read_text("/proc/self/maps")};
    for (std::string line; std::getline(lines, line);) {
        char rights[5] = "";
        unsigned long offset = 0;
        if (line.find(guest::device_path) == std::string::npos ||
            std::sscanf(line.c_str(), "%*x-%*x %4s %lx", rights, &offset) != 2)
            continue;
        const bool ring = offset >= MP3_RING_OFFSET;
        if (ring && std::strpbrk(rights, "wx") != nullptr)
            worker.ledger.violate("the ring is mapped %s: %s", rights, line.c_str());
        if (std::strchr(rights, 'p') != nullptr)
            worker.ledger.violate("a private mapping of the device: %s", line.c_str());
        worker.ledger.maps_checked++;
    }
}

namespace
{

// Returns when the device may not be used; dies when all is well.
void write_to_ring(Hand& hand)
{
    Random& random = hand.random();
    Ledger& ledger = hand.worker().ledger;
    const int fd = open(guest::device_path, random.pick({O_RDONLY, O_RDWR}) | O_CLOEXEC);
    void* memory = mmap(nullptr, page_size(), PROT_READ, MAP_SHARED, fd, MP3_RING_OFFSET);
    if (memory == MAP_FAILED)
        return;
    ledger.write_attempts++;
    // Any of these may be refused; none may help.
    madvise(memory, page_size(), static_cast<int>(random.below(26)));
    mprotect(memory, page_size(), PROT_READ | PROT_WRITE);
    mprotect(memory, page_size(), PROT_WRITE | PROT_EXEC);
    void* moved = mremap(memory, page_size(), page_size(), MREMAP_MAYMOVE);
    auto* words = static_cast<volatile std::uint64_t*>(moved == MAP_FAILED ? memory : moved);
    words[random.below(page_size() / 8)] = random.word();
    ledger.violate("a write to the ring went through");
}

} // namespace

void attempt_write(Hand& hand)
{
    const pid_t pid = fork();
    if (pid == 0) {
        write_to_ring(hand);
        _exit(0);
    }
    // ECHILD: the other thread has reaped it with its own.
    while (pid > 0 && waitpid(pid, nullptr, 0) < 0 && errno == EINTR) {
    }
}

} // namespace syscalls
