// SPDX-License-Identifier: GPL-2.0-or-later
#include "device/diagnosis.hpp"

#include <doctest/doctest.h>

#include <cerrno>

using namespace mp3prof;

namespace
{

// A machine where all is well for an ordinary user.
Facts sound_facts()
{
    return Facts{
        .kernel_release = "6.1.0-50-amd64",
        .cli_version = "1.2.3",
        .loaded = true,
        .loaded_version = "1.2.3",
        .built = true,
        .headers = true,
        .dkms_source = true,
        .secure_boot = false,
        .container = false,
        .node = DeviceNode{0660, "root", "mp3prof"},
        .open_error = 0,
        .user = "ada",
        .group_exists = true,
        .in_group = true,
        .login_has_group = true,
    };
}

Facts not_loaded()
{
    Facts facts = sound_facts();
    facts.loaded = false;
    facts.loaded_version = "";
    facts.node.reset();
    facts.open_error = ENOENT;
    return facts;
}

Finding only(const Facts& facts)
{
    const std::vector<Finding> findings = diagnose(facts);
    REQUIRE(findings.size() == 1);
    return findings[0];
}

} // namespace

TEST_CASE("a sound machine has no findings")
{
    CHECK(diagnose(sound_facts()).empty());
}

TEST_CASE("the module is not loaded")
{
    CHECK(only(not_loaded()) == Finding{"the module mp3 is not loaded", "sudo modprobe mp3"});
}

TEST_CASE("Secure Boot may refuse the module: loading it tells")
{
    Facts facts = not_loaded();
    facts.secure_boot = true;
    const Finding finding = only(facts);
    CHECK(finding.problem == "the module mp3 is not loaded; Secure Boot may refuse it");
    CHECK(finding.mend.starts_with("sudo modprobe mp3; if that says \"Key was rejected\": "));
    CHECK(finding.mend.find("sudo mokutil --import /var/lib/dkms/mok.pub") != std::string::npos);
}

TEST_CASE("the headers of the running kernel are missing")
{
    Facts facts = not_loaded();
    facts.built = false;
    facts.headers = false;
    const Finding finding = only(facts);
    CHECK(finding.problem.find("headers of the running kernel 6.1.0-50-amd64") !=
          std::string::npos);
    CHECK(finding.mend == "sudo apt install linux-headers-6.1.0-50-amd64 && sudo modprobe mp3");
}

TEST_CASE("a container's kernel is for its host to mend")
{
    Facts facts = not_loaded();
    facts.container = true;
    facts.built = false;
    facts.headers = false;
    CHECK(only(facts) == Finding{"the module mp3 is not loaded, and this is a container",
                                 "on its host: sudo apt install ./mp3prof.deb"});
    facts.loaded = true;
    CHECK(only(facts) == Finding{"the module is loaded, but this container has no /dev/mp3",
                                 "run mp3prof on the host"});
}

TEST_CASE("DKMS has not built the module")
{
    Facts facts = not_loaded();
    facts.built = false;
    const Finding finding = only(facts);
    CHECK(finding.problem == "the module mp3 is not built for the running kernel 6.1.0-50-amd64");
    CHECK(finding.mend.starts_with("sudo dkms autoinstall -k 6.1.0-50-amd64"));
}

TEST_CASE("the package is not installed")
{
    Facts facts = not_loaded();
    facts.built = false;
    facts.dkms_source = false;
    CHECK(only(facts).mend == "sudo apt install ./mp3prof.deb");
}

TEST_CASE("the user is not in the group")
{
    Facts facts = sound_facts();
    facts.open_error = EACCES;
    facts.in_group = false;
    facts.login_has_group = false;
    CHECK(only(facts) == Finding{"you are not in group mp3prof",
                                 "sudo usermod -aG mp3prof ada, then log in again"});
}

TEST_CASE("the user is in the group, the login is older")
{
    Facts facts = sound_facts();
    facts.open_error = EACCES;
    facts.login_has_group = false;
    CHECK(only(facts) == Finding{"you are in group mp3prof, but this login is older than that",
                                 "newgrp mp3prof, or log in again"});
}

TEST_CASE("the group is missing, or the device does not admit it")
{
    Facts facts = sound_facts();
    facts.open_error = EACCES;
    CHECK(only(facts).mend == "sudo udevadm trigger /dev/mp3");
    facts.group_exists = false;
    CHECK(only(facts).mend == "sudo systemd-sysusers");
}

TEST_CASE("an old module is still loaded")
{
    Facts facts = sound_facts();
    facts.loaded_version = "1.0.0";
    CHECK(only(facts) == Finding{"module 1.0.0 is still loaded, mp3prof 1.2.3 is installed",
                                 "sudo modprobe -r mp3 && sudo modprobe mp3"});
}

TEST_CASE("loaded, but no device node")
{
    Facts facts = sound_facts();
    facts.node.reset();
    facts.open_error = ENOENT;
    CHECK(only(facts).problem == "the module is loaded, but there is no /dev/mp3");
}

TEST_CASE("inside a container the host's PIDs are not for reading")
{
    Facts facts = sound_facts();
    facts.open_error = EPERM;
    CHECK(only(facts).mend == "run mp3prof on the host");
}

TEST_CASE("any other reason has its own words")
{
    Facts facts = sound_facts();
    facts.open_error = EBUSY;
    CHECK(only(facts).problem == "cannot open /dev/mp3: device or resource busy");
}

TEST_CASE("an open that failed says what mends it")
{
    Facts facts = sound_facts();
    facts.open_error = EACCES;
    facts.in_group = false;
    facts.login_has_group = false;
    facts.loaded_version = "1.0.0";
    CHECK(explain_no_device(EACCES, facts) ==
          "permission denied (you are not in group mp3prof: sudo usermod -aG mp3prof ada, then log "
          "in again)");
    CHECK(explain_no_device(ENOENT, not_loaded()) ==
          "no such file or directory (the module mp3 is not loaded: sudo modprobe mp3)");
    CHECK(explain_no_device(EMFILE, sound_facts()) == "too many open files");
}
