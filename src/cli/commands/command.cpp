// SPDX-License-Identifier: GPL-2.0-or-later
#include "commands/command.hpp"

namespace mp3prof
{

void setup_commands(CLI::App& app, Selected& selected)
{
    setup_register(app, selected);
    setup_unregister(app, selected);
    setup_monitor(app, selected);
    setup_export(app, selected);
    setup_run(app, selected);
    setup_record(app, selected);
    setup_report(app, selected);
    setup_diff(app, selected);
    setup_import(app, selected);
    setup_work(app, selected);
    setup_study(app, selected);
    setup_status(app, selected);
    setup_bench(app, selected);
    setup_plot(app, selected);
}

} // namespace mp3prof
