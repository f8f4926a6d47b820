// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/openmetrics.hpp"

#include "version.hpp"

#include <fmt/format.h>

#include <string>

namespace mp3prof
{

namespace
{

std::string escaped(std::string_view text)
{
    std::string value;
    for (const char c : text) {
        if (c == '\\' || c == '"') {
            value += '\\';
        }
        value += c;
    }
    return value;
}

std::string seconds(std::uint64_t ns)
{
    return fmt::format("{}.{:09}", ns / 1'000'000'000, ns % 1'000'000'000);
}

class Writer
{
public:
    explicit Writer(std::ostream& out) : out_(out) {}

    void family(const char* name, const char* type, const char* help)
    {
        name_ = name;
        out_ << fmt::format("# HELP {0} {1}\n# TYPE {0} {2}\n", name, help, type);
    }
    template <class Value>
    void sample(const std::string& labels, const Value& value)
    {
        out_ << fmt::format("{}{} {}\n", name_, labels, value);
    }
    template <class Value>
    void single(const char* name, const char* type, const char* help, const Value& value)
    {
        family(name, type, help);
        sample("", value);
    }

private:
    std::ostream& out_;
    const char* name_ = "";
};

std::string group_label(std::string_view group)
{
    return fmt::format("{{group=\"{}\"}}", escaped(group));
}

std::string group_label(std::string_view group, const char* name, const char* value)
{
    return fmt::format("{{group=\"{}\",{}=\"{}\"}}", escaped(group), name, value);
}

// A number of each group.
template <class Number>
void write_each(Writer& writer, const Groups& groups, const char* name, const char* type,
                const char* help, Number number)
{
    writer.family(name, type, help);
    for (const auto& [group, sums] : groups) {
        writer.sample(group_label(group), number(sums));
    }
}

void write_used(Writer& writer, const Groups& groups)
{
    write_each(writer, groups, "mp3prof_minor_faults_total", "counter",
               "Page faults that needed no input or output.",
               [](const Group& group) { return group.used.minor_faults; });
    write_each(writer, groups, "mp3prof_major_faults_total", "counter",
               "Page faults that had to wait for input.",
               [](const Group& group) { return group.used.major_faults; });
    writer.family("mp3prof_cpu_seconds_total", "counter", "CPU time used.");
    for (const auto& [group, sums] : groups) {
        writer.sample(group_label(group, "mode", "user"), seconds(sums.used.user_ns));
        writer.sample(group_label(group, "mode", "system"), seconds(sums.used.system_ns()));
    }
}

void write_switches(Writer& writer, const Groups& groups)
{
    writer.family("mp3prof_context_switches_total", "counter", "Context switches.");
    for (const auto& [group, sums] : groups) {
        writer.sample(group_label(group, "kind", "voluntary"), sums.used.voluntary_switches);
        writer.sample(group_label(group, "kind", "involuntary"), sums.used.involuntary_switches);
    }
}

void write_present(Writer& writer, const Groups& groups)
{
    write_each(writer, groups, "mp3prof_processes", "gauge", "Processes that are profiled.",
               [](const Group& group) { return group.processes; });
    write_each(writer, groups, "mp3prof_threads", "gauge", "Threads of these processes.",
               [](const Group& group) { return group.threads; });
    write_each(writer, groups, "mp3prof_resident_memory_bytes", "gauge",
               "Sum of resident sets; shared pages count in each process.",
               [](const Group& group) { return group.rss_bytes; });
    write_each(writer, groups, "mp3prof_swap_bytes", "gauge", "Memory in swap.",
               [](const Group& group) { return group.swap_bytes; });
}

void write_sampler(Writer& writer, const Metrics& metrics)
{
    const Figures& sampler = metrics.sampler;
    const auto ns = [](nanoseconds time) { return static_cast<std::uint64_t>(time.count()); };
    writer.single("mp3prof_sampler_ticks_total", "counter", "Passes over all processes.",
                  sampler.ticks);
    writer.single("mp3prof_sampler_missed_ticks_total", "counter",
                  "Ticks that came too late to be made up for.", sampler.missed_ticks);
    if (metrics.knows.throttling) {
        writer.single("mp3prof_sampler_throttled_ticks_total", "counter",
                      "Ticks left out to keep to the budget of CPU time.", sampler.throttled_ticks);
    }
    writer.single("mp3prof_sampler_follow_failures_total", "counter",
                  "Children that could not be registered at their fork.", sampler.follow_failed);
    writer.single("mp3prof_sampler_cpu_seconds_total", "counter", "CPU time spent on sampling.",
                  seconds(ns(sampler.sampling)));
    writer.single("mp3prof_sampler_interval_seconds", "gauge", "Time between ticks in force.",
                  seconds(ns(sampler.interval)));
    writer.single("mp3prof_sampler_processes", "gauge", "Processes registered, by anybody.",
                  sampler.tasks);
    writer.single("mp3prof_records_missed_total", "counter",
                  "Records that were overwritten before they were read.", metrics.missed_records);
}

} // namespace

void write_metrics(std::ostream& out, const Metrics& metrics)
{
    Writer writer(out);
    write_used(writer, metrics.groups);
    if (metrics.knows.switches) {
        write_switches(writer, metrics.groups);
    }
    write_present(writer, metrics.groups);
    write_sampler(writer, metrics);
    writer.family("mp3prof_build_info", "gauge", "The version, as a label; the value is 1.");
    writer.sample(fmt::format("{{version=\"{}\"}}", version), 1);
    out << "# EOF\n";
}

} // namespace mp3prof
