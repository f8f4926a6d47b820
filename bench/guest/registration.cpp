// SPDX-License-Identifier: GPL-2.0-or-later
// Registering one more process and ending that again: the time of two write().
#include "figure.hpp"
#include "parts.hpp"
#include "schedule.hpp"
#include "support/child.hpp"
#include "support/clock.hpp"
#include "support/crowd.hpp"
#include "support/status.hpp"

#include <string>
#include <vector>

#include <fcntl.h>

namespace bench
{

static void measure_at(int registered)
{
    const guest::Child child{[]() -> int { guest::sleep_for_ever(); }};
    const std::string in = "R " + std::to_string(child.pid()) + "\n";
    const std::string out = "U " + std::to_string(child.pid()) + "\n";
    const guest::Fd fd{open(guest::status_path, O_WRONLY | O_CLOEXEC)};
    const Directing directing;
    std::vector<std::uint64_t> taken;
    for (int i = 0; i < 51; ++i) {
        sleep_ns(1'000'000);
        const std::uint64_t begin = guest::now_ns();
        demand(guest::command_to(fd.get(), in) == 0, "a process cannot be registered");
        demand(guest::command_to(fd.get(), out) == 0, "a registration cannot be ended");
        taken.push_back(guest::now_ns() - begin);
    }
    figure("registration." + std::to_string(registered), static_cast<double>(median(taken)));
}

void measure_registration(const Options& options)
{
    const guest::Crowd few{10};
    demand(few.complete() && few.register_all() == 0, "10 processes cannot be registered");
    measure_at(10);
    const guest::Crowd rest{options.largest - 10};
    demand(rest.complete() && rest.register_all() == 0, "the many cannot be registered");
    measure_at(options.largest);
}

} // namespace bench
