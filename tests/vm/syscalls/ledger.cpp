// SPDX-License-Identifier: GPL-2.0-or-later
#include "ledger.hpp"

#include <csignal>
#include <cstdarg>
#include <cstdio>
#include <cstdlib>
#include <new>

#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

namespace syscalls
{

Ledger& Ledger::make()
{
    void* memory =
        mmap(nullptr, sizeof(Ledger), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (memory == MAP_FAILED)
        std::abort();
    return *new (memory) Ledger{};
}

void Ledger::violate(const char* format, ...)
{
    if (!violated.exchange(true)) {
        va_list arguments;
        va_start(arguments, format);
        std::vsnprintf(violation, sizeof violation, format, arguments);
        va_end(arguments);
    }
    _exit(3);
}

void Ledger::count_end(pid_t pid, int status)
{
    if (!WIFSIGNALED(status))
        return;
    const int signal = WTERMSIG(status);
    killed[static_cast<unsigned>(signal)]++;
    switch (signal) {
    case SIGKILL: // ours
    case SIGALRM: // of a child that waits too long
    case SIGBUS:  // it touched what may not be
    case SIGSEGV:
        return;
    default:
        if (!violated.exchange(true))
            std::snprintf(violation, sizeof violation, "process %d ended by signal %d", pid,
                          signal);
    }
}

} // namespace syscalls
