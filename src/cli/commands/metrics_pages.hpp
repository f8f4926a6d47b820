// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "sys/http_server.hpp"

#include <functional>
#include <string>
#include <string_view>

namespace mp3prof
{

// What the exporter answers: the metrics, and a page that leads there.
// `metrics` is asked for their text when somebody wants it.
[[nodiscard]] HttpAnswer metrics_page(std::string_view method, std::string_view path,
                                      const std::function<std::string()>& metrics);

} // namespace mp3prof
