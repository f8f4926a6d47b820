// SPDX-License-Identifier: GPL-2.0-or-later
// Every errno of /proc/mp3/status, and what a refused write leaves behind.
#include "support/child.hpp"
#include "support/clock.hpp"
#include "support/device.hpp"
#include "support/ring.hpp"
#include "support/status.hpp"
#include "support/users.hpp"

#include <doctest/doctest.h>

#include <cerrno>
#include <thread>

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/syscall.h>

using namespace guest;
using namespace std::string_literals;

namespace
{

class Sleeper
{
public:
    Sleeper()
        : child_{[] {
              sleep_for_ever();
              return 0;
          }}
    {
    }
    pid_t pid() const { return child_.pid(); }
    std::string name() const { return std::to_string(child_.pid()); }
    void end() { child_.kill_and_reap(SIGKILL); }

private:
    Child child_;
};

// A PID that nobody has: of a child that is reaped.
pid_t free_pid()
{
    const pid_t pid = spawn([] { return 0; });
    reap(pid);
    return pid;
}

} // namespace

TEST_SUITE("errors")
{

    TEST_CASE("the status file is there for everybody")
    {
        struct stat st {
        };
        REQUIRE(stat(status_path, &st) == 0);
        CHECK((st.st_mode & 07777) == 0666);
        CHECK(S_ISREG(st.st_mode));
    }

    TEST_CASE("EINVAL: what is not a command")
    {
        EmptyRegistry empty;
        Sleeper sleeper;
        const std::string pid = sleeper.name();
        const std::vector<std::string> bad{
            "R"s,
            "R "s,
            "R\n"s,
            "U"s,
            "U \n"s,
            "X " + pid,
            "r " + pid,
            "u " + pid,
            "RR " + pid,
            pid,
            "R" + pid,
            "R " + pid + " 1",
            "R " + pid + " followed",
            "R " + pid + " Follow",
            "R " + pid + "follow",
            "R " + pid + " follow follow",
            "R follow " + pid,
            "R -" + pid,
            "R +" + pid,
            "R 0x1",
            "R " + pid + "x",
            "R " + pid + ".0",
            "R *",
            "R * follow",
            "U **",
            "U * *",
            "U *" + pid,
            "U " + pid + " follow",
            "U -1",
            "U x",
            "R \xff\xfe",
            "R " + pid + "\0"s,
            "R "s + "\0"s,
            "\0"s,
            "R " + pid + ";R " + pid,
            "R " + pid + ",1",
            "register " + pid,
            "-1"s,
            "R %s%n"s,
        };
        for (const auto& text : bad) {
            CAPTURE(text);
            CHECK(write_status(text) == -EINVAL);
            CHECK(write_status(text + "\n") == -EINVAL);
        }
        CHECK(registered().empty());
    }

    TEST_CASE("a number that is no PID is refused")
    {
        EmptyRegistry empty;
        for (const char* number : {"0", "00", "4294967295", "4294967296", "4294967297",
                                   "2147483648", "99999999999999999999999"}) {
            CAPTURE(number);
            const long error = write_status("R "s + number);
            CHECK((error == -EINVAL || error == -ESRCH));
        }
        CHECK(registered().empty());
    }

    TEST_CASE("blanks and a newline are welcome, and not needed")
    {
        EmptyRegistry empty;
        Sleeper sleeper;
        const std::string pid = sleeper.name();
        const std::vector<std::string> good{"R " + pid,
                                            "R " + pid + "\n",
                                            "  R   " + pid + "  \n",
                                            "R " + pid + "   ",
                                            " R  " + pid + "   follow  \n",
                                            "R " + pid + " follow",
                                            "R 000" + pid};
        for (const auto& text : good) {
            CAPTURE(text);
            CHECK(write_status(text) == static_cast<long>(text.size()));
            CHECK(registered() == std::vector<pid_t>{sleeper.pid()});
            CHECK(command("  U    " + pid + " \n") == 0);
            CHECK(registered().empty());
        }
    }

    TEST_CASE("a write of nothing does nothing")
    {
        EmptyRegistry empty;
        CHECK(write_status("") == 0);
        CHECK(registered().empty());
    }

    TEST_CASE("ESRCH: no such process")
    {
        EmptyRegistry empty;
        const pid_t nobody = free_pid();
        CHECK(register_pid(nobody) == ESRCH);
        CHECK(follow_pid(nobody) == ESRCH);
        CHECK(register_pid(4'000'000) == ESRCH);
        CHECK(registered().empty());
    }

    TEST_CASE("EEXIST: registered already; a later follow upgrades once")
    {
        EmptyRegistry empty;
        Sleeper sleeper;
        CHECK(register_pid(sleeper.pid()) == 0);
        CHECK(register_pid(sleeper.pid()) == EEXIST);
        CHECK(follow_pid(sleeper.pid()) == 0);
        CHECK(follow_pid(sleeper.pid()) == EEXIST);
        CHECK(register_pid(sleeper.pid()) == EEXIST);
        CHECK(registered() == std::vector<pid_t>{sleeper.pid()});
        CHECK(unregister_pid(sleeper.pid()) == 0);
        CHECK(registered().empty());
    }

    TEST_CASE("ENOENT: the end of what is not registered")
    {
        EmptyRegistry empty;
        Sleeper sleeper;
        CHECK(unregister_pid(sleeper.pid()) == ENOENT);
        CHECK(register_pid(sleeper.pid()) == 0);
        CHECK(unregister_pid(sleeper.pid()) == 0);
        CHECK(unregister_pid(sleeper.pid()) == ENOENT);
        const int nobody = unregister_pid(free_pid());
        CHECK((nobody == ENOENT || nobody == ESRCH));
    }

    TEST_CASE("EPERM: kernel threads, also for root")
    {
        EmptyRegistry empty;
        CHECK(register_pid(2) == EPERM);
        CHECK(follow_pid(2) == EPERM);
        CHECK(registered().empty());
    }

    TEST_CASE("EMSGSIZE: more than a page; a whole page is fine")
    {
        EmptyRegistry empty;
        Sleeper sleeper;
        std::string text = "R " + sleeper.name();
        text.resize(page_size() + 1, ' ');
        CHECK(write_status(text) == -EMSGSIZE);
        CHECK(registered().empty());
        text.resize(page_size());
        CHECK(write_status(text) == static_cast<long>(page_size()));
        CHECK(is_registered(sleeper.pid()));
        text.resize(1 << 20, 'R');
        CHECK(write_status(text) == -EMSGSIZE);
    }

    TEST_CASE("EFAULT: a bad address")
    {
        EmptyRegistry empty;
        const Fd fd{open(status_path, O_WRONLY | O_CLOEXEC)};
        errno = 0;
        CHECK(write(fd.get(), bad_address(), 4) == -1);
        CHECK(errno == EFAULT);
    }

    TEST_CASE("several lines take effect one by one, up to the first that fails")
    {
        EmptyRegistry empty;
        Sleeper a;
        Sleeper b;
        Sleeper c;
        CHECK(command("R " + a.name() + "\nR " + b.name() + " follow\nU " + a.name() + "\n") == 0);
        CHECK(registered() == std::vector<pid_t>{b.pid()});

        const std::string good = "R " + a.name() + "\n";
        CHECK(write_status(good + "R nonsense\nR " + c.name() + "\n") ==
              static_cast<long>(good.size()));
        CHECK(is_registered(a.pid()));
        CHECK_FALSE(is_registered(c.pid()));

        CHECK(write_status(good + "R " + c.name() + "\n") == -EEXIST); // the first fails: its error
        CHECK_FALSE(is_registered(c.pid()));

        const std::string two = "U " + a.name() + "\nU " + b.name() + "\n";
        CHECK(write_status(two + "U " + c.name()) == static_cast<long>(two.size()));
        CHECK(registered().empty());
    }

    TEST_CASE("a thread's id registers its process")
    {
        EmptyRegistry empty;
        Gate go;
        Mail<pid_t> mail;
        Child child{[&] {
            std::thread{[&] {
                mail.send(static_cast<pid_t>(syscall(SYS_gettid)));
                go.wait();
            }}.join();
            return 0;
        }};
        pid_t thread = -1;
        REQUIRE(mail.receive(thread));
        REQUIRE(thread != child.pid());
        CHECK(register_pid(thread) == 0);
        CHECK(registered() == std::vector<pid_t>{child.pid()});
        CHECK(register_pid(child.pid()) == EEXIST);
        CHECK(unregister_pid(thread) == 0);
        CHECK(registered().empty());
        go.open();
        child.reap();
    }

    TEST_CASE("a process that ends leaves the list by itself")
    {
        EmptyRegistry empty;
        Sleeper sleeper;
        REQUIRE(register_pid(sleeper.pid()) == 0);
        sleeper.end();
        CHECK(eventually([] { return registered().empty(); }));
    }

    TEST_CASE("the list is read whole by small reads, and can be rewound")
    {
        EmptyRegistry empty;
        std::vector<pid_t> pids;
        for (int i = 0; i < 40; ++i) {
            pids.push_back(spawn([] {
                sleep_for_ever();
                return 0;
            }));
            REQUIRE(register_pid(pids.back()) == 0);
        }
        const Fd fd{open(status_path, O_RDONLY | O_CLOEXEC)};
        std::string text;
        char byte = 0;
        while (read(fd.get(), &byte, 1) == 1)
            text += byte;
        CHECK(text == read_text(status_path));
        CHECK(registered().size() == pids.size());
        CHECK(lseek(fd.get(), 0, SEEK_SET) == 0);
        CHECK(read(fd.get(), &byte, 1) == 1);
        for (const pid_t pid : pids) {
            CHECK(is_registered(pid));
            kill(pid, SIGKILL);
            reap(pid);
        }
    }
}
