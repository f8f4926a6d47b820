// SPDX-License-Identifier: GPL-2.0-or-later
// Rows of processes with any figures and any names: JSON lines are JSON with
// the same figures, CSV has a field for each column, and no name breaks a row
// or reaches a terminal as more than text.
#include "csv_row.hpp"
#include "format/format.hpp"
#include "format/printable.hpp"
#include "fuzz.hpp"
#include "image.hpp"

#include <nlohmann/json.hpp>

#include <sstream>
#include <vector>

using namespace mp3prof;
using namespace mp3prof::fuzz;

namespace
{

// What is counted adds up in 64 bits, as it does in 500 years of CPU time.
std::uint64_t count_from(Input& input)
{
    return input.number(input.below(9)) >> 3;
}

Sample sample_from(Input& input)
{
    Sample sample;
    sample.pid = static_cast<pid_t>(input.number(2));
    const std::uint64_t stage = input.number(1);
    sample.stage = {(stage & 1) != 0, (stage & 2) != 0, (stage & 4) != 0, (stage & 8) != 0};
    sample.comm = input.text(MP3_COMM_LEN).substr(0, MP3_COMM_LEN - 1);
    sample.minor_faults = count_from(input);
    sample.major_faults = count_from(input);
    sample.cpu_ns = count_from(input);
    sample.utime_ns = count_from(input);
    sample.stime_ns = count_from(input);
    sample.rss_bytes = count_from(input);
    sample.start = time_from_uapi(input.number(input.below(9)));
    sample.ppid = static_cast<pid_t>(input.number(input.below(5)));
    sample.uid = static_cast<uid_t>(input.number(input.below(5)));
    sample.threads = static_cast<std::uint32_t>(input.number(input.below(5)));
    return sample;
}

std::vector<std::string> lines_of(const std::string& text)
{
    FUZZ_CHECK(is_harmless(text));
    FUZZ_CHECK(text.empty() || text.ends_with('\n'));
    std::vector<std::string> lines;
    std::istringstream in(text);
    for (std::string line; std::getline(in, line);) {
        lines.push_back(line);
    }
    return lines;
}

class Writer
{
public:
    Writer(Input& input, const Interval& interval)
        : interval_(interval), offset_(time_from_uapi(input.number(7)))
    {
        settings_.total_only = input.flag();
        settings_.human = input.flag();
        settings_.lines = static_cast<unsigned>(input.below(5));
        settings_.hz = static_cast<unsigned>(1 + input.below(1000));
        const std::size_t processes = interval.rows.size();
        rows_ = settings_.total_only ? std::min<std::size_t>(processes, 1) : processes;
    }

    void check_csv() const
    {
        const std::vector<std::string> lines = written(Format::csv);
        FUZZ_CHECK(lines.size() == 1 + rows_);
        const std::vector<std::string> names = csv_row(lines[0]);
        const auto comm = std::ranges::find(names, "comm") - names.begin();
        for (std::size_t i = 0; i < rows_; ++i) {
            const std::vector<std::string> fields = csv_row(lines[1 + i]);
            FUZZ_CHECK(fields.size() == names.size());
            FUZZ_CHECK(fields[static_cast<std::size_t>(comm)] == printable(row(i).last.comm));
        }
    }

    void check_jsonl() const
    {
        const std::vector<std::string> lines = written(Format::jsonl);
        FUZZ_CHECK(lines.size() == rows_);
        for (std::size_t i = 0; i < rows_; ++i) {
            const auto json = nlohmann::json::parse(lines[i]);
            FUZZ_CHECK(json["pid"] == row(i).last.pid);
            FUZZ_CHECK(json["minflt"] == row(i).delta.minor_faults);
            FUZZ_CHECK(json["cpu_ns"] == row(i).delta.cpu_ns);
            FUZZ_CHECK(json["total_majflt"] == row(i).total.major_faults);
            FUZZ_CHECK(json["cpu_percent"].is_number());
            const std::string comm(row(i).last.comm);
            // A name that is no text cannot stand in JSON as it is.
            FUZZ_CHECK(json["comm"] == comm || !is_harmless(comm));
        }
    }

    void check_table() const
    {
        const std::vector<std::string> lines = written(Format::table);
        const bool total = interval_.rows.size() > 1 || (settings_.total_only && rows_ > 0);
        const auto is_header = [](const std::string& line) { return line.starts_with('#'); };
        const auto headers = std::ranges::count_if(lines, is_header);
        FUZZ_CHECK(is_header(lines.front()));
        FUZZ_CHECK(lines.size() - static_cast<std::size_t>(headers) ==
                   (settings_.total_only ? 0 : rows_) + (total ? 1 : 0));
    }

    void check_classic() const
    {
        const std::vector<std::string> lines = written(Format::classic);
        FUZZ_CHECK(lines.size() == 1);
        FUZZ_CHECK(std::ranges::count(lines[0], ' ') == 3);
        FUZZ_CHECK(lines[0].find_first_not_of("0123456789 ") == std::string::npos);
    }

private:
    [[nodiscard]] const Row& row(std::size_t i) const
    {
        return settings_.total_only ? interval_.total : interval_.rows[i];
    }

    [[nodiscard]] std::vector<std::string> written(Format format) const
    {
        std::ostringstream out;
        const auto formatter = make_formatter(format, settings_);
        formatter->begin(out);
        formatter->write(out, interval_, offset_);
        return lines_of(out.str());
    }

    const Interval& interval_;
    nanoseconds offset_;
    FormatSettings settings_;
    std::size_t rows_ = 0;
};

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    Input input(data, size);
    const nanoseconds end = time_from_uapi(input.number(input.below(9)));
    const nanoseconds elapsed = time_from_uapi(input.number(input.below(9)));
    ProcessTable table(Rows::each);
    Interval interval;
    for (std::uint64_t i = input.below(5); i > 0; --i) {
        table.add(sample_from(input));
    }
    interval = table.close(end, elapsed);
    for (const Row& row : interval.rows) {
        FUZZ_CHECK(row.delta.user_ns <= row.delta.cpu_ns);
        FUZZ_CHECK(row.total.user_ns <= row.total.cpu_ns);
    }
    const Writer writer(input, interval);
    writer.check_csv();
    writer.check_jsonl();
    writer.check_table();
    writer.check_classic();
    return 0;
}
