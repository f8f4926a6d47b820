// SPDX-License-Identifier: GPL-2.0-or-later
// Csv of others, from its text to the script of a picture: it is read or refused
// with a word, and nothing in it makes another line of the script.
#include "plot/csv_timeline.hpp"

#include "fuzz.hpp"
#include "plot/gnuplot_script.hpp"
#include "plot/picture.hpp"

#include <algorithm>
#include <sstream>

using namespace mp3prof;
using namespace mp3prof::fuzz;

namespace
{

// A line of the script for each of the picture's parts, whatever their names.
void check_script(const Picture& picture)
{
    const std::string script = gnuplot_script(picture, "$data");
    FUZZ_CHECK(is_harmless(script));
    for (const Panel& panel : picture.panels) {
        FUZZ_CHECK(panel.curves.size() <= most_lines + 1);
    }
    const auto lines = std::ranges::count(script, '\n');
    FUZZ_CHECK(static_cast<std::size_t>(lines) <= 13 + picture.panels.size() * 17);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    Input input(data, size);
    const PictureWish wish{.what = static_cast<What>(input.below(5)),
                           .running = static_cast<Running>(input.below(2)),
                           .lines = static_cast<Lines>(input.below(2))};
    std::istringstream in{std::string(input.rest())};
    std::ostringstream words;
    const Result<Timeline> timeline = read_csv_timeline(in, "a.csv", words);
    FUZZ_CHECK(timeline || !timeline.error().message.empty());
    if (timeline) {
        const Result<Picture> picture = draw({&*timeline, 1}, wish);
        FUZZ_CHECK(picture || !picture.error().message.empty());
        if (picture) {
            check_script(*picture);
        }
    }
    return 0;
}
