// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "sys/error.hpp"
#include "sys/signals.hpp"

#include <functional>
#include <string>
#include <vector>

namespace CLI
{
class App;
}

namespace mp3prof
{

// What parsing has selected; it runs after all parsing is done.
struct Selected {
    std::function<Result<int>(Signals&)> action; // gives the exit status
    int failure_status = 1;                      // the one when it fails
    std::vector<std::string> command;            // the command to `run` or `record`
};

// Each adds its command to the program and selects itself when it is given.
void setup_register(CLI::App& app, Selected& selected);
void setup_unregister(CLI::App& app, Selected& selected);
void setup_monitor(CLI::App& app, Selected& selected);
void setup_export(CLI::App& app, Selected& selected);
void setup_run(CLI::App& app, Selected& selected);
void setup_record(CLI::App& app, Selected& selected);
void setup_report(CLI::App& app, Selected& selected);
void setup_diff(CLI::App& app, Selected& selected);
void setup_import(CLI::App& app, Selected& selected);
void setup_work(CLI::App& app, Selected& selected);
void setup_study(CLI::App& app, Selected& selected);
void setup_status(CLI::App& app, Selected& selected);
void setup_bench(CLI::App& app, Selected& selected);
void setup_plot(CLI::App& app, Selected& selected);

// All of them.
void setup_commands(CLI::App& app, Selected& selected);

} // namespace mp3prof
