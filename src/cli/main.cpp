// SPDX-License-Identifier: GPL-2.0-or-later
#include "app.hpp"

int main(int argc, char** argv)
{
    return mp3prof::run_app(argc, argv);
}
