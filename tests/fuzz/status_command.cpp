// SPDX-License-Identifier: GPL-2.0-or-later
// The module's parser of /proc/mp3/status, its own source, against a second one
// that was written from the manual; and the tool's writer against it.
#include "../../src/kernel/status_command.h"

#include "device/registry.hpp"
#include "fuzz.hpp"

#include <climits>
#include <optional>
#include <vector>

using namespace mp3prof;
using namespace mp3prof::fuzz;

namespace
{

struct Command {
    mp3_status_verb verb = MP3_STATUS_REGISTER;
    int pid = 0;
    bool follow = false;
    bool operator==(const Command&) const = default;
};

std::optional<Command> parsed(std::string_view line)
{
    mp3_status_command command{};
    if (!mp3_status_command_parse(line.data(), line.size(), &command)) {
        return std::nullopt;
    }
    return Command{command.verb, command.pid, command.follow};
}

std::vector<std::string> words_of(std::string_view line)
{
    std::vector<std::string> words(1);
    for (const char c : line) {
        if (c != ' ' && c != '\t') {
            words.back() += c;
        } else if (!words.back().empty()) {
            words.emplace_back();
        }
    }
    if (words.back().empty()) {
        words.pop_back();
    }
    return words;
}

std::optional<int> pid_of(std::string word)
{
    if (word.find_first_not_of("0123456789") != std::string::npos) {
        return std::nullopt;
    }
    word.erase(0, word.find_first_not_of('0'));
    if (word.size() > 10) {
        return INT_MAX;
    }
    return word.empty() ? 0 : static_cast<int>(std::min<long long>(std::stoll(word), INT_MAX));
}

std::optional<Command> expected(std::string_view line)
{
    const std::vector<std::string> words = words_of(line);
    const bool follow = words.size() == 3 && words[0] == "R" && words[2] == "follow";
    if ((words.size() != 2 && !follow) || (words[0] != "R" && words[0] != "U")) {
        return std::nullopt;
    }
    if (words[0] == "U" && words[1] == "*") {
        return Command{.verb = MP3_STATUS_UNREGISTER_ALL};
    }
    const std::optional<int> pid = pid_of(words[1]);
    if (!pid) {
        return std::nullopt;
    }
    return Command{words[0] == "R" ? MP3_STATUS_REGISTER : MP3_STATUS_UNREGISTER, *pid, follow};
}

void check_the_tools_words(pid_t pid)
{
    const auto line = [](const Request& request) {
        const std::string text = command_line(request);
        FUZZ_CHECK(text.find('\n') == text.size() - 1);
        return parsed(std::string_view(text).substr(0, text.size() - 1));
    };
    FUZZ_CHECK((line({Verb::add, pid}) == Command{MP3_STATUS_REGISTER, pid, false}));
    FUZZ_CHECK((line({Verb::follow, pid}) == Command{MP3_STATUS_REGISTER, pid, true}));
    FUZZ_CHECK((line({Verb::remove, pid}) == Command{MP3_STATUS_UNREGISTER, pid, false}));
    FUZZ_CHECK((line({Verb::remove_all}) == Command{.verb = MP3_STATUS_UNREGISTER_ALL}));
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const std::string_view line(reinterpret_cast<const char*>(data), size);
    const std::optional<Command> command = parsed(line);
    FUZZ_CHECK(command == expected(line));
    if (command) {
        FUZZ_CHECK(command->pid >= 0);
        check_the_tools_words(command->pid);
    }
    return 0;
}
