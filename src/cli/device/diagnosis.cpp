// SPDX-License-Identifier: GPL-2.0-or-later
#include "device/diagnosis.hpp"

#include "sys/error.hpp"

#include <cerrno>

namespace mp3prof
{

namespace
{

constexpr const char* reload = "sudo modprobe -r mp3 && sudo modprobe mp3";

Finding why_not_loaded(const Facts& facts)
{
    if (facts.container) {
        return {"the module mp3 is not loaded, and this is a container",
                "on its host: sudo apt install ./mp3prof.deb"};
    }
    if (facts.built && facts.secure_boot) {
        return {"the module mp3 is not loaded; Secure Boot may refuse it",
                "sudo modprobe mp3; if that says \"Key was rejected\": sudo mokutil --import "
                "/var/lib/dkms/mok.pub, reboot, choose \"Enroll MOK\""};
    }
    if (facts.built) {
        return {"the module mp3 is not loaded", "sudo modprobe mp3"};
    }
    if (!facts.dkms_source) {
        return {"the module mp3 is not installed", "sudo apt install ./mp3prof.deb"};
    }
    if (!facts.headers) {
        return {fmt::format("the module mp3 is not built: the headers of the running kernel {} are "
                            "missing",
                            facts.kernel_release),
                fmt::format("sudo apt install linux-headers-{} && sudo modprobe mp3",
                            facts.kernel_release)};
    }
    return {
        fmt::format("the module mp3 is not built for the running kernel {}", facts.kernel_release),
        fmt::format("sudo dkms autoinstall -k {} && sudo modprobe mp3 (dkms status tells more)",
                    facts.kernel_release)};
}

Finding why_not_allowed(const Facts& facts)
{
    if (!facts.group_exists) {
        return {"the group mp3prof does not exist", "sudo systemd-sysusers"};
    }
    if (facts.in_group && !facts.login_has_group) {
        return {"you are in group mp3prof, but this login is older than that",
                "newgrp mp3prof, or log in again"};
    }
    if (!facts.in_group && !facts.login_has_group) {
        return {"you are not in group mp3prof",
                fmt::format("sudo usermod -aG mp3prof {}, then log in again", facts.user)};
    }
    return {"the device does not admit group mp3prof", "sudo udevadm trigger /dev/mp3"};
}

} // namespace

std::vector<Finding> diagnose(const Facts& facts)
{
    if (!facts.loaded) {
        return {why_not_loaded(facts)};
    }
    std::vector<Finding> findings;
    if (!facts.loaded_version.empty() && facts.loaded_version != facts.cli_version) {
        findings.push_back({fmt::format("module {} is still loaded, mp3prof {} is installed",
                                        facts.loaded_version, facts.cli_version),
                            reload});
    }
    if (!facts.node && facts.open_error == ENOENT && facts.container) {
        findings.push_back({"the module is loaded, but this container has no /dev/mp3",
                            "run mp3prof on the host"});
    } else if (!facts.node && facts.open_error == ENOENT) {
        // The kernel makes the node, once: udev would not make another.
        findings.push_back({"the module is loaded, but there is no /dev/mp3", reload});
    } else if (facts.open_error == EACCES) {
        findings.push_back(why_not_allowed(facts));
    } else if (facts.open_error == EPERM) {
        findings.push_back({"the records bear the PIDs of the host, so a container may not read "
                            "them without CAP_PERFMON or CAP_SYS_ADMIN",
                            "run mp3prof on the host"});
    } else if (facts.open_error != 0) {
        findings.push_back(
            {fmt::format("cannot open /dev/mp3: {}", errno_words(facts.open_error)), reload});
    }
    return findings;
}

std::string explain_no_device(int error, const Facts& facts)
{
    std::string words = errno_words(error);
    std::vector<Finding> findings;
    if (error == ENOENT || error == EACCES || error == EPERM || error == ENXIO) {
        Facts seen = facts;
        seen.open_error = seen.open_error == 0 ? error : seen.open_error;
        findings = diagnose(seen);
    }
    if (findings.empty()) {
        return words;
    }
    return fmt::format("{} ({}: {})", words, findings.back().problem, findings.back().mend);
}

} // namespace mp3prof
