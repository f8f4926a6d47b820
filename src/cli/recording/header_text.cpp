// SPDX-License-Identifier: GPL-2.0-or-later
#include "recording/header_text.hpp"

#include "recording/entry_codec.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <charconv>
#include <limits>
#include <span>
#include <type_traits>

namespace mp3prof
{

namespace
{

using Json = nlohmann::ordered_json;

constexpr std::string_view magic = "mp3prof-recording ";
// A command line of the longest that the kernel takes, each byte as \u0000.
constexpr std::size_t largest_header = std::size_t{16} << 20;

// Of the line of sizes, the check sum itself.
constexpr std::size_t sum_digits = 8;

// Of all of the header but the check sum.
std::uint32_t check_sum_of(std::string_view line, std::string_view rest)
{
    const std::string text =
        fmt::format("{}{}", line.substr(0, line.size() - sum_digits - 1), rest);
    return check_sum(std::as_bytes(std::span(text)));
}

std::string size_line(std::size_t header, std::uint32_t sum)
{
    return fmt::format("{}{} header={:08} entry={} crc32={:08x}\n", magic, recording_format, header,
                       entry_size, sum);
}

Json json_of(const RecordingHeader& header)
{
    return {{"version", header.version},
            {"source", header.source},
            {"unknown", header.unknown},
            {"command", header.command},
            {"followed", header.followed},
            {"interval_ns", header.interval.count()},
            {"host", header.host},
            {"kernel", header.kernel},
            {"cpus", header.cpus},
            {"memory_bytes", header.memory_bytes},
            {"page_size", header.page_size},
            {"hz", header.hz},
            {"begin_ns", header.begin.count()},
            {"clock_offset_ns", header.clock_offset.count()},
            {"boot_ns", header.boot.count()}};
}

// Takes words from the front of a line.
class Words
{
public:
    explicit Words(std::string_view line) : rest_(line) {}

    [[nodiscard]] bool take(std::string_view word)
    {
        const bool there = rest_.starts_with(word);
        rest_.remove_prefix(there ? word.size() : 0);
        return there;
    }
    template <class Number>
    [[nodiscard]] bool take_number(Number& number, int base = 10)
    {
        const char* end = rest_.data() + rest_.size();
        const auto [at, error] = std::from_chars(rest_.data(), end, number, base);
        rest_.remove_prefix(static_cast<std::size_t>(at - rest_.data()));
        return error == std::errc{};
    }
    [[nodiscard]] bool empty() const { return rest_.empty(); }

private:
    std::string_view rest_;
};

bool is_text(std::string_view bytes)
{
    return std::ranges::all_of(bytes, [](char c) {
        return (c >= ' ' && c <= '~') || c == '\n' || c == '\t' || c == '\r';
    });
}

// A line of four whole numbers, as the exercise's monitor prints them.
bool is_classic(std::string_view begin)
{
    Words words(begin.substr(0, begin.find('\n')));
    std::array<std::int64_t, 4> numbers{};
    bool good = true;
    for (std::size_t at = 0; at < numbers.size(); ++at) {
        good = good && (at == 0 || words.take(" ")) && words.take_number(numbers[at]);
    }
    return good && words.empty();
}

std::string what_it_is(std::string_view begin)
{
    if (is_classic(begin)) {
        return "it looks like output of the exercise's monitor (mp3prof import FILE -o REC makes a "
               "recording of it)";
    }
    if (!is_text(begin)) {
        return "it is no recording of mp3prof, but some other binary file (mp3prof record makes a "
               "recording)";
    }
    if (begin.starts_with("time,monotonic_ns,")) {
        return "it is csv of mp3prof, which only mp3prof plot reads, and from a file, not a pipe";
    }
    return fmt::format("it is no recording of mp3prof, but text that begins with \"{}\" (mp3prof "
                       "record makes a recording)",
                       begin.substr(0, std::min<std::size_t>(begin.find_first_of("\r\n\t"), 40)));
}

tl::unexpected<Error> damaged(std::string_view what)
{
    return fail("the header of this recording is damaged: {}; nothing can be salvaged", what);
}

// Takes a value where it is there and of its type; what is added later is not
// known yet, and what is left out stays as it is.
template <class Value>
bool take(const Json& json, const char* key, Value& value)
{
    const auto at = json.find(key);
    if (at == json.end()) {
        return true;
    }
    if constexpr (std::is_same_v<Value, bool>) {
        value = at->is_boolean() && at->template get<bool>();
        return at->is_boolean();
    } else if constexpr (std::is_same_v<Value, std::string>) {
        value = at->is_string() ? at->template get<std::string>() : std::string();
        return at->is_string();
    } else if constexpr (std::is_same_v<Value, nanoseconds>) {
        constexpr std::int64_t most = std::numeric_limits<std::int64_t>::max() / 4;
        value = at->is_number_integer()
                    ? nanoseconds(std::clamp(at->template get<std::int64_t>(), -most, most))
                    : nanoseconds{};
        return at->is_number_integer();
    } else if constexpr (std::is_same_v<Value, std::vector<std::string>>) {
        const auto is_string = [](const Json& item) { return item.is_string(); };
        if (!at->is_array() || !std::ranges::all_of(*at, is_string)) {
            return false;
        }
        value = at->template get<Value>();
        return true;
    } else {
        value = at->is_number_unsigned() ? at->template get<Value>() : Value{};
        return at->is_number_unsigned();
    }
}

} // namespace

std::string header_text(const RecordingHeader& header)
{
    // A command line is bytes; JSON is UTF-8.
    std::string text = json_of(header).dump(1, ' ', true, Json::error_handler_t::replace) + "\n";
    const std::size_t line = size_line(0, 0).size();
    const std::size_t size = (line + text.size() + entry_size) / entry_size * entry_size;
    text.append(size - line - text.size() - 1, ' ');
    text += '\n';
    return size_line(size, check_sum_of(size_line(size, 0), text)) + text;
}

Result<HeaderSizes> parse_size_line(std::string_view begin)
{
    if (begin.empty()) {
        return fail("it is empty");
    }
    const bool ours = begin.starts_with(magic) || magic.starts_with(begin);
    if (!ours) {
        return fail("{}", what_it_is(begin));
    }
    const std::size_t end = begin.find('\n');
    Words words(begin.substr(0, end));
    unsigned format = 0;
    if (words.take(magic) && words.take_number(format) && format > recording_format) {
        return fail("it is a recording of format {}, of a newer mp3prof; this one reads format {} "
                    "(upgrade mp3prof)",
                    format, recording_format);
    }
    if (end == std::string_view::npos && begin.size() < longest_size_line) {
        return fail("it is a recording that ends in its header, after {} byte{}: nothing can be "
                    "salvaged",
                    begin.size(), begin.size() == 1 ? "" : "s");
    }
    HeaderSizes sizes{.line = end + 1};
    const bool sound = end != std::string_view::npos && format == recording_format &&
                       words.take(" header=") && words.take_number(sizes.header) &&
                       words.take(" entry=") && words.take_number(sizes.entry) &&
                       words.take(" crc32=") && words.take_number(sizes.check_sum, 16) &&
                       words.empty();
    if (!sound || sizes.line <= sum_digits || sizes.header < sizes.line ||
        sizes.header > largest_header || sizes.entry < entry_size || sizes.entry > largest_entry) {
        return damaged("its first line is not sound");
    }
    return sizes;
}

Result<RecordingHeader> parse_header(const HeaderSizes& sizes, std::string_view text)
{
    const std::string_view rest = text.substr(sizes.line);
    if (check_sum_of(text.substr(0, sizes.line), rest) != sizes.check_sum) {
        return damaged("its check sum does not fit");
    }
    const Json json = Json::parse(rest, nullptr, false);
    if (!json.is_object()) {
        return damaged("it is not JSON");
    }
    RecordingHeader header;
    const bool sound =
        take(json, "version", header.version) && take(json, "source", header.source) &&
        take(json, "unknown", header.unknown) && take(json, "command", header.command) &&
        take(json, "followed", header.followed) && take(json, "interval_ns", header.interval) &&
        take(json, "host", header.host) && take(json, "kernel", header.kernel) &&
        take(json, "cpus", header.cpus) && take(json, "memory_bytes", header.memory_bytes) &&
        take(json, "page_size", header.page_size) && take(json, "hz", header.hz) &&
        take(json, "begin_ns", header.begin) &&
        take(json, "clock_offset_ns", header.clock_offset) && take(json, "boot_ns", header.boot);
    if (!sound) {
        return damaged("a value is not of its type");
    }
    if (header.interval <= nanoseconds::zero() || header.hz == 0 || header.page_size == 0) {
        return damaged("an interval, HZ or page size of nothing");
    }
    return header;
}

} // namespace mp3prof
