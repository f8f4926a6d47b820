// SPDX-License-Identifier: GPL-2.0-or-later
// One user's commands to the status file: on his own processes, on others', on
// threads, on what is no process, and what is no command.
#include "actor.hpp"
#include "board.hpp"
#include "interface.hpp"
#include "judge.hpp"
#include "process.hpp"
#include "setting.hpp"
#include "support/child.hpp"
#include "support/status.hpp"

#include <cerrno>
#include <string>

#include <fcntl.h>
#include <unistd.h>

namespace stress
{

namespace
{

constexpr pid_t init = 1;
constexpr pid_t kthreadd = 2;
constexpr int most_own = 4;

class Registrar : public Actor
{
public:
    explicit Registrar(Person person) : person_{person} {}
    ~Registrar() override
    {
        for (const pid_t pid : own_)
            end(pid);
    }

    void step(Random& random) override
    {
        nap_us(random.between(0, 5'000)); // the others want to get on, too
        const std::size_t what = random.below(16);
        if (what < 4)
            on_own_child(random);
        else if (what < 8)
            on_anybody(random);
        else if (what == 8)
            on_oneself(random);
        else if (what == 9)
            on_forbidden();
        else if (what == 10)
            on_nobody(random);
        else if (what == 11)
            nonsense(random);
        else if (what == 12)
            several_lines(random);
        else if (what == 13)
            list(random);
        else if (what == 14)
            through_kept_file(random);
        else if (random.one_in(3))
            command("U *", "U *", {});
    }

private:
    bool ordinary() const { return person_ == Person::alice || person_ == Person::bob; }

    void on_own_child(Random& random)
    {
        pid_t& pid = own_[random.below(most_own)];
        if (pid <= 0 || random.one_in(8)) {
            end(pid);
            pid = start([] {
                guest::sleep_for_ever();
                return 0;
            });
            offer_target(random, pid);
        }
        if (pid <= 0)
            return;
        // ENOENT: others end it. EPERM never: it is one's own.
        if (random.one_in(3))
            command("U of one's child", "U " + std::to_string(pid), {ENOENT});
        else
            may_register("R of one's child", pid, random.one_in(2));
    }

    void on_anybody(Random& random)
    {
        const pid_t pid = random.one_in(3) ? static_cast<pid_t>(random.between(3, pid_limit))
                                           : some_target(random);
        const std::string number = std::to_string(pid);
        if (random.one_in(4))
            command("U of anybody", "U " + number, {ESRCH, EPERM, ENOENT});
        else if (random.one_in(2))
            command("R of anybody", "R " + number, {ESRCH, EPERM, EEXIST, ENOSPC});
        else
            command("R of anybody, follow", "R " + number + " follow",
                    {ESRCH, EPERM, EEXIST, ENOSPC});
    }

    static void on_oneself(Random& random)
    {
        may_register("R of oneself", getpid(), random.one_in(2));
        if (random.one_in(2))
            command("U of oneself", "U " + std::to_string(getpid()), {ENOENT});
    }

    void on_forbidden()
    {
        refused("R of a kernel thread", kthreadd);
        if (ordinary())
            refused("R of init by a user", init);
    }

    static void refused(const char* call, pid_t pid)
    {
        if (command(call, "R " + std::to_string(pid), {EPERM}))
            fail("%s worked", call);
    }

    static void on_nobody(Random& random)
    {
        const char* const nobodies[] = {"0", "4194304", "2147483647", "2147483648",
                                        "99999999999999999999"};
        const char* const verbs[] = {"R ", "U "};
        const std::string line = random.pick(verbs) + std::string{random.pick(nobodies)};
        if (command("a command on nobody", line, {ESRCH}))
            fail("'%s' worked", line.c_str());
    }

    static void nonsense(Random& random)
    {
        const char* const lines[] = {"",        "\n",    "R",     "R x",         "R -1",
                                     "U",       "r 1",   "R 1 x", "R 1 followx", "U 1 follow",
                                     "R 1 2 3", "U * *", "R *",   "\xff\xfe"};
        const std::string line = random.one_in(8) ? std::string(5000, ' ') : random.pick(lines);
        const Presence presence;
        const long taken = guest::write_status(line);
        if (line.empty())
            return; // nothing is written
        expect("nonsense", taken < 0 ? static_cast<int>(-taken) : 0, {EINVAL, EMSGSIZE}, presence);
        if (taken >= 0)
            fail("nonsense worked: '%s'", line.c_str());
    }

    // Takes effect up to the line that is no command.
    void several_lines(Random& random)
    {
        const std::string good = "R " + std::to_string(getpid()) + " follow\nU *\n";
        const Presence presence;
        const long taken = guest::write_status(
            random.one_in(2) ? good : good + "U " + std::to_string(init) + "x\n");
        expect("several lines", taken < 0 ? static_cast<int>(-taken) : 0, {EEXIST, ENOSPC},
               presence);
        const auto first = static_cast<long>(good.find('\n')) + 1;
        if (taken >= 0 && taken != first && taken != static_cast<long>(good.size()) &&
            presence.steady())
            fail("several lines: %ld bytes taken", taken);
    }

    static void list(Random& random)
    {
        const Presence presence;
        const guest::Fd fd{open(guest::status_path, O_RDONLY | O_CLOEXEC)};
        if (!expect("list", fd ? 0 : errno, {}, presence))
            return;
        std::string text(random.one_in(2) ? 8192 : 1 + random.below(16), '\0');
        const long n = read(fd.get(), text.data(), text.size());
        if (!expect("list, read", error_of(n), {}, presence))
            return;
        text.resize(static_cast<std::size_t>(n));
        if (text.find_first_not_of("0123456789\n") != std::string::npos)
            fail("list: not a list of numbers: '%s'", text.c_str());
    }

    // One that was opened long ago, perhaps of a module that is gone.
    void through_kept_file(Random& random)
    {
        const Presence presence;
        if (!kept_) {
            kept_ = guest::Fd{open(guest::status_path, O_RDWR | O_CLOEXEC)};
            expect("open the status file", kept_ ? 0 : errno, {}, presence);
            return;
        }
        const std::string line = (random.one_in(3) ? "U " : "R ") + std::to_string(getpid());
        const int error = guest::command_to(kept_.get(), line);
        count("a command through a kept file", error);
        if (error == EIO) // also when it was gone before this step
            kept_.reset();
        else if (error != 0 && error != EEXIST && error != ENOSPC && error != ENOENT)
            fail("a command through a kept file: %s", errno_name(error));
    }

    Person person_;
    pid_t own_[most_own] = {-1, -1, -1, -1};
    guest::Fd kept_;
};

} // namespace

std::unique_ptr<Actor> make_registrar(Person person)
{
    return std::make_unique<Registrar>(person);
}

} // namespace stress
