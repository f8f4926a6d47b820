// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "plot/picture.hpp"

#include <string>
#include <string_view>

namespace mp3prof
{

// What gnuplot draws on.
enum class Canvas { svg, png, pdf, text };

// How large it is.
struct TextSize {
    unsigned lines = 24;
    unsigned columns = 80;
};

// A text as gnuplot has it between quotes, with nothing in it obeyed: whatever is
// not plain is written as a number, as what gnuplot makes of quotes in a text
// differs with their place. Control characters become '?'.
[[nodiscard]] std::string gnuplot_text(std::string_view text);

// The picture's points, a block for each line, as the script counts them.
[[nodiscard]] std::string gnuplot_data(const Picture& picture);

// Lines of text between the axis of each panel and its top.
[[nodiscard]] unsigned rows_of_panel(const Picture& picture, TextSize text);

// How to draw them. `data` is the expression that names the data: a quoted file
// name, or that of a block of the script. On text, `rows` is a panel's height.
[[nodiscard]] std::string gnuplot_script(const Picture& picture, std::string_view data,
                                         unsigned rows = 0);

// What stands before the script: where the picture goes. Without `output`, to
// standard output.
[[nodiscard]] std::string gnuplot_canvas(const Picture& picture, Canvas canvas, TextSize text,
                                         std::string_view output);

} // namespace mp3prof
