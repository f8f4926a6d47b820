// SPDX-License-Identifier: GPL-2.0-or-later
#include "support/module.hpp"

#include "support/fd.hpp"

#include <cerrno>

#include <fcntl.h>
#include <sys/syscall.h>

namespace guest
{

int remove_module()
{
    return syscall(SYS_delete_module, "mp3", O_NONBLOCK) == 0 ? 0 : errno;
}

int load_module(const std::string& path, const char* parameters)
{
    const Fd fd{open(path.c_str(), O_RDONLY | O_CLOEXEC)};
    if (!fd)
        return errno;
    return syscall(SYS_finit_module, fd.get(), parameters, 0) == 0 ? 0 : errno;
}

} // namespace guest
