// SPDX-License-Identifier: GPL-2.0-or-later
#include "device/registry.hpp"

#include "device/diagnosis.hpp"
#include "device/facts.hpp"

#include <cerrno>

#include <fcntl.h>
#include <unistd.h>

namespace mp3prof
{

namespace
{

bool is_add(const Request& request)
{
    return request.verb == Verb::add || request.verb == Verb::follow;
}

std::string reason(const Request& request, int error)
{
    const pid_t pid = request.pid;
    switch (error) {
    case EPERM:
        if (is_add(request)) {
            return fmt::format("permission denied (it is another user's, changed its user, or is a "
                               "kernel thread; for another user's: sudo mp3prof register {}{})",
                               request.verb == Verb::follow ? "--follow " : "", pid);
        }
        return fmt::format("permission denied (it is not yours, and you did not register it: sudo "
                           "mp3prof unregister {})",
                           pid);
    case ESRCH:
        return "there is no such process (ps -e lists those that there are)";
    case EEXIST:
        return fmt::format("it is registered{} already (mp3prof unregister {} ends that)",
                           request.verb == Verb::follow ? " and followed" : "", pid);
    case ENOENT:
        return fmt::format("it is not registered (cat {} lists those that are)", registry_path);
    case ENOSPC:
        return "as many processes are registered as may be (the limit is in "
               "/sys/module/mp3/parameters/max_tasks; mp3prof unregister --all ends yours)";
    case EOPNOTSUPP:
        return "this kernel has no tracepoint to follow forks by (without following it goes: "
               "mp3prof register PID, mp3prof run --no-follow)";
    case EINVAL:
        return "the loaded module does not understand it (mp3prof status compares the versions)";
    default:
        return errno_words(error);
    }
}

} // namespace

std::string command_line(const Request& request)
{
    switch (request.verb) {
    case Verb::add:
        return fmt::format("R {}\n", request.pid);
    case Verb::follow:
        return fmt::format("R {} follow\n", request.pid);
    case Verb::remove:
        return fmt::format("U {}\n", request.pid);
    case Verb::remove_all:
        return "U *\n";
    }
    return {};
}

std::string explain(const Request& request, int error)
{
    if (request.verb == Verb::remove_all) {
        return fmt::format("cannot unregister all processes: {}", errno_words(error));
    }
    return fmt::format("cannot {} process {}: {}", is_add(request) ? "register" : "unregister",
                       request.pid, reason(request, error));
}

Result<std::unique_ptr<Registry>> ProcRegistry::open(const std::string& path)
{
    UniqueFd file(::open(path.c_str(), O_WRONLY | O_CLOEXEC));
    if (!file) {
        const int error = errno;
        const Facts facts = gather_facts();
        if (facts.loaded) { // then it is not about the device
            return fail("cannot open {}: {} (the module is loaded, but this /proc does not have "
                        "it: see \"findmnt /proc\")",
                        path, errno_words(error));
        }
        return fail("cannot open {}: {}", path, explain_no_device(error, facts));
    }
    return std::make_unique<ProcRegistry>(std::move(file));
}

tl::expected<void, int> ProcRegistry::apply(const Request& request)
{
    // One write is one command; the offset does not matter to the registry.
    const std::string line = command_line(request);
    if (::write(file_.get(), line.data(), line.size()) < 0) {
        return tl::unexpected<int>(errno);
    }
    return {};
}

std::string ProcRegistry::explain(const Request& request, int error) const
{
    return mp3prof::explain(request, error);
}

} // namespace mp3prof
