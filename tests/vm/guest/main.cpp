// SPDX-License-Identifier: GPL-2.0-or-later
// mp3-guest-test: runs in a guest, as root, with the module loaded. doctest's
// options select: -ts=exact,ring  -tc='*zombie*'  -s
#define DOCTEST_CONFIG_IMPLEMENT
#include "modes.hpp"
#include "support/device.hpp"
#include "support/figures.hpp"
#include "support/skip.hpp"

#include <doctest/doctest.h>

#include <cstdio>
#include <cstring>

#include <unistd.h>

int main(int argc, char** argv)
{
    if (argc > 2 && std::strcmp(argv[1], "--child") == 0)
        return guest::run_mode(argc - 2, argv + 2);
    if (geteuid() != 0 || !guest::prepare_node()) {
        std::fprintf(stderr, "mp3-guest-test: needs root and a loaded module (/dev/mp3)\n");
        return 2;
    }
    doctest::Context context(argc, argv);
    const int result = context.run();
    guest::print_figures();
    return context.shouldExit() ? result : guest::with_skips(result); // when only listed
}
