// SPDX-License-Identifier: GPL-2.0-or-later
#include "device/facts.hpp"
#include "temporary_folder.hpp"

#include <doctest/doctest.h>

using namespace mp3prof;
using namespace mp3prof::test;

namespace
{

Facts facts_below(const TemporaryFolder& root)
{
    Facts facts;
    gather_files({.root = root.path(), .kernel_release = "6.1.0-x"}, facts);
    return facts;
}

const std::string secure_boot_variable =
    "sys/firmware/efi/efivars/SecureBoot-8be4df61-93ca-11d2-aa0d-00e098032b8c";

} // namespace

TEST_CASE("an empty machine has nothing")
{
    const TemporaryFolder root;
    const Facts facts = facts_below(root);
    CHECK_FALSE(facts.loaded);
    CHECK_FALSE(facts.built);
    CHECK_FALSE(facts.headers);
    CHECK_FALSE(facts.dkms_source);
    CHECK_FALSE(facts.secure_boot);
    CHECK_FALSE(facts.container);
    CHECK(facts.loaded_version.empty());
    CHECK(facts.kernel_release == "6.1.0-x");
}

TEST_CASE("a loaded module tells its version")
{
    const TemporaryFolder root;
    root.write("sys/module/mp3/version", "1.2.3\n");
    CHECK(facts_below(root).loaded);
    CHECK(facts_below(root).loaded_version == "1.2.3");
}

TEST_CASE("a built module is found for the running kernel only, packed or not")
{
    const TemporaryFolder root;
    root.write("lib/modules/5.10.0-y/updates/dkms/mp3.ko", "");
    CHECK_FALSE(facts_below(root).built);
    SUBCASE("plain")
    {
        root.write("lib/modules/6.1.0-x/updates/dkms/mp3.ko", "");
    }
    SUBCASE("xz")
    {
        root.write("lib/modules/6.1.0-x/updates/dkms/mp3.ko.xz", "");
    }
    SUBCASE("by make install")
    {
        root.write("lib/modules/6.1.0-x/updates/mp3.ko", "");
    }
    CHECK(facts_below(root).built);
}

TEST_CASE("headers and DKMS sources are found")
{
    const TemporaryFolder root;
    root.write("lib/modules/6.1.0-x/build/Makefile", "");
    root.write("usr/src/mp3prof-1.2.3/dkms.conf", "");
    CHECK(facts_below(root).headers);
    CHECK(facts_below(root).dkms_source);
}

TEST_CASE("a container is known by the mark that its manager leaves")
{
    const TemporaryFolder root;
    SUBCASE("systemd-nspawn")
    {
        root.write("run/host/container-manager", "systemd-nspawn");
    }
    SUBCASE("a container that systemd runs in")
    {
        root.write("run/systemd/container", "lxc");
    }
    SUBCASE("Docker")
    {
        root.write(".dockerenv", "");
    }
    SUBCASE("Podman")
    {
        root.write("run/.containerenv", "");
    }
    CHECK(facts_below(root).container);
}

TEST_CASE("Secure Boot shows in the firmware's variable or in lockdown")
{
    const TemporaryFolder root;
    SUBCASE("variable on")
    {
        root.write(secure_boot_variable, std::string("\x06\0\0\0\x01", 5));
        CHECK(facts_below(root).secure_boot);
    }
    SUBCASE("variable off")
    {
        root.write(secure_boot_variable, std::string("\x06\0\0\0\0", 5));
        CHECK_FALSE(facts_below(root).secure_boot);
    }
    SUBCASE("lockdown")
    {
        root.write("sys/kernel/security/lockdown", "none [integrity] confidentiality\n");
        CHECK(facts_below(root).secure_boot);
    }
    SUBCASE("no lockdown")
    {
        root.write("sys/kernel/security/lockdown", "[none] integrity confidentiality\n");
        CHECK_FALSE(facts_below(root).secure_boot);
    }
}
