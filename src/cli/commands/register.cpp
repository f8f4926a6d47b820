// SPDX-License-Identifier: GPL-2.0-or-later
#include "commands/register.hpp"

#include "commands/command.hpp"
#include "commands/options.hpp"

#include <CLI/CLI.hpp>

#include <iostream>
#include <memory>

namespace mp3prof
{

namespace
{

struct RegisterOptions {
    std::vector<pid_t> pids;
    bool follow = false;
    bool all = false;
};

std::vector<Request> requests_of(const RegisterOptions& options, Verb verb)
{
    if (options.all) {
        return {{.verb = Verb::remove_all}};
    }
    std::vector<Request> requests;
    for (const pid_t pid : options.pids) {
        requests.push_back({verb, pid});
    }
    return requests;
}

Result<int> apply_requests(const std::vector<Request>& requests)
{
    TRY_ASSIGN(const auto registry, ProcRegistry::open(registry_path));
    return apply_all(*registry, requests, std::cerr);
}

} // namespace

int apply_all(Registry& registry, const std::vector<Request>& requests, std::ostream& words)
{
    int status = 0;
    for (const Request& request : requests) {
        if (const auto done = registry.apply(request); !done) {
            words << "mp3prof: " << registry.explain(request, done.error()) << '\n';
            status = 1;
        }
    }
    return status;
}

void setup_register(CLI::App& app, Selected& selected)
{
    auto options = std::make_shared<RegisterOptions>();
    CLI::App* command = app.add_subcommand("register", "Begin to profile processes that run");
    add_bare_pids(*command, options->pids, "Processes to register");
    add_pids(*command, options->pids, "The same, as a list; may be repeated");
    command->add_flag("-f,--follow", options->follow,
                      "Also every process that they fork from now on");
    command->footer("Example:\n  mp3prof register --follow $(pidof postgres)");
    command->callback([options, &selected] {
        if (options->pids.empty()) {
            throw CLI::RequiredError("PID");
        }
        selected.action = [options](Signals& /*signals*/) {
            return apply_requests(
                requests_of(*options, options->follow ? Verb::follow : Verb::add));
        };
    });
}

void setup_unregister(CLI::App& app, Selected& selected)
{
    auto options = std::make_shared<RegisterOptions>();
    CLI::App* command = app.add_subcommand("unregister", "End the profiling of processes");
    add_bare_pids(*command, options->pids, "Processes to unregister");
    add_pids(*command, options->pids, "The same, as a list; may be repeated");
    command->add_flag("-a,--all", options->all, "All processes that you may unregister");
    command->footer("Example:\n  mp3prof unregister --all");
    command->callback([options, &selected] {
        if (options->pids.empty() != options->all) {
            throw CLI::ValidationError("give either PIDs or --all");
        }
        selected.action = [options](Signals& /*signals*/) {
            return apply_requests(requests_of(*options, Verb::remove));
        };
    });
}

} // namespace mp3prof
