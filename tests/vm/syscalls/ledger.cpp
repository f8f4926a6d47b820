// SPDX-License-Identifier: GPL-2.0-or-later
#include "ledger.hpp"

#include <cstdarg>
#include <cstdio>
#include <cstdlib>
#include <new>

#include <sys/mman.h>
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

} // namespace syscalls
