// SPDX-License-Identifier: GPL-2.0-or-later
// write-completion bash|zsh|fish: puts the shell's table into its template, from
// standard input to standard output.
#include "interface.hpp"

#include <cstdlib>
#include <iostream>
#include <iterator>
#include <map>

int main(int argc, char** argv)
{
    using namespace mp3prof;
    const std::map<std::string, decltype(&bash_table)> tables = {
        {"bash", bash_table}, {"zsh", zsh_table}, {"fish", fish_table}};
    const auto table = tables.find(argc == 2 ? argv[1] : "");
    const std::string marker = "@TABLE@";
    std::string text(std::istreambuf_iterator<char>(std::cin), {});
    const std::size_t at = text.find(marker);
    if (table == tables.end() || at == std::string::npos) {
        std::cerr << "usage: write-completion bash|zsh|fish <TEMPLATE; it has a line @TABLE@\n";
        return EXIT_FAILURE;
    }
    text.replace(at, marker.size(), table->second(command_line_interface()));
    std::cout << text << std::flush;
    return std::cout ? EXIT_SUCCESS : EXIT_FAILURE;
}
