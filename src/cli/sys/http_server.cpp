// SPDX-License-Identifier: GPL-2.0-or-later
#include "sys/http_server.hpp"

#include "sys/http_library.hpp"
#include "sys/signals.hpp"

#include <utility>

namespace mp3prof
{

namespace
{

constexpr unsigned most_connections = 64;
constexpr unsigned idle_seconds = 10;

} // namespace

struct HttpServer::Daemon {
    Daemon(HttpLibrary http, Listener socket, Handler answer)
        : library(http), listener(std::move(socket)), handler(std::move(answer))
    {
    }
    Daemon(const Daemon&) = delete;
    Daemon& operator=(const Daemon&) = delete;
    Daemon(Daemon&&) = delete;
    Daemon& operator=(Daemon&&) = delete;
    ~Daemon()
    {
        if (running != nullptr) {
            library.stop_daemon(running);
            static_cast<void>(listener.socket.release()); // it has closed that, too
        }
    }

    [[nodiscard]] MHD_Result send(MHD_Connection* connection, const HttpAnswer& answer) const
    {
        std::string body = answer.body;
        MHD_Response* response =
            library.create_response_from_buffer(body.size(), body.data(), MHD_RESPMEM_MUST_COPY);
        if (response == nullptr) {
            return MHD_NO; // out of memory: the connection is closed
        }
        library.add_response_header(response, MHD_HTTP_HEADER_CONTENT_TYPE, answer.type.c_str());
        if (!answer.allow.empty()) {
            library.add_response_header(response, MHD_HTTP_HEADER_ALLOW, answer.allow.c_str());
        }
        const MHD_Result queued = library.queue_response(connection, answer.status, response);
        library.destroy_response(response); // the connection still holds it
        return queued;
    }

    HttpLibrary library;
    Listener listener;
    Handler handler;
    MHD_Daemon* running = nullptr;
};

HttpServer::HttpServer(std::unique_ptr<Daemon> daemon) : daemon_(std::move(daemon)) {}
HttpServer::HttpServer(HttpServer&& other) noexcept = default;
HttpServer& HttpServer::operator=(HttpServer&& other) noexcept = default;
HttpServer::~HttpServer() = default;

Result<HttpServer> HttpServer::start(Listener listener, Handler handler)
{
    TRY_ASSIGN(const HttpLibrary library, HttpLibrary::load());
    const std::string address = listener.address.text();
    auto daemon = std::make_unique<Daemon>(library, std::move(listener), std::move(handler));
    const auto respond = [](void* self, MHD_Connection* connection, const char* path,
                            const char* method, const char* /*version*/, const char* /*upload*/,
                            std::size_t* /*upload_size*/, void** /*state*/) {
        const auto& of = *static_cast<const Daemon*>(self);
        return of.send(connection, of.handler(method, path));
    };
    const SignalsHeld held; // the thread inherits that: signals are for ours
    daemon->running = library.start_daemon(
        static_cast<unsigned>(MHD_USE_AUTO) | MHD_USE_INTERNAL_POLLING_THREAD | MHD_USE_ITC, 0,
        nullptr, nullptr, respond, daemon.get(), MHD_OPTION_LISTEN_SOCKET,
        daemon->listener.socket.get(), MHD_OPTION_CONNECTION_LIMIT, most_connections,
        MHD_OPTION_CONNECTION_TIMEOUT, idle_seconds, MHD_OPTION_END);
    if (daemon->running == nullptr) {
        return fail("cannot serve HTTP on {}", address);
    }
    return HttpServer(std::move(daemon));
}

} // namespace mp3prof
