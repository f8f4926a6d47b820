// SPDX-License-Identifier: GPL-2.0-or-later
// Unloads the module and loads it again: at any moment, which fails while the
// device is open somewhere, and when all have let it go. Commands, followed
// forks and parameters go on meanwhile.
#include "actor.hpp"
#include "board.hpp"
#include "judge.hpp"
#include "process.hpp"
#include "setting.hpp"
#include "support/clock.hpp"
#include "support/device.hpp"
#include "support/module.hpp"

#include <cerrno>

#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

namespace stress
{

namespace
{

// While one lives, the module may be gone.
struct Absence {
    Absence() { ++board().presence; }
    ~Absence() { ++board().presence; }
    Absence(const Absence&) = delete;
    Absence& operator=(const Absence&) = delete;
};

class Reloader : public Actor
{
public:
    Reloader()
    {
        stat(guest::device_path, &node_);
        // Most of the time the module is to be there.
        setpriority(PRIO_PROCESS, 0, -20);
    }

    void step(Random& random) override
    {
        nap_us(random.between(10'000, 200'000));
        if (guest::now_ns() < next_ns_)
            return;
        if (setting().module().empty())
            return;
        const std::uint64_t from_ns = guest::now_ns();
        if (random.one_in(20))
            reload_for_sure(random);
        else
            try_to_reload(random);
        // A slow machine would be without it most of the time.
        next_ns_ = guest::now_ns() + 2 * (guest::now_ns() - from_ns);
    }

private:
    void try_to_reload(Random& random)
    {
        const Absence absence;
        if (expect("unload", guest::remove_module(), {EWOULDBLOCK}))
            load(random);
    }

    void reload_for_sure(Random& random)
    {
        board().hands_off = true;
        const Absence absence;
        if (guest::eventually([] { return guest::remove_module() == 0; })) {
            count("unload, when all have let go");
            load(random);
        } else {
            fail("the module does not unload: %s", errno_name(guest::remove_module()));
        }
        board().hands_off = false;
    }

    void load(Random& random)
    {
        if (access("/proc/mp3", F_OK) == 0 || access(guest::device_path, F_OK) == 0)
            fail("the module is gone, its files are not");
        nap_us(random.between(0, 20'000));
        expect("load", guest::load_module(setting().module()));
        if (random.one_in(4) && guest::load_module(setting().module()) != EEXIST)
            fail("loaded twice");
        // What the udev rule would do.
        if (chown(guest::device_path, node_.st_uid, node_.st_gid) != 0 ||
            chmod(guest::device_path, node_.st_mode & 0777) != 0)
            fail("the device's owner cannot be set: %s", errno_name(errno));
    }

    struct stat node_ {
    };
    std::uint64_t next_ns_ = 0;
};

} // namespace

std::unique_ptr<Actor> make_reloader(Person)
{
    return std::make_unique<Reloader>();
}

} // namespace stress
