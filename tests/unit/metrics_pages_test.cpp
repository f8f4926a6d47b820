// SPDX-License-Identifier: GPL-2.0-or-later
#include "commands/metrics_pages.hpp"

#include <doctest/doctest.h>

using namespace mp3prof;

namespace
{

HttpAnswer page(const char* method, const char* path)
{
    return metrics_page(method, path, [] { return std::string("metrics\n"); });
}

} // namespace

TEST_CASE("the metrics are at /metrics, in the type of their text format")
{
    for (const char* method : {"GET", "HEAD"}) {
        const HttpAnswer answer = page(method, "/metrics");
        CHECK(answer.status == 200);
        CHECK(answer.type == "text/plain; version=0.0.4; charset=utf-8");
        CHECK(answer.body == "metrics\n");
    }
}

TEST_CASE("the page before them names them")
{
    const HttpAnswer answer = page("GET", "/");
    CHECK(answer.status == 200);
    CHECK(answer.type.starts_with("text/html"));
    CHECK(answer.body.find("href=\"/metrics\"") != std::string::npos);
}

TEST_CASE("other paths are not found, other methods not allowed")
{
    CHECK(page("GET", "/metrics/").status == 404);
    CHECK(page("POST", "/etc/passwd").status == 404);
    for (const char* method : {"POST", "PUT", "DELETE", "OPTIONS", "get"}) {
        const HttpAnswer answer = page(method, "/metrics");
        CHECK(answer.status == 405);
        CHECK(answer.allow == "GET, HEAD");
    }
}
