// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "rates/process_table.hpp"

#include <memory>
#include <ostream>

namespace mp3prof
{

// openmetrics is not of rows alone: a MetricsBoard writes it.
enum class Format { table, csv, jsonl, classic, openmetrics };

// What the formats need to know of the world.
struct FormatSettings {
    bool total_only = false; // only the sum of all processes
    bool human = false;      // for people at a terminal
    unsigned lines = 0;      // lines of the terminal, 0 for none
    unsigned hz = 100;       // jiffies a second
    Knows knows{};           // the source
};

// Writes intervals as they come.
class Formatter
{
public:
    Formatter() = default;
    Formatter(const Formatter&) = delete;
    Formatter& operator=(const Formatter&) = delete;
    Formatter(Formatter&&) = delete;
    Formatter& operator=(Formatter&&) = delete;
    virtual ~Formatter() = default;

    // Whether write() wants all rows, or the sum is enough.
    [[nodiscard]] virtual Rows rows() const = 0;
    // What stands before all rows; once, also when no row follows.
    virtual void begin(std::ostream& out) = 0;
    // `offset` turns monotonic times into times since 1970; 0: not known how.
    virtual void write(std::ostream& out, const Interval& interval, nanoseconds offset) = 0;
};

[[nodiscard]] std::unique_ptr<Formatter> make_table(const FormatSettings& settings);
[[nodiscard]] std::unique_ptr<Formatter> make_csv(const FormatSettings& settings);
[[nodiscard]] std::unique_ptr<Formatter> make_jsonl(const FormatSettings& settings);
[[nodiscard]] std::unique_ptr<Formatter> make_classic(const FormatSettings& settings);

// Null for openmetrics.
[[nodiscard]] std::unique_ptr<Formatter> make_formatter(Format format,
                                                        const FormatSettings& settings);

} // namespace mp3prof
