// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/format.hpp"

namespace mp3prof
{

std::unique_ptr<Formatter> make_formatter(Format format, const FormatSettings& settings)
{
    switch (format) {
    case Format::table:
        return make_table(settings);
    case Format::csv:
        return make_csv(settings);
    case Format::jsonl:
        return make_jsonl(settings);
    case Format::classic:
        return make_classic(settings);
    case Format::openmetrics:
        break;
    }
    return nullptr;
}

} // namespace mp3prof
