// SPDX-License-Identifier: GPL-2.0-or-later
#include "commands/command.hpp"
#include "commands/metrics_board.hpp"
#include "commands/metrics_pages.hpp"
#include "commands/monitored.hpp"
#include "commands/options.hpp"
#include "sys/http_server.hpp"
#include "sys/signals.hpp"

#include <CLI/CLI.hpp>

#include <iostream>
#include <memory>
#include <sstream>

namespace mp3prof
{

namespace
{

struct ExportOptions {
    MonitorPlan plan{.interval = std::chrono::seconds(1), .duration = {}, .pids = {}};
    SourceChoice source = SourceChoice::automatic;
    ListenAddress address{.host = "127.0.0.1", .port = 9423};
    GroupOptions groups;
};

// Intervals go to the board alone.
class Nowhere : public Sink
{
public:
    [[nodiscard]] std::ostream& stream() override { return text_; }
    [[nodiscard]] Result<bool> flush() override { return true; }

private:
    std::ostringstream text_;
};

Result<int> run_export(const ExportOptions& options, Signals& signals)
{
    signals.catch_ends();
    // Before all else: a bad address is soon told.
    TRY_ASSIGN(Listener listener, Listener::open(options.address));
    MonitorPlan plan = options.plan;
    TRY_ASSIGN(const Profiler profiler, open_monitored(options.source, plan, Past::left, "export"));
    plan.until_idle = false; // what was counted is still asked for
    Source& source = *profiler.source;
    const std::string address = listener.address.text();
    MetricsBoard board(options.groups.rules, options.groups.most, source.info().knows);
    TRY_ASSIGN(const HttpServer server,
               HttpServer::start(
                   std::move(listener), [&board](std::string_view method, std::string_view path) {
                       return metrics_page(method, path, [&board] { return board.text(); });
                   }));
    std::cerr << fmt::format("mp3prof: serving http://{}/metrics\n", address) << std::flush;
    Nowhere nowhere;
    TRY(monitor_metrics(source, plan, board, nowhere, Publish::nothing, until_signal(signals),
                        std::cerr));
    return 0;
}

} // namespace

void setup_export(CLI::App& app, Selected& selected)
{
    auto options = std::make_shared<ExportOptions>();
    CLI::App* command = app.add_subcommand(
        "export", "Serve what registered processes use, group by group, to Prometheus");
    add_listen_address(*command, options->address,
                       "Where to serve it (127.0.0.1:9423); port 0: one that is free");
    add_duration(*command, "-i,--interval", options->plan.interval,
                 "How old a figure is at most (1s)");
    CLI::Option* pids =
        add_pids(*command, options->plan.pids, "Only these processes; may be repeated");
    command->add_flag("-f,--follow", options->plan.follow, "Also what these processes fork")
        ->needs(pids);
    add_source(*command, options->source);
    add_groups(*command, options->groups);
    command->footer("Example:\n  mp3prof export --listen 127.0.0.1:9423\n"
                    "  mp3prof export --group web='^(nginx|php)' --group db=postgres");
    command->callback([options, &selected] {
        if (options->source == SourceChoice::proc && needs_module(options->plan, Past::left)) {
            throw CLI::ValidationError("--source proc",
                                       "needs -p PID, as nothing is registered there");
        }
        selected.action = [options](Signals& signals) { return run_export(*options, signals); };
    });
}

} // namespace mp3prof
