// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "commands/open_source.hpp"
#include "format/format.hpp"
#include "rates/group_rules.hpp"
#include "rates/threshold.hpp"
#include "sys/listener.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <sys/types.h>

namespace CLI
{
class App;
class Option;
} // namespace CLI

namespace mp3prof
{

using std::chrono::nanoseconds;

// Options that several commands share, spelled and checked the same in each.

enum class Zero { refused, allowed };
CLI::Option* add_duration(CLI::App& app, const std::string& names, nanoseconds& target,
                          const std::string& words, Zero zero = Zero::refused);
CLI::Option* add_duration(CLI::App& app, const std::string& names,
                          std::optional<nanoseconds>& target, const std::string& words);

// A whole number, not below zero or one; a name without dashes is a positional.
CLI::Option* add_count(CLI::App& app, const std::string& names, std::uint64_t& target,
                       const std::string& words, Zero zero = Zero::allowed);

// -p/--pid PID[,PID]..., repeatable.
CLI::Option* add_pids(CLI::App& app, std::vector<pid_t>& target, const std::string& words);

// Bare PIDs.
CLI::Option* add_bare_pids(CLI::App& app, std::vector<pid_t>& target, const std::string& words);

// --fail-if EXPRESSION, repeatable.
CLI::Option* add_thresholds(CLI::App& app, std::vector<Threshold>& target,
                            const std::string& words);

// How processes are put into groups.
struct GroupOptions {
    GroupRules rules;
    std::uint64_t most = 100;
};
// --group NAME=REGEX, repeatable, and --max-groups.
void add_groups(CLI::App& app, GroupOptions& target);

CLI::Option* add_listen_address(CLI::App& app, ListenAddress& target, const std::string& words);

// --format, --csv and --json.
enum class Classic { taken, refused };
enum class OpenMetrics { taken, refused };
void add_format(CLI::App& app, Format& target, Classic classic = Classic::taken,
                OpenMetrics openmetrics = OpenMetrics::refused);

// --source.
CLI::Option* add_source(CLI::App& app, SourceChoice& target);

CLI::Option* add_output(CLI::App& app, std::string& target, const std::string& words);

} // namespace mp3prof
