// SPDX-License-Identifier: GPL-2.0-or-later
#include "commands/options.hpp"

#include "format/units.hpp"

#include <CLI/CLI.hpp>

#include <charconv>
#include <functional>
#include <map>

namespace mp3prof
{

namespace
{

template <class Target>
CLI::Option* add_duration_to(CLI::App& app, const std::string& names, Target& target,
                             const std::string& words, Zero zero)
{
    const std::string name = names.substr(names.find("--"));
    const auto store = [&target, name, zero](const std::string& text) {
        const Result<nanoseconds> duration = parse_duration(text);
        if (!duration) {
            throw CLI::ValidationError(name, duration.error().message);
        }
        if (*duration == nanoseconds::zero() && zero == Zero::refused) {
            throw CLI::ValidationError(name, "must be longer than nothing");
        }
        target = *duration;
    };
    return app.add_option_function<std::string>(names, store, words)
        ->type_name("DURATION")
        ->take_last();
}

template <class Number>
std::optional<Number> whole_number(const std::string& text)
{
    Number number = 0;
    const char* end = text.data() + text.size();
    const auto [rest, error] = std::from_chars(text.data(), end, number);
    if (error != std::errc{} || rest != end) {
        return std::nullopt;
    }
    return number;
}

pid_t pid_or_throw(const std::string& text)
{
    const std::optional<pid_t> pid = whole_number<pid_t>(text);
    if (!pid || *pid <= 0) {
        throw CLI::ValidationError("PID", "'" + text + "' is not a process ID");
    }
    return *pid;
}

// Not CLI11's delimiter(): that one drops empty words, and takes "1,".
void add_pids_of(const std::string& list, std::vector<pid_t>& target)
{
    std::size_t begin = 0;
    for (std::size_t end = 0; end != std::string::npos; begin = end + 1) {
        end = list.find(',', begin);
        target.push_back(pid_or_throw(list.substr(begin, end - begin)));
    }
}

CLI::Option* add_pid_list(CLI::App& app, const std::string& names, std::vector<pid_t>& target,
                          const std::string& words)
{
    return app.add_option_function<std::vector<std::string>>(
        names,
        [&target](const std::vector<std::string>& lists) {
            for (const std::string& list : lists) {
                add_pids_of(list, target);
            }
        },
        words);
}

// An option that is given as often as one likes, with one value each time.
CLI::Option* add_each(CLI::App& app, const std::string& name, const std::string& words,
                      const std::function<Status(const std::string&)>& take)
{
    const auto store = [name, take](const std::vector<std::string>& values) {
        for (const std::string& value : values) {
            if (const Status taken = take(value); !taken) {
                throw CLI::ValidationError(name, taken.error().message);
            }
        }
    };
    return app.add_option_function<std::vector<std::string>>(name, store, words)
        ->allow_extra_args(false);
}

} // namespace

CLI::Option* add_duration(CLI::App& app, const std::string& names, nanoseconds& target,
                          const std::string& words, Zero zero)
{
    return add_duration_to(app, names, target, words, zero);
}

CLI::Option* add_duration(CLI::App& app, const std::string& names,
                          std::optional<nanoseconds>& target, const std::string& words)
{
    return add_duration_to(app, names, target, words, Zero::refused);
}

CLI::Option* add_count(CLI::App& app, const std::string& names, std::uint64_t& target,
                       const std::string& words, Zero zero)
{
    const std::size_t dashes = names.find("--");
    const std::string name = names.substr(dashes == std::string::npos ? 0 : dashes);
    const auto store = [&target, name, zero](const std::string& text) {
        const std::optional<std::uint64_t> number = whole_number<std::uint64_t>(text);
        if (!number) {
            throw CLI::ValidationError(name, "'" + text + "' is not a whole number");
        }
        if (*number == 0 && zero == Zero::refused) {
            throw CLI::ValidationError(name, "must be at least 1");
        }
        target = *number;
    };
    return app.add_option_function<std::string>(names, store, words)->type_name("N")->take_last();
}

CLI::Option* add_pids(CLI::App& app, std::vector<pid_t>& target, const std::string& words)
{
    // One value after each -p: what follows may be something else.
    return add_pid_list(app, "-p,--pid", target, words)
        ->type_name("PID[,PID]...")
        ->allow_extra_args(false);
}

CLI::Option* add_bare_pids(CLI::App& app, std::vector<pid_t>& target, const std::string& words)
{
    return add_pid_list(app, "PID", target, words)->type_name("");
}

CLI::Option* add_thresholds(CLI::App& app, std::vector<Threshold>& target, const std::string& words)
{
    return add_each(app, "--fail-if", words,
                    [&target](const std::string& expression) -> Status {
                        TRY_ASSIGN(Threshold threshold, parse_threshold(expression));
                        target.push_back(std::move(threshold));
                        return {};
                    })
        ->type_name("EXPRESSION");
}

void add_groups(CLI::App& app, GroupOptions& target)
{
    add_each(app, "--group",
             "Put commands whose name matches into a group; may be repeated, the first counts",
             [&target](const std::string& rule) { return target.rules.add(rule); })
        ->type_name("NAME=REGEX");
    add_count(app, "--max-groups", target.most, "Put what makes more groups into 'other' (100)",
              Zero::refused);
}

CLI::Option* add_listen_address(CLI::App& app, ListenAddress& target, const std::string& words)
{
    const auto store = [&target](const std::string& text) {
        const Result<ListenAddress> address = parse_listen_address(text);
        if (!address) {
            throw CLI::ValidationError("--listen", address.error().message);
        }
        target = *address;
    };
    return app.add_option_function<std::string>("--listen", store, words)
        ->type_name("HOST:PORT")
        ->take_last();
}

void add_format(CLI::App& app, Format& target, Classic classic, OpenMetrics openmetrics)
{
    std::map<std::string, Format> formats = {
        {"table", Format::table}, {"csv", Format::csv}, {"jsonl", Format::jsonl}};
    if (classic == Classic::taken) {
        formats.emplace("classic", Format::classic);
    }
    if (openmetrics == OpenMetrics::taken) {
        formats.emplace("openmetrics", Format::openmetrics);
    }
    const auto choose = [&target, formats](const std::string& name) { target = formats.at(name); };
    std::string words = "How rows are written: table, csv";
    words += classic == Classic::taken ? ", jsonl" : " or jsonl";
    if (classic == Classic::taken) {
        words += openmetrics == OpenMetrics::taken ? ", classic or openmetrics" : " or classic";
    }
    CLI::Option* format = app.add_option_function<std::string>("--format", choose, words)
                              ->check(CLI::IsMember(formats))
                              ->type_name("FORMAT")
                              ->take_last();
    CLI::Option* csv = app.add_flag_callback(
        "--csv", [choose] { choose("csv"); }, "Short for --format csv");
    CLI::Option* json = app.add_flag_callback(
        "--json", [choose] { choose("jsonl"); }, "Short for --format jsonl");
    csv->excludes(format)->excludes(json);
    json->excludes(format);
}

CLI::Option* add_source(CLI::App& app, SourceChoice& target)
{
    static const std::map<std::string, SourceChoice> sources = {{"auto", SourceChoice::automatic},
                                                                {"kernel", SourceChoice::kernel},
                                                                {"proc", SourceChoice::proc}};
    return app
        .add_option_function<std::string>(
            "--source", [&target](const std::string& name) { target = sources.at(name); },
            "Where samples are from: the module (kernel), /proc (proc), or what there is (auto)")
        ->check(CLI::IsMember(sources))
        ->type_name("SOURCE")
        ->take_last();
}

CLI::Option* add_output(CLI::App& app, std::string& target, const std::string& words)
{
    return app.add_option("-o,--output", target, words)->type_name("FILE")->take_last();
}

} // namespace mp3prof
