// SPDX-License-Identifier: GPL-2.0-or-later
// What the tool reads from files of the system, whatever stands in them, and
// what it then says of it.
#include "device/facts.hpp"

#include "format/status.hpp"
#include "fuzz.hpp"
#include "rates/jiffies.hpp"

#include <nlohmann/json.hpp>

#include <filesystem>
#include <fstream>
#include <optional>

using namespace mp3prof;
using namespace mp3prof::fuzz;

namespace fs = std::filesystem;

namespace
{

// In memory where that is possible, and gone with the program.
class Root
{
public:
    Root()
    {
        const fs::path memory = "/dev/shm";
        const fs::path base = fs::exists(memory) ? memory : fs::temp_directory_path();
        std::string name = base / "mp3prof-fuzz-XXXXXX";
        FUZZ_CHECK(::mkdtemp(name.data()) != nullptr);
        path_ = name;
        for (const char* folder :
             {"sys/module/mp3", "sys/kernel/security", "sys/firmware/efi/efivars", "boot"}) {
            fs::create_directories(path_ / folder);
        }
    }
    ~Root() { fs::remove_all(path_); }
    Root(const Root&) = delete;
    Root& operator=(const Root&) = delete;

    [[nodiscard]] std::string path(const char* name = "") const { return path_ / name; }
    void write(const char* name, std::string_view text) const
    {
        std::ofstream(path_ / name, std::ios::binary) << text;
    }

private:
    fs::path path_;
};

void check_lockdown(const Root& root, std::string_view text)
{
    root.write("sys/kernel/security/lockdown", text);
    Facts facts;
    gather_files({.root = root.path(), .kernel_release = "6.1.0-x"}, facts);
    FUZZ_CHECK(facts.secure_boot == (text.find("[integrity]") != std::string_view::npos ||
                                     text.find("[confidentiality]") != std::string_view::npos));
    root.write("sys/kernel/security/lockdown", "");
}

void check_secure_boot(const Root& root, std::string_view bytes)
{
    constexpr const char* variable =
        "sys/firmware/efi/efivars/SecureBoot-8be4df61-93ca-11d2-aa0d-00e098032b8c";
    root.write(variable, bytes);
    Facts facts;
    gather_files({.root = root.path(), .kernel_release = "6.1.0-x"}, facts);
    FUZZ_CHECK(facts.secure_boot == (bytes.size() > 4 && bytes[4] == 1));
    root.write(variable, "");
}

void check_version(const Root& root, std::string_view text)
{
    root.write("sys/module/mp3/version", text);
    StatusReport report;
    gather_files({.root = root.path(), .kernel_release = "6.1.0-x"}, report.facts);
    FUZZ_CHECK(report.facts.loaded);
    FUZZ_CHECK(report.facts.loaded_version == text.substr(0, text.find('\n')));
    report.findings = diagnose(report.facts);
    FUZZ_CHECK(is_harmless(status_text(report)));
    const std::string json = status_json(report);
    FUZZ_CHECK(is_harmless(json));
    FUZZ_CHECK(nlohmann::json::parse(json)["module_loaded"] == true);
}

void check_kernel_hz(const Root& root, std::string_view text)
{
    root.write("boot/config", text);
    const unsigned hz = kernel_hz(root.path("boot/config"));
    FUZZ_CHECK(hz > 0);
    // Nothing but that line may change it.
    FUZZ_CHECK(text.find("CONFIG_HZ=") != std::string_view::npos ||
               hz == kernel_hz(root.path("boot/none")));
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    static std::optional<Root> root(std::in_place);
    Input input(data, size);
    switch (input.below(4)) {
    case 0:
        check_lockdown(*root, input.rest());
        break;
    case 1:
        check_secure_boot(*root, input.rest());
        break;
    case 2:
        check_version(*root, input.rest());
        break;
    default:
        check_kernel_hz(*root, input.rest());
    }
    return 0;
}
