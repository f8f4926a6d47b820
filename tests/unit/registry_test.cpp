// SPDX-License-Identifier: GPL-2.0-or-later
#include "commands/register.hpp"
#include "device/registry.hpp"
#include "fakes.hpp"
#include "temporary_folder.hpp"

#include <doctest/doctest.h>

#include <cerrno>
#include <sstream>

using namespace mp3prof;
using namespace mp3prof::test;

TEST_CASE("each request is one line of the registry's language")
{
    CHECK(command_line({Verb::add, 12}) == "R 12\n");
    CHECK(command_line({Verb::follow, 12}) == "R 12 follow\n");
    CHECK(command_line({Verb::remove, 12}) == "U 12\n");
    CHECK(command_line({.verb = Verb::remove_all}) == "U *\n");
}

TEST_CASE("requests are written one by one, as they are")
{
    const TemporaryFolder folder;
    folder.write("status", "");
    const auto registry = ProcRegistry::open(folder.path("status"));
    REQUIRE(registry);
    CHECK((*registry)->apply({Verb::follow, 12}));
    CHECK((*registry)->apply({Verb::remove, 13}));
    CHECK(folder.read("status") == "R 12 follow\nU 13\n");
}

TEST_CASE("a registry that is not there says what to do")
{
    const TemporaryFolder folder;
    const auto registry = ProcRegistry::open(folder.path("none"));
    REQUIRE_FALSE(registry);
    CHECK(registry.error().message.starts_with("cannot open " + folder.path("none") +
                                               ": no such file or directory"));
}

TEST_CASE("each error is a sentence with the process, the reason and what mends it")
{
    const auto says = [](const Request& request, int error, const std::string& begin,
                         const std::string& mend) {
        const std::string sentence = explain(request, error);
        CAPTURE(sentence);
        CHECK(sentence.starts_with(begin));
        CHECK(sentence.find(mend) != std::string::npos);
    };
    const Request add{Verb::add, 12};
    const Request follow{Verb::follow, 12};
    const Request remove{Verb::remove, 12};
    says(add, EPERM, "cannot register process 12: permission denied", "sudo mp3prof register 12");
    says(follow, EPERM, "cannot register process 12: permission denied",
         "sudo mp3prof register --follow 12");
    says(follow, EOPNOTSUPP, "cannot register process 12: this kernel has no tracepoint",
         "--no-follow");
    says(remove, EPERM, "cannot unregister process 12: permission denied",
         "sudo mp3prof unregister 12");
    says(add, ESRCH, "cannot register process 12: there is no such process", "ps -e");
    says(add, EEXIST, "cannot register process 12: it is registered already",
         "mp3prof unregister 12");
    says(follow, EEXIST, "cannot register process 12: it is registered and followed already",
         "mp3prof unregister 12");
    says(remove, ENOENT, "cannot unregister process 12: it is not registered", "/proc/mp3/status");
    says(add, ENOSPC, "cannot register process 12: as many processes are registered as may be",
         "max_tasks");
    says(add, EINVAL, "cannot register process 12: the loaded module does not understand it",
         "mp3prof status");
    says(add, EIO, "cannot register process 12: ", "nput/output error");
    says({.verb = Verb::remove_all}, EPERM, "cannot unregister all processes: ", "");
}

TEST_CASE("one that fails does not keep the others from being done")
{
    FakeRegistry registry;
    registry.errors[{Verb::add, 2}] = ESRCH;
    std::ostringstream words;
    CHECK(apply_all(registry, {{Verb::add, 1}, {Verb::add, 2}, {Verb::add, 3}}, words) == 1);
    CHECK(registry.requests.size() == 3);
    CHECK(words.str().starts_with("mp3prof: cannot register process 2: "));
    CHECK(words.str().find("process 3") == std::string::npos);
}

TEST_CASE("all done is status 0")
{
    FakeRegistry registry;
    std::ostringstream words;
    CHECK(apply_all(registry, {{Verb::add, 1}}, words) == 0);
    CHECK(apply_all(registry, {{.verb = Verb::remove_all}}, words) == 0);
    CHECK(words.str().empty());
}
