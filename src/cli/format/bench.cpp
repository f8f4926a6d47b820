// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/bench.hpp"

#include <fmt/ostream.h>
#include <nlohmann/json.hpp>

#include <array>
#include <cmath>

namespace mp3prof
{

namespace
{

struct BenchRow {
    const char* name; // an interface: it stays
    const char* words;
    std::optional<double> ns;
    std::optional<double> ratio;

    [[nodiscard]] std::optional<double> per_second() const
    {
        return ns && *ns > 0 ? std::optional(std::round(1e9 / *ns)) : std::nullopt;
    }
};

std::array<BenchRow, 5> rows_of(const BenchFigures& figures)
{
    const auto& active = figures.sampler_active;
    const auto row = [&](const char* name, const char* words, std::optional<double> ns) {
        const bool comparable = ns && active && *active > 0;
        return BenchRow{name, words, ns, comparable ? std::optional(*ns / *active) : std::nullopt};
    };
    return {{row("sampler_active", "sampler: a process that has run, and tick", active),
             row("sampler_idle", "sampler: a process that slept, and tick", figures.sampler_idle),
             row("stat_kept", "/proc/PID/stat: pread, descriptor kept", figures.stat_kept),
             row("stat_opened", "/proc/PID/stat: open, read, close", figures.stat_opened),
             {"ring_record", "ring reader: a record out of the ring", figures.ring_record, {}}}};
}

std::string text(std::optional<double> number, int digits, const char* otherwise)
{
    return number ? fmt::format("{:.{}f}", *number, digits) : otherwise;
}

void write_table(std::ostream& out, const BenchFigures& figures)
{
    constexpr const char* layout = "{:<42} {:>10} {:>12} {:>8}\n";
    fmt::print(out, layout, fmt::format("#CPU time, {} processes", figures.processes), "ns",
               "a second", "ratio");
    for (const BenchRow& row : rows_of(figures)) {
        if (row.ns) {
            fmt::print(out, layout, row.words, text(row.ns, 1, ""), text(row.per_second(), 0, "-"),
                       text(row.ratio, 1, "-"));
        }
    }
}

void write_csv(std::ostream& out, const BenchFigures& figures)
{
    out << "figure,processes,ns,per_s,ratio\n";
    for (const BenchRow& row : rows_of(figures)) {
        if (row.ns) {
            fmt::print(out, "{},{},{},{},{}\n", row.name, figures.processes, text(row.ns, 1, ""),
                       text(row.per_second(), 0, ""), text(row.ratio, 3, ""));
        }
    }
}

nlohmann::ordered_json json_of(std::optional<double> number)
{
    return number ? nlohmann::ordered_json(std::round(*number * 1000) / 1000)
                  : nlohmann::ordered_json(nullptr);
}

void write_jsonl(std::ostream& out, const BenchFigures& figures)
{
    for (const BenchRow& row : rows_of(figures)) {
        if (row.ns) {
            const nlohmann::ordered_json json = {{"figure", row.name},
                                                 {"processes", figures.processes},
                                                 {"ns", json_of(row.ns)},
                                                 {"per_s", json_of(row.per_second())},
                                                 {"ratio", json_of(row.ratio)}};
            out << json.dump() << '\n';
        }
    }
}

} // namespace

void write_bench(std::ostream& out, Format format, const BenchFigures& figures)
{
    switch (format) {
    case Format::csv:
        return write_csv(out, figures);
    case Format::jsonl:
        return write_jsonl(out, figures);
    case Format::table:
    case Format::classic:
    case Format::openmetrics:
        return write_table(out, figures);
    }
}

} // namespace mp3prof
