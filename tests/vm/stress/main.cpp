// SPDX-License-Identifier: GPL-2.0-or-later
// mp3-stress --seed N --seconds N: everything at once, on a machine that may die
// of it. Runs as root in a guest, with the module loaded; mp3.ko beside it is
// reloaded meanwhile. The same seed makes each actor decide the same.
#include "aftermath.hpp"
#include "board.hpp"
#include "cast.hpp"
#include "process.hpp"
#include "setting.hpp"
#include "support/clock.hpp"
#include "support/device.hpp"

#include <cstdlib>
#include <cstring>
#include <random>

#include <unistd.h>

namespace
{

struct Options {
    std::uint64_t seed = std::random_device{}();
    std::chrono::seconds length{60};
    bool valid = true;
};

Options parse(int argc, char** argv)
{
    Options options;
    for (int i = 1; i + 1 < argc; i += 2) {
        const unsigned long long value = std::strtoull(argv[i + 1], nullptr, 10);
        if (std::strcmp(argv[i], "--seed") == 0)
            options.seed = value;
        else if (std::strcmp(argv[i], "--seconds") == 0)
            options.length = std::chrono::seconds{value};
        else
            options.valid = false;
    }
    options.valid = options.valid && argc % 2 == 1;
    return options;
}

void run(const Options& options)
{
    stress::Setting setting;
    const stress::Surplus before = stress::settled_surplus();
    const std::uint64_t start = guest::now_ns();
    stress::play(options.seed, options.length);
    stress::check_aftermath(before);
    const std::uint64_t operations = stress::print_counts();
    stress::say("%llu operations; %.1f s", static_cast<unsigned long long>(operations),
                static_cast<double>(guest::now_ns() - start) / 1e9);
}

} // namespace

int main(int argc, char** argv)
{
    if (argc > 2 && std::strcmp(argv[1], "--child") == 0)
        return stress::run_child(argc - 2, argv + 2);
    const Options options = parse(argc, argv);
    if (!options.valid || geteuid() != 0 || !guest::prepare_node()) {
        stress::say("usage: mp3-stress [--seed N] [--seconds N]\n"
                    "needs root and a loaded module (/dev/mp3)");
        return 2;
    }
    stress::say("mp3-stress --seed %llu --seconds %lld",
                static_cast<unsigned long long>(options.seed),
                static_cast<long long>(options.length.count()));
    run(options);
    const unsigned failures = stress::board().failures;
    stress::say("mp3-stress: %u failures", failures);
    return failures == 0 ? 0 : 1;
}
