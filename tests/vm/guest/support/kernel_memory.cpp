// SPDX-License-Identifier: GPL-2.0-or-later
#include "support/kernel_memory.hpp"

#include "support/status.hpp"

#include <sstream>

namespace guest
{

// Objects in use in the caches whose names pass `wanted`.
template <typename Wanted>
static long objects(const Wanted& wanted)
{
    std::istringstream lines{read_text("/proc/slabinfo")};
    long sum = 0;
    for (std::string line; std::getline(lines, line);) {
        std::istringstream words{line};
        std::string name;
        long active = 0;
        if (words >> name >> active && wanted(name))
            sum += active;
    }
    return sum;
}

// kmalloc-192, also where it is split at random (kmalloc-rnd-05-192).
static bool holds_registrations(const std::string& name)
{
    return name == "kmalloc-192" || (name.rfind("kmalloc-rnd-", 0) == 0 && name.ends_with("-192"));
}

static long meminfo(const std::string& name)
{
    const std::string text = read_text("/proc/meminfo");
    const auto at = text.find(name + ":");
    return at == std::string::npos ? 0 : std::atol(text.c_str() + at + name.size() + 1);
}

KernelMemory kernel_memory()
{
    write_text("/proc/sys/vm/drop_caches", "3");
    KernelMemory memory{};
    memory.registrations = objects(holds_registrations);
    memory.tasks = objects([](const std::string& name) { return name == "task_struct"; });
    memory.has_slab_figures = memory.tasks > 0;
    memory.unreclaimable = meminfo("SUnreclaim");
    memory.vmalloc = meminfo("VmallocUsed");
    memory.free = meminfo("MemFree") + meminfo("Cached") + meminfo("SReclaimable");
    return memory;
}

std::string to_string(const KernelMemory& memory)
{
    std::ostringstream text;
    text << "registrations " << memory.registrations << ", tasks " << memory.tasks
         << ", SUnreclaim " << memory.unreclaimable << " KiB, vmalloc " << memory.vmalloc
         << " KiB, free " << memory.free << " KiB";
    return text.str();
}

} // namespace guest
