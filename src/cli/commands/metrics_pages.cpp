// SPDX-License-Identifier: GPL-2.0-or-later
#include "commands/metrics_pages.hpp"

#include "format/openmetrics.hpp"

namespace mp3prof
{

namespace
{

constexpr const char* landing_page = "<!DOCTYPE html>\n"
                                     "<html lang=\"en\">\n"
                                     "<head><meta charset=\"utf-8\"><title>mp3prof</title></head>\n"
                                     "<body>\n"
                                     "<h1>mp3prof</h1>\n"
                                     "<p>Page faults and CPU time of processes, for Prometheus: "
                                     "<a href=\"/metrics\">/metrics</a></p>\n"
                                     "</body>\n"
                                     "</html>\n";

} // namespace

HttpAnswer metrics_page(std::string_view method, std::string_view path,
                        const std::function<std::string()>& metrics)
{
    if (path != "/" && path != "/metrics") {
        return {.status = 404, .body = "not found; the metrics are at /metrics\n", .allow = {}};
    }
    if (method != "GET" && method != "HEAD") {
        return {.status = 405, .body = "only GET and HEAD are served\n", .allow = "GET, HEAD"};
    }
    if (path == "/") {
        return {.type = "text/html; charset=utf-8", .body = landing_page, .allow = {}};
    }
    return {.type = metrics_type, .body = metrics(), .allow = {}};
}

} // namespace mp3prof
