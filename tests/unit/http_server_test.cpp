// SPDX-License-Identifier: GPL-2.0-or-later
#include "sys/http_server.hpp"

#include <doctest/doctest.h>

#include <array>
#include <string>
#include <vector>

#include <arpa/inet.h>
#include <sys/socket.h>
#include <unistd.h>

using namespace mp3prof;

namespace
{

UniqueFd connected_to(std::uint16_t port)
{
    UniqueFd socket(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
    sockaddr_in name{};
    name.sin_family = AF_INET;
    name.sin_port = htons(port);
    name.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    REQUIRE(::connect(socket.get(), reinterpret_cast<const sockaddr*>(&name), sizeof(name)) == 0);
    return socket;
}

void send(const UniqueFd& socket, const std::string& text)
{
    REQUIRE(::send(socket.get(), text.data(), text.size(), MSG_NOSIGNAL) ==
            static_cast<ssize_t>(text.size()));
}

std::string answer_to(std::uint16_t port, const std::string& line)
{
    const UniqueFd socket = connected_to(port);
    send(socket, line + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
    std::string answer;
    std::array<char, 4096> part{};
    ssize_t got = 0;
    while ((got = ::read(socket.get(), part.data(), part.size())) > 0) {
        answer.append(part.data(), static_cast<std::size_t>(got));
    }
    return answer;
}

struct Scene {
    std::uint16_t port = 0;
    Result<HttpServer> server = start();

    Result<HttpServer> start()
    {
        TRY_ASSIGN(Listener listener, Listener::open({.host = "127.0.0.1", .port = 0}));
        port = listener.address.port;
        return HttpServer::start(
            std::move(listener), [](std::string_view method, std::string_view path) -> HttpAnswer {
                if (method == "POST") {
                    return {.status = 405, .body = "no\n", .allow = "GET, HEAD"};
                }
                return {.type = "text/plain", .body = std::string(path) + "\n", .allow = {}};
            });
    }
};

} // namespace

TEST_CASE("the server answers with the handler's status, type and body")
{
    Scene scene;
    REQUIRE(scene.server);
    const std::string answer = answer_to(scene.port, "GET /some/path?query=1");
    CHECK(answer.starts_with("HTTP/1.1 200 OK\r\n"));
    CHECK(answer.find("\r\nContent-Type: text/plain\r\n") != std::string::npos);
    CHECK(answer.ends_with("\r\n\r\n/some/path\n"));
}

TEST_CASE("HEAD has the length of the body and no body")
{
    Scene scene;
    REQUIRE(scene.server);
    const std::string answer = answer_to(scene.port, "HEAD /metrics");
    CHECK(answer.find("\r\nContent-Length: 9\r\n") != std::string::npos);
    CHECK(answer.ends_with("\r\n\r\n"));
}

TEST_CASE("a method that is refused learns which are not")
{
    Scene scene;
    REQUIRE(scene.server);
    const std::string answer = answer_to(scene.port, "POST /");
    CHECK(answer.starts_with("HTTP/1.1 405 "));
    CHECK(answer.find("\r\nAllow: GET, HEAD\r\n") != std::string::npos);
}

TEST_CASE("clients that say nothing keep nobody waiting, nor the end")
{
    Scene scene;
    REQUIRE(scene.server);
    std::vector<UniqueFd> silent;
    for (int i = 0; i < 20; ++i) {
        silent.push_back(connected_to(scene.port));
        send(silent.back(), "GET /");
    }
    CHECK(answer_to(scene.port, "GET /x").ends_with("/x\n"));
    scene.server = fail("ended"); // which would hang
    CHECK_FALSE(scene.server);
}
