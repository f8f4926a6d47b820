// SPDX-License-Identifier: GPL-2.0-or-later
// What a registration takes of the kernel's slabs, whatever they are called.
#include "figure.hpp"
#include "parts.hpp"
#include "schedule.hpp"
#include "stage.hpp"
#include "support/crowd.hpp"
#include "support/status.hpp"

#include <algorithm>
#include <sstream>
#include <string>
#include <vector>

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

// Bytes of the pages that the ring's memory has.
static double ring_bytes()
{
    std::istringstream lines{guest::read_text("/proc/vmallocinfo")};
    double pages = 0;
    for (std::string line; std::getline(lines, line);) {
        const auto at = line.find(" pages=");
        if (line.find(" mp3_ring_create+") != std::string::npos && at != std::string::npos)
            pages += std::stod(line.substr(at + 7));
    }
    demand(pages > 0, "the ring is not in /proc/vmallocinfo");
    return 4'096 * pages;
}

void measure_memory(const Options&)
{
    constexpr int processes = 8'000;
    const Stage stage;
    const auto& header = stage.map().header();
    figure("memory.ring", ring_bytes());
    figure("memory.ring.configured",
           static_cast<double>(header.capacity * header.record_size + header.data_offset));
    const guest::Crowd crowd{processes};
    demand(crowd.complete(), "not enough processes");
    std::vector<std::uint64_t> bytes;
    for (int round = 0; round < 9; ++round) {
        const double before = slab_bytes();
        demand(crowd.register_all() == 0, "they cannot be registered");
        bytes.push_back(static_cast<std::uint64_t>(std::max(slab_bytes() - before, 0.0)));
        demand(guest::unregister_all() == 0, "the registrations cannot be ended");
        sleep_ns(1'000'000'000); // RCU gives them back
    }
    figure("memory.process", static_cast<double>(median(bytes)) / processes);
}

} // namespace bench
