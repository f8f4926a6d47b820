// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/status.hpp"

#include "commands/command.hpp"
#include "commands/open_source.hpp"
#include "device/kernel_source.hpp"
#include "sys/output.hpp"

#include <CLI/CLI.hpp>

#include <memory>

#include <unistd.h>

namespace mp3prof
{

namespace
{

Result<RingStatus> read_ring()
{
    TRY_ASSIGN(const auto source, KernelSource::open(device_path));
    TRY_ASSIGN(const Batch batch, source->drain());
    return RingStatus{source->info(), batch.figures, batch.published, batch.now};
}

Result<int> run_status(bool json)
{
    StatusReport report{
        .facts = gather_facts(), .ring = {}, .proc_instead = !module_is_there(), .findings = {}};
    report.findings = diagnose(report.facts);
    if (auto ring = read_ring()) {
        report.ring = std::move(*ring);
    } else if (report.findings.empty()) {
        report.findings.push_back({ring.error().message, ""});
    }
    TRY_ASSIGN(Output output, Output::open("", STDOUT_FILENO));
    output.stream() << (json ? status_json(report) : status_text(report));
    TRY(output.flush());
    return report.usable() ? 0 : 1;
}

} // namespace

void setup_status(CLI::App& app, Selected& selected)
{
    auto format = std::make_shared<std::string>("text");
    CLI::App* command =
        app.add_subcommand("status", "Tell whether the module works here, and what mends it");
    CLI::Option* option = command->add_option("--format", *format, "text or json")
                              ->check(CLI::IsMember({"text", "json"}))
                              ->type_name("FORMAT");
    command
        ->add_flag_callback(
            "--json", [format] { *format = "json"; }, "Short for --format json")
        ->excludes(option);
    command->footer("Example:\n  mp3prof status");
    command->callback([format, &selected] {
        selected.action = [format](Signals& /*signals*/) { return run_status(*format == "json"); };
    });
}

} // namespace mp3prof
