// SPDX-License-Identifier: GPL-2.0-or-later
#include "aftermath.hpp"

#include "board.hpp"
#include "judge.hpp"
#include "setting.hpp"
#include "support/clock.hpp"
#include "support/device.hpp"
#include "support/module.hpp"
#include "support/ring.hpp"
#include "support/status.hpp"

#include <cstring>

#include <sys/mount.h>
#include <unistd.h>

namespace stress
{

static void check_registry()
{
    if (const int error = guest::unregister_all())
        fail("U * at the end: %s", errno_name(error));
    if (!guest::eventually([] { return guest::registered().empty(); }))
        fail("still registered:\n%s", guest::read_text(guest::status_path).c_str());
    const guest::Fd fd = guest::open_device();
    const guest::RingMap map{fd.get()};
    if (!map.valid())
        return fail("the device cannot be mapped at the end");
    const mp3_figures figures = map.figures();
    if (figures.tasks != 0)
        fail("the figures say %u tasks", figures.tasks);
    say("since the last load: %llu ticks, %llu missed, %llu throttled, %llu forks not followed, "
        "%llu records",
        figures.tick, figures.missed_ticks, figures.throttled_ticks, figures.follow_failed,
        static_cast<unsigned long long>(map.head()));
}

static void check_reload()
{
    if (setting().module().empty())
        return;
    for (int i = 0; i < 3; ++i) {
        if (!guest::eventually([] { return guest::remove_module() == 0; }))
            return fail("the module does not unload at the end: %s",
                        errno_name(guest::remove_module()));
        if (const int error = guest::load_module(setting().module()))
            return fail("the module does not load at the end: %s", errno_name(error));
    }
    if (!guest::registered().empty())
        fail("a new module has processes registered");
}

static void check_leaks()
{
    const char* const file = "/sys/kernel/debug/kmemleak";
    if (access(file, W_OK) != 0)
        mount("none", "/sys/kernel/debug", "debugfs", 0, nullptr);
    if (access(file, W_OK) != 0)
        return not_here("kmemleak");
    // What was freed or stored just now may look lost to the first scan.
    guest::write_text(file, "scan");
    guest::sleep_until_ns(guest::now_ns() + 5'000'000'000);
    guest::write_text(file, "scan");
    const std::string leaks = guest::read_text(file);
    if (!leaks.empty())
        fail("kmemleak:\n%s", leaks.substr(0, 300).c_str());
}

void check_aftermath(const Surplus& before)
{
    check_registry();
    if (!returns_to(before))
        fail("references to tasks were not given back");
    check_reload();
    check_leaks();
}

} // namespace stress
