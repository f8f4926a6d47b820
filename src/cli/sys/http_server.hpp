// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "sys/error.hpp"
#include "sys/listener.hpp"

#include <functional>
#include <memory>
#include <string>
#include <string_view>

namespace mp3prof
{

struct HttpAnswer {
    unsigned status = 200;
    std::string type = "text/plain; charset=utf-8";
    std::string body;
    std::string allow; // the methods that are, where the one asked for is not
};

// Answers HTTP with libmicrohttpd, in a thread of its own that waits for no
// client: a slow one keeps nobody waiting, and there are only so many at a time.
// The library is loaded when it is needed: it brings a dozen others, which no
// other command is to start with.
class HttpServer
{
public:
    // Called in the server's thread. To HEAD the same is answered as to GET; the
    // body is left out behind it.
    using Handler = std::function<HttpAnswer(std::string_view method, std::string_view path)>;

    [[nodiscard]] static Result<HttpServer> start(Listener listener, Handler handler);

    HttpServer(HttpServer&& other) noexcept;
    HttpServer& operator=(HttpServer&& other) noexcept;
    HttpServer(const HttpServer&) = delete;
    HttpServer& operator=(const HttpServer&) = delete;
    // Ends all connections and the thread.
    ~HttpServer();

private:
    struct Daemon;
    explicit HttpServer(std::unique_ptr<Daemon> daemon);
    std::unique_ptr<Daemon> daemon_;
};

} // namespace mp3prof
