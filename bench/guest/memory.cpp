// SPDX-License-Identifier: GPL-2.0-or-later
// What a registration takes of the kernel's slabs, whatever they are called.
#include "figure.hpp"
#include "parts.hpp"
#include "stage.hpp"
#include "support/crowd.hpp"
#include "support/status.hpp"

#include <sstream>
#include <string>

namespace bench
{

// Bytes of all objects in use.
static double slab_bytes()
{
    std::istringstream lines{guest::read_text("/proc/slabinfo")};
    double sum = 0;
    for (std::string line; std::getline(lines, line);) {
        std::istringstream words{line};
        std::string name;
        double active = 0;
        double all = 0;
        double size = 0;
        if (words >> name >> active >> all >> size)
            sum += active * size;
    }
    demand(sum > 0, "this kernel has no /proc/slabinfo");
    return sum;
}

void measure_memory(const Options&)
{
    constexpr int processes = 8'000;
    const Stage stage;
    const auto& header = stage.map().header();
    figure("memory.ring", static_cast<double>(header.map_size));
    figure("memory.ring.configured",
           static_cast<double>(header.capacity * header.record_size + header.data_offset));
    const guest::Crowd crowd{processes};
    demand(crowd.complete(), "not enough processes");
    const double before = slab_bytes();
    demand(crowd.register_all() == 0, "they cannot be registered");
    figure("memory.process", (slab_bytes() - before) / processes);
}

} // namespace bench
