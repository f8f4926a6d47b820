// SPDX-License-Identifier: GPL-2.0-or-later
#include "sys/replaced_file.hpp"

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <string_view>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace mp3prof
{

namespace
{

// Beside the file, so that it can be moved there; with no ending that a reader
// of the folder looks for.
std::string name_beside(const std::string& path)
{
    const std::size_t slash = path.rfind('/');
    const std::size_t at = slash == std::string::npos ? 0 : slash + 1;
    return path.substr(0, at) + "." + path.substr(at) + ".XXXXXX";
}

// 0, or an errno value.
int write_all(int fd, std::string_view rest)
{
    while (!rest.empty()) {
        const ssize_t written = ::write(fd, rest.data(), rest.size());
        if (written >= 0) {
            rest.remove_prefix(static_cast<std::size_t>(written));
        } else if (errno != EINTR) {
            return errno;
        }
    }
    return ::fchmod(fd, 0644) < 0 ? errno : 0;
}

} // namespace

bool ReplacedFile::can_replace(const std::string& path)
{
    struct stat info {
    };
    return ::stat(path.c_str(), &info) < 0 || S_ISREG(info.st_mode);
}

Result<bool> ReplacedFile::flush()
{
    const std::string text = std::move(text_).str(); // and leaves it empty
    if (text.empty()) {
        return true;
    }
    std::string fresh = name_beside(path_);
    const UniqueFd file(::mkostemp(fresh.data(), O_CLOEXEC));
    if (!file) {
        return fail("cannot write a file beside {}: {}", path_, errno_words(errno));
    }
    int error = write_all(file.get(), text);
    if (error == 0 && ::rename(fresh.c_str(), path_.c_str()) < 0) {
        error = errno;
    }
    if (error != 0) {
        ::unlink(fresh.c_str());
        return fail("cannot write {}: {}", path_, errno_words(error));
    }
    return true;
}

} // namespace mp3prof
