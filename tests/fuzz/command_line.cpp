// SPDX-License-Identifier: GPL-2.0-or-later
// The whole command line, up to the command that it selects; nothing is run.
// Words of the input end with a zero byte.
#include "commands/command.hpp"
#include "commands/command_tail.hpp"
#include "fuzz.hpp"

#include <CLI/CLI.hpp>

using namespace mp3prof;
using namespace mp3prof::fuzz;

namespace
{

using Words = std::vector<std::string>;

struct Program {
    CLI::App app;
    Selected selected;

    Program()
    {
        app.require_subcommand(1);
        setup_commands(app, selected);
    }
};

// No word is lost, none is made up, and only the first -- of `run` goes.
void check_tail(const Words& words, const CommandTail& tail)
{
    Words joined = tail.options;
    if (words.size() == tail.options.size() + tail.command.size() + 1) {
        joined.emplace_back("--");
    }
    joined.insert(joined.end(), tail.command.begin(), tail.command.end());
    FUZZ_CHECK(joined == words);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    Words words;
    for (Input input(data, size); !input.empty();) {
        words.emplace_back(input.word());
    }
    static Program program; // making one takes longer than a parse
    const CommandTail tail = split_command_tail(program.app, words);
    check_tail(words, tail);

    program.selected = {.action = {}, .failure_status = 1, .command = tail.command};
    try {
        program.app.parse(Words(tail.options.rbegin(), tail.options.rend()));
        FUZZ_CHECK(program.selected.action);
        FUZZ_CHECK(program.app.get_subcommands().size() == 1);
    } catch (const CLI::ParseError& error) {
        FUZZ_CHECK(!std::string_view(error.what()).empty());
    }
    return 0;
}
