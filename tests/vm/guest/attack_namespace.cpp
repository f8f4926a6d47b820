// SPDX-License-Identifier: GPL-2.0-or-later
// From inside a namespace, or through another mount of /proc: nothing outside
// is seen, taken or ended.
#include "support/child.hpp"
#include "support/device.hpp"
#include "support/history.hpp"
#include "support/namespace.hpp"
#include "support/ring.hpp"
#include "support/skip.hpp"
#include "support/status.hpp"
#include "support/users.hpp"

#include <doctest/doctest.h>

#include <cerrno>
#include <csignal>

#include <fcntl.h>
#include <sched.h>
#include <sys/mount.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace guest;

namespace
{

// The value of `body`, run by alice as root of a user namespace of her own.
// False where that cannot be; says SKIP.
bool as_root_of_her_own(int& result, const std::function<int()>& body)
{
    result = as(alice, [&] {
        const int error = become_root_of_user_namespace();
        return error != 0 ? error : body();
    });
    if (result == no_namespaces)
        skip("no user namespaces for ordinary users");
    return result != no_namespaces;
}

// The calling process gets another /proc, with these options.
bool mount_proc(const char* options)
{
    return own_mounts() && mount("proc", "/proc", "proc", 0, options) == 0;
}

} // namespace

TEST_SUITE("attack")
{

    TEST_CASE("U * inside a PID namespace ends what is seen there, and nothing outside")
    {
        if (!pid_namespaces())
            return;
        EmptyRegistry empty;
        REQUIRE(register_pid(getpid()) == 0); // by the uid that the container runs as
        const pid_t outside = getpid();
        CHECK(in_pid_namespace([] {
                  return register_pid(1) == 0 && unregister_all() == 0 && registered().empty() ? 0
                                                                                               : 1;
              }) == 0);
        CHECK(is_registered(outside));
        CHECK(in_pid_namespace([] {
                  if (!drop_capabilities()) // uid 0, as in a container
                      return 1;
                  return unregister_all();
              }) == 0);
        CHECK(is_registered(outside));
    }

    TEST_CASE("a user namespace's root does not open the device in a PID namespace of his")
    {
        int result = -1;
        const auto open_inside = [] {
            if (unshare(CLONE_NEWPID) != 0)
                return 1;
            const Outcome inner = reap(spawn([] { return open_device() ? 0 : errno; }));
            return inner.exited_with(EPERM) ? 0 : 2;
        };
        if (as_root_of_her_own(result, open_inside))
            CHECK(result == 0);
    }

    TEST_CASE("the kernel's uid decides, not the one that a user namespace shows")
    {
        EmptyRegistry empty;
        History history;
        const auto hers = sleeper_of(alice);
        const auto his = sleeper_of(bob);
        int result = -1;
        const auto try_all = [&] {
            const bool own = register_pid(hers->pid()) == 0;
            const bool others = register_pid(his->pid()) == EPERM && follow_pid(getppid()) == EPERM;
            return getuid() == 0 && own && others ? 0 : 1;
        };
        if (!as_root_of_her_own(result, try_all))
            return;
        CHECK(result == 0);
        const auto record = history.wait_fresh(hers->pid());
        REQUIRE(record);
        CHECK(record->uid == alice.uid);

        REQUIRE(register_pid(his->pid()) == 0);
        REQUIRE(as_root_of_her_own(result, [&] {
            return unregister_pid(his->pid()) == EPERM && unregister_all() == 0 ? 0 : 1;
        }));
        CHECK(result == 0);
        CHECK(registered() == std::vector<pid_t>{his->pid()});
    }

    TEST_CASE("a status file that was opened outside shows the reader's numbers")
    {
        if (!pid_namespaces())
            return;
        EmptyRegistry empty;
        REQUIRE(register_pid(getpid()) == 0);
        const std::string outsider = "R " + std::to_string(getpid()) + "\n";
        const Fd fd{open(status_path, O_RDWR | O_CLOEXEC)};
        CHECK(in_pid_namespace([&] {
                  char text[64] = {};
                  const bool hidden = pread(fd.get(), text, sizeof text, 0) == 0;
                  const bool unknown = command_to(fd.get(), outsider) == ESRCH;
                  return hidden && unknown && command_to(fd.get(), "R 1\n") == 0 &&
                                 pread(fd.get(), text, sizeof text, 0) == 2 && text[0] == '1'
                             ? 0
                             : 1;
              }) == 0);
    }

    TEST_CASE("a descriptor from outside is not a way to open the device inside")
    {
        if (!pid_namespaces())
            return;
        EmptyRegistry empty;
        REQUIRE(register_pid(getpid()) == 0);
        const Fd fd = open_device();
        const std::string again = "/proc/self/fd/" + std::to_string(fd.get());
        CHECK(in_pid_namespace([&] {
                  return as(alice, [&] {
                      const bool used = read_ticks(fd.get()) > 0 && RingMap{fd.get()}.valid();
                      const Fd reopened{open(again.c_str(), O_RDWR | O_CLOEXEC)};
                      return used && !reopened && errno == EPERM ? 0 : 1;
                  });
              }) == 0);
    }

    TEST_CASE("a container's own /proc shows the container's processes")
    {
        if (!pid_namespaces())
            return;
        EmptyRegistry empty;
        REQUIRE(register_pid(getpid()) == 0);
        CHECK(in_pid_namespace([] {
                  if (!mount_proc(nullptr))
                      return 1;
                  const bool hidden = registered().empty();
                  const bool own = register_pid(1) == 0 && registered() == std::vector<pid_t>{1};
                  return hidden && own ? 0 : 2;
              }) == 0);
    }

    // hidepid hides what a process does; that there is one, kill() tells anybody.
    // The list tells no more than that, so it stays as mp3(4) says.
    TEST_CASE("hidepid: the list tells no more than kill does")
    {
        EmptyRegistry empty;
        const auto hers = sleeper_of(alice);
        REQUIRE(register_pid(hers->pid()) == 0);
        const std::string name = std::to_string(hers->pid());
        for (const char* options : {"hidepid=1", "hidepid=2", "hidepid=4"}) {
            CAPTURE(options);
            const int result =
                reap(spawn([&] {
                    if (!mount_proc(options))
                        return no_namespaces;
                    return as(bob, [&] {
                        const bool hidden = read_text("/proc/" + name + "/stat").empty();
                        const bool known = kill(hers->pid(), 0) < 0 && errno == EPERM;
                        const bool listed = registered() == std::vector<pid_t>{hers->pid()};
                        const bool refused = register_pid(hers->pid()) == EPERM;
                        return hidden && known && listed && refused ? 0 : 1;
                    });
                })).status;
            if (WIFEXITED(result) && WEXITSTATUS(result) == no_namespaces) {
                skip("this kernel does not mount /proc with that option");
                continue;
            }
            CHECK(result == 0);
        }
    }

    TEST_CASE("subset=pid: such a /proc has no door to the registry")
    {
        const Outcome outcome = reap(spawn([] {
            if (!mount_proc("subset=pid"))
                return no_namespaces;
            return access(status_path, F_OK) < 0 && errno == ENOENT ? 0 : 1;
        }));
        if (outcome.exited_with(no_namespaces)) {
            skip("this kernel has no subset=pid");
            return;
        }
        CHECK(outcome.exited_with(0));
    }
}
