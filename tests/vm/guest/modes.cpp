// SPDX-License-Identifier: GPL-2.0-or-later
#include "modes.hpp"

#include "support/child.hpp"
#include "support/load.hpp"
#include "support/status.hpp"

#include <cstdlib>
#include <string>

#include <unistd.h>

namespace guest
{

// touch PAGES: touches them and exits.
static int touch(const char* pages)
{
    return touch_pages(std::atol(pages)) ? 0 : 1;
}

// write FD COMMAND: writes to a descriptor that was inherited; exits with the errno.
static int write_inherited(const char* fd, const std::string& line)
{
    return command_to(std::atoi(fd), line);
}

// command COMMAND: writes to a descriptor of its own; exits with the errno.
static int write_own(const std::string& line)
{
    return command(line);
}

// serve READY GO: says that it runs by a byte to READY, touches pages when a byte
// comes from GO, and exits.
static int serve(const char* ready, const char* go)
{
    const char byte = 0;
    if (write(std::atoi(ready), &byte, 1) != 1)
        return 1;
    char word = 0;
    if (read(std::atoi(go), &word, 1) != 1)
        return 1;
    return touch_pages(100) ? 0 : 1;
}

int run_mode(int count, char** words)
{
    const std::string mode = words[0];
    if (mode == "touch" && count == 2)
        return touch(words[1]);
    if (mode == "write" && count == 3)
        return write_inherited(words[1], words[2]);
    if (mode == "command" && count == 2)
        return write_own(words[1]);
    if (mode == "serve" && count == 3)
        return serve(words[1], words[2]);
    return 2;
}

} // namespace guest
