// SPDX-License-Identifier: GPL-2.0-or-later
#include "rates/threshold.hpp"

#include "format/units.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <optional>

namespace mp3prof
{

namespace
{

// What a metric is without a unit of its own to say more.
struct Known {
    std::string_view name;
    Metric metric;
    Measure measure;
    Dimension dimension;
};

constexpr std::array<Known, 12> known{{
    {"minflt", Metric::minor_faults, Measure::total, Dimension::count},
    {"majflt", Metric::major_faults, Measure::total, Dimension::count},
    {"nvcsw", Metric::voluntary_switches, Measure::total, Dimension::count},
    {"nivcsw", Metric::involuntary_switches, Measure::total, Dimension::count},
    {"cpu", Metric::cpu, Measure::total, Dimension::time},
    {"user", Metric::user, Measure::total, Dimension::time},
    {"system", Metric::system, Measure::total, Dimension::time},
    {"rss", Metric::rss, Measure::level, Dimension::bytes},
    {"swap", Metric::swap, Measure::level, Dimension::bytes},
    {"threads", Metric::threads, Measure::level, Dimension::count},
    {"processes", Metric::processes, Measure::total, Dimension::count},
    {"wall", Metric::wall, Measure::total, Dimension::time},
}};

std::string names_of_known()
{
    std::string names;
    for (const Known& one : known) {
        names += (names.empty() ? "" : ", ") + std::string(one.name);
    }
    return names;
}

// Takes an expression apart, front to back; blanks before a part are nothing.
class Scanner
{
public:
    explicit Scanner(std::string_view text) : rest_(text) {}

    [[nodiscard]] bool take(std::string_view part)
    {
        skip_blanks();
        if (!rest_.starts_with(part)) {
            return false;
        }
        rest_.remove_prefix(part.size());
        return true;
    }

    // The longest part of characters that `belongs` likes.
    template <class Belongs>
    [[nodiscard]] std::string_view take_while(Belongs belongs)
    {
        skip_blanks();
        const auto end = std::ranges::find_if_not(rest_, belongs);
        const auto part = rest_.substr(0, static_cast<std::size_t>(end - rest_.begin()));
        rest_.remove_prefix(part.size());
        return part;
    }

    [[nodiscard]] std::string_view rest()
    {
        skip_blanks();
        return rest_;
    }

private:
    void skip_blanks()
    {
        rest_.remove_prefix(std::min(rest_.find_first_not_of(" \t"), rest_.size()));
    }

    std::string_view rest_;
};

bool is_letter(char c)
{
    return c >= 'a' && c <= 'z';
}

bool is_no_blank(char c)
{
    return c != ' ' && c != '\t';
}

std::optional<double> factor_of(std::string_view unit, double step)
{
    constexpr std::string_view letters = "KMGT";
    if (unit.empty()) {
        return 1;
    }
    const std::size_t power = letters.find(unit == "k" ? 'K' : unit[0]);
    if (unit.size() > 1 || power == std::string_view::npos) {
        return std::nullopt;
    }
    return std::pow(step, static_cast<double>(power + 1));
}

// Sets the limit, and the measure where its unit decides that.
Status set_limit(Threshold& threshold, std::string_view word)
{
    double number = 0;
    const char* end = word.data() + word.size();
    const auto [rest, error] = std::from_chars(word.data(), end, number, std::chars_format::fixed);
    const std::string_view unit(rest, static_cast<std::size_t>(end - rest));
    constexpr double largest = 1e15;
    if (error != std::errc{} || std::signbit(number) || !(number <= largest)) {
        return fail("'{}': '{}' is not a number to compare with", threshold.text, word);
    }
    if (unit == "%" && threshold.dimension == Dimension::time && threshold.metric != Metric::wall) {
        threshold.measure = Measure::rate;
        threshold.dimension = Dimension::percent;
        threshold.limit = number;
        return {};
    }
    if (threshold.dimension == Dimension::time) {
        TRY_ASSIGN(const nanoseconds time, parse_duration(word));
        threshold.limit = static_cast<double>(time.count());
        return {};
    }
    const bool size = threshold.dimension == Dimension::bytes;
    const std::optional<double> factor = factor_of(unit, size ? 1024 : 1000);
    if (!factor || (size && unit.empty())) {
        return fail("'{}': '{}' is not a {} (write {})", threshold.text, word,
                    size ? "size" : "count", size ? "512M or 2G" : "1000, 100K or 1M");
    }
    threshold.limit = number * *factor;
    return {};
}

Status set_metric(Threshold& threshold, Scanner& scanner)
{
    const std::string_view name = scanner.take_while(is_letter);
    const auto* const one = std::ranges::find(known, name, &Known::name);
    if (one == known.end()) {
        return fail("'{}': '{}' is not a metric (known: {})", threshold.text, name,
                    names_of_known());
    }
    threshold.metric = one->metric;
    threshold.measure = one->measure;
    threshold.dimension = one->dimension;
    if (!scanner.take("/s")) {
        return {};
    }
    if (one->measure != Measure::total || one->dimension != Dimension::count ||
        one->metric == Metric::processes) {
        return fail("'{}': {} has no rate (/s is for faults and switches)", threshold.text, name);
    }
    threshold.measure = Measure::rate;
    threshold.dimension = Dimension::per_second;
    return {};
}

Status set_hold(Threshold& threshold, Scanner& scanner)
{
    if (scanner.rest().empty()) {
        return {};
    }
    if (!scanner.take("for")) {
        return fail("'{}': only 'for DURATION' may follow the limit, not '{}'", threshold.text,
                    scanner.rest());
    }
    if (threshold.measure == Measure::total) {
        return fail("'{}': a total never goes down, so 'for' says nothing", threshold.text);
    }
    std::string_view words = scanner.rest();
    words = words.substr(0, words.find_last_not_of(" \t") + 1);
    TRY_ASSIGN(threshold.hold, parse_duration(words));
    return {};
}

} // namespace

Result<Threshold> parse_threshold(std::string_view text)
{
    Threshold threshold;
    threshold.text = text;
    Scanner scanner(text);
    TRY(set_metric(threshold, scanner));
    if (!scanner.take(">")) {
        return fail("'{}': > or >= must follow the metric, and no other comparison", text);
    }
    threshold.comparison = scanner.take("=") ? Comparison::at_least : Comparison::above;
    TRY(set_limit(threshold, scanner.take_while(is_no_blank)));
    TRY(set_hold(threshold, scanner));
    return threshold;
}

} // namespace mp3prof
