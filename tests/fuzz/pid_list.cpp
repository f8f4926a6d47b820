// SPDX-License-Identifier: GPL-2.0-or-later
// -p PID[,PID]... and bare PIDs, through CLI11: exactly the lists of numbers
// between commas, in order.
#include "commands/options.hpp"
#include "fuzz.hpp"

#include <CLI/CLI.hpp>

#include <climits>
#include <optional>

using namespace mp3prof;
using namespace mp3prof::fuzz;

namespace
{

using Pids = std::vector<pid_t>;

std::optional<Pids> expected(std::string_view text)
{
    Pids pids;
    for (std::size_t end = 0; end != std::string_view::npos;) {
        end = text.find(',');
        const std::string_view word = text.substr(0, end);
        long long pid = 0;
        for (const char c : word) {
            if (c < '0' || c > '9') {
                return std::nullopt;
            }
            pid = std::min<long long>(pid * 10 + c - '0', LLONG_MAX / 100);
        }
        if (pid < 1 || pid > INT_MAX) {
            return std::nullopt;
        }
        pids.push_back(static_cast<pid_t>(pid));
        text.remove_prefix(end == std::string_view::npos ? 0 : end + 1);
    }
    return pids;
}

// The PIDs that a command with these words is for; none where it is refused.
std::optional<Pids> taken(std::vector<std::string> reversed)
{
    static Pids bare;
    static Pids listed;
    static CLI::App* app = [] {
        static CLI::App made;
        add_bare_pids(made, bare, "");
        add_pids(made, listed, "");
        return &made;
    }();
    bare.clear();
    listed.clear();
    try {
        app->parse(std::move(reversed));
    } catch (const CLI::ParseError&) {
        return std::nullopt;
    }
    Pids all = bare;
    all.insert(all.end(), listed.begin(), listed.end());
    return all;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const std::string text(reinterpret_cast<const char*>(data), size);
    if (text.starts_with('[')) {
        return 0; // CLI11's own notation of a list
    }
    FUZZ_CHECK(taken({"--pid=" + text}) == expected(text));
    if (!text.starts_with('-')) {
        FUZZ_CHECK(taken({text, "-p"}) == expected(text));
        FUZZ_CHECK(taken({text}) == expected(text));
    }
    return 0;
}
