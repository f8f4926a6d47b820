// SPDX-License-Identifier: GPL-2.0-or-later
#include "study/study_report.hpp"

#include "format/units.hpp"
#include "rates/usage.hpp"

#include <algorithm>
#include <cmath>

namespace mp3prof
{

namespace
{

std::string question_of(Experiment experiment)
{
    switch (experiment) {
    case Experiment::locality:
        return "How many pages do as many accesses touch when they go to any place, mostly to a "
               "few pages, near the last place, by phases, or in order? Each page faults once, at "
               "its first touch: the fewer faults, the better the locality.";
    case Experiment::multiprogramming:
        return "How does the CPU utilisation grow with the number of workloads, while memory "
               "suffices for all? Each one adds its own share, until the CPUs have no more.";
    case Experiment::thrashing:
        break;
    }
    return "What happens when workloads no longer fit into memory together? Pages are taken away "
           "that are wanted again soon; each is a major fault, for which a workload waits, and the "
           "CPU utilisation falls although there is more to do.";
}

std::string backing_words(const StudyPlan& plan)
{
    if (plan.experiment != Experiment::thrashing) {
        return "memory";
    }
    return plan.backing == Backing::file ? "mapped files" : "memory, swapped";
}

std::string source_of(const RingInfo& sampler)
{
    return sampler.knows.short_lives ? "module mp3 " + sampler.version : "/proc";
}

std::string seed_words(const StudyPlan& plan)
{
    const std::uint64_t most = std::ranges::max(plan.groups, {}, &Group::processes).processes;
    return most == 1 ? "1" : fmt::format("1 to {}, another for each workload of a group", most);
}

std::vector<std::pair<std::string, std::string>> configuration_of(const StudyResult& result)
{
    const Machine& machine = result.machine;
    const Group& group = result.plan.groups.front();
    std::vector<std::pair<std::string, std::string>> lines = {
        {"Command", result.command},
        {"mp3prof", result.version},
        {"Samples", fmt::format("from {}, every {}", source_of(result.sampler),
                                format_duration(result.plan.interval))},
        {"Date", result.date},
        {"Host", machine.host},
        {"Kernel", machine.kernel},
        {"CPUs", fmt::format("{}", machine.cpus)},
        {"Memory", fmt::format("{}, of which {} were free", human_bytes(machine.memory),
                               human_bytes(machine.available))},
        {"Limit of the workloads",
         fmt::format("{} together ({})", human_bytes(result.plan.memory), result.cgroup)},
        {"Free swap", human_bytes(machine.swap_free)},
        {"Each workload", fmt::format("{} of {}, {} pages", human_bytes(group.load.size),
                                      backing_words(result.plan), group.load.size / machine.page)},
        {"Pages", fmt::format("{}, no huge pages", human_bytes(machine.page))},
        {"Iterations", fmt::format("{} of each workload, each with a pause of {}",
                                   group.load.iterations, format_duration(group.pause))},
        {"Seeds", seed_words(result.plan)}};
    return lines;
}

std::string expected_minor_words(const Expected& expected)
{
    return expected_words(expected.minor_faults, expected.minor_deviation);
}

double percent_off(double measured, double expected)
{
    return expected == 0 ? 0 : 100 * (measured / expected - 1);
}

const GroupResult& largest_level(const StudyResult& result)
{
    return *std::ranges::max_element(result.groups, {},
                                     [](const GroupResult& one) { return one.group.processes; });
}

std::vector<std::string> locality_findings(const StudyResult& result)
{
    constexpr double by_chance = 4; // of some tens of groups, about one study in a thousand
    const GroupResult& worst = *std::ranges::max_element(
        result.groups, {}, [](const GroupResult& one) { return std::abs(one.deviations()); });
    const double off = std::abs(worst.deviations());
    return {fmt::format("The faults measured differ from those expected by at most {:.1f} standard "
                        "deviations, {}: {} with {} accesses, {:.0f} faults, expected {}.",
                        off, off <= by_chance ? "as chance has it" : "more than chance explains",
                        format_pattern(worst.group.pattern), worst.group.load.all_accesses(),
                        worst.faults(), expected_minor_words(worst.expected))};
}

std::string utilisation_finding(const StudyResult& result)
{
    const GroupResult& most = largest_level(result);
    const double expected =
        expected_utilisation(most.group.processes, result.alone_percent(), result.machine.cpus);
    return fmt::format("One workload alone takes {:.1f} % of a CPU. {} would take {:.1f} % if "
                       "nothing hindered them, and took {:.1f} %.",
                       result.alone_percent(), most.group.processes, expected, most.cpu_percent());
}

std::vector<std::string> findings_of(const StudyResult& result)
{
    if (result.plan.experiment == Experiment::locality) {
        return locality_findings(result);
    }
    const GroupResult& most = largest_level(result);
    std::vector<std::string> findings{utilisation_finding(result)};
    if (result.plan.experiment == Experiment::multiprogramming) {
        findings.push_back(fmt::format(
            "With {} workloads there were {:.0f} minor faults, expected {} ({:+.1f} standard "
            "deviations), and {:.0f} major ones, as memory sufficed.",
            most.group.processes, most.minor_faults, expected_minor_words(most.expected),
            most.deviations(), most.major_faults));
        return findings;
    }
    findings.push_back(fmt::format(
        "{} workloads want {} and have {}: {:.0f} major faults, expected {:.0f} ({:+.1f} %). They "
        "took {:.1f} s, the smallest level {:.1f} s.",
        most.group.processes, human_bytes(most.group.processes * most.group.load.size),
        human_bytes(result.plan.memory), most.major_faults, most.expected.major_faults,
        percent_off(most.major_faults, most.expected.major_faults), most.wall_s,
        std::ranges::min_element(result.groups, {}, [](const GroupResult& one) {
            return one.group.processes;
        })->wall_s));
    return findings;
}

std::string escaped(std::string_view text)
{
    std::string result;
    for (const char c : text) {
        switch (c) {
        case '&':
            result += "&amp;";
            break;
        case '<':
            result += "&lt;";
            break;
        case '>':
            result += "&gt;";
            break;
        default:
            result += c;
        }
    }
    return result;
}

// What stands before the picture is for a file of its own.
std::string inline_svg(const std::string& svg)
{
    const std::size_t begin = svg.find("<svg");
    return begin == std::string::npos ? "" : svg.substr(begin);
}

std::string html_row(const std::vector<std::string>& cells, std::string_view tag)
{
    std::string row = "<tr>";
    for (const std::string& cell : cells) {
        row += fmt::format("<{0}>{1}</{0}>", tag, escaped(cell));
    }
    return row + "</tr>\n";
}

constexpr std::string_view style =
    "body{font:16px/1.5 sans-serif;max-width:54em;margin:2em auto;padding:0 1em;color:#222}"
    "table{border-collapse:collapse;margin:1em 0}td,th{padding:.15em .7em;text-align:right;"
    "border-bottom:1px solid #ddd}td:first-child,th:first-child,.facts td{text-align:left}"
    "svg{max-width:100%;height:auto}";

} // namespace

std::string unseen_words(const StudyResult& result)
{
    const auto unseen = [](const GroupResult& one) { return minus(one.charged, one.seen); };
    const auto most = std::ranges::max_element(result.groups, {}, unseen);
    if (result.sampler.knows.short_lives || most == result.groups.end() || unseen(*most) == 0) {
        return "";
    }
    return fmt::format("The curves may end too low: {} does not tell what a process has used "
                       "between its last sample and its end. At worst, in {}, they have {} of the "
                       "{} faults that were charged.",
                       source_of(result.sampler), most->recording, most->seen, most->charged);
}

StudyReport report_of(const StudyResult& result)
{
    StudyReport report;
    report.title = "Study: " + experiment_name(result.plan.experiment);
    report.question = question_of(result.plan.experiment);
    report.configuration = configuration_of(result);
    report.columns = {"Pattern",      "N",        "Accesses each", "Minor faults", "expected",
                      "Major faults", "expected", "CPU %",         "Seconds"};
    for (const GroupResult& one : result.groups) {
        report.rows.push_back(
            {format_pattern(one.group.pattern), fmt::format("{}", one.group.processes),
             fmt::format("{}", one.group.load.all_accesses()),
             fmt::format("{:.0f}", one.minor_faults), expected_minor_words(one.expected),
             fmt::format("{:.0f}", one.major_faults),
             fmt::format("{:.0f}", one.expected.major_faults),
             fmt::format("{:.1f}", one.cpu_percent()), fmt::format("{:.1f}", one.wall_s)});
    }
    report.findings = findings_of(result);
    return report;
}

std::string report_markdown(const StudyReport& report)
{
    std::string text = fmt::format("# {}\n\n{}\n\n## Configuration\n\n| | |\n|---|---|\n",
                                   report.title, report.question);
    for (const auto& [name, value] : report.configuration) {
        text += fmt::format("| {} | {} |\n", name, value);
    }
    text += fmt::format("\n## Result\n\n| {} |\n|", fmt::join(report.columns, " | "));
    for (std::size_t i = 0; i < report.columns.size(); ++i) {
        text += i == 0 ? "---|" : "---:|";
    }
    for (const std::vector<std::string>& row : report.rows) {
        text += fmt::format("\n| {} |", fmt::join(row, " | "));
    }
    text += "\n";
    for (const std::string& finding : report.findings) {
        text += "\n" + finding + "\n";
    }
    for (const StudyReport::Picture& picture : report.pictures) {
        text += picture.svg.empty()
                    ? fmt::format("\n{}: not drawn, as {}.\n", picture.title, picture.why_not)
                    : fmt::format("\n![{}]({})\n", picture.title, picture.file);
        text += picture.note.empty() ? "" : fmt::format("\n{}\n", picture.note);
    }
    return text;
}

std::string report_html(const StudyReport& report)
{
    std::string text = fmt::format("<!DOCTYPE html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n"
                                   "<title>{0}</title>\n<style>{1}</style>\n<h1>{0}</h1>\n"
                                   "<p>{2}</p>\n<h2>Configuration</h2>\n<table class=\"facts\">\n",
                                   escaped(report.title), style, escaped(report.question));
    for (const auto& [name, value] : report.configuration) {
        text += html_row({name, value}, "td");
    }
    text += "</table>\n<h2>Result</h2>\n<table>\n" + html_row(report.columns, "th");
    for (const std::vector<std::string>& row : report.rows) {
        text += html_row(row, "td");
    }
    text += "</table>\n";
    for (const std::string& finding : report.findings) {
        text += fmt::format("<p>{}</p>\n", escaped(finding));
    }
    for (const StudyReport::Picture& picture : report.pictures) {
        text += picture.svg.empty()
                    ? fmt::format("<p>{}: not drawn, as {}.</p>\n", escaped(picture.title),
                                  picture.why_not)
                    : fmt::format("<figure>\n{}\n</figure>\n", inline_svg(picture.svg));
        text += picture.note.empty() ? "" : fmt::format("<p>{}</p>\n", escaped(picture.note));
    }
    return text + "</html>\n";
}

} // namespace mp3prof
