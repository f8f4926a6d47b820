// SPDX-License-Identifier: GPL-2.0-or-later
#include "sys/listener.hpp"

#include <cerrno>
#include <charconv>
#include <memory>

#include <netdb.h>
#include <netinet/in.h>
#include <sys/socket.h>

namespace mp3prof
{

namespace
{

using Addresses = std::unique_ptr<addrinfo, decltype(&::freeaddrinfo)>;

Result<Addresses> look_up(const ListenAddress& address)
{
    addrinfo hints{};
    hints.ai_family = AF_UNSPEC;
    hints.ai_socktype = SOCK_STREAM;
    hints.ai_flags = AI_PASSIVE | AI_NUMERICSERV;
    addrinfo* found = nullptr;
    const int error = ::getaddrinfo(address.host.empty() ? nullptr : address.host.c_str(),
                                    std::to_string(address.port).c_str(), &hints, &found);
    if (error != 0) {
        return fail("cannot listen on {}: no address of that host ({})", address.text(),
                    error == EAI_SYSTEM ? errno_words(errno) : ::gai_strerror(error));
    }
    return Addresses(found, ::freeaddrinfo);
}

// Or an empty one, with errno.
UniqueFd listen_on(const addrinfo& where)
{
    UniqueFd socket(::socket(where.ai_family, where.ai_socktype | SOCK_CLOEXEC | SOCK_NONBLOCK,
                             where.ai_protocol));
    const int yes = 1; // or a restart has to wait for the connections of before
    if (socket && (::setsockopt(socket.get(), SOL_SOCKET, SO_REUSEADDR, &yes, sizeof(yes)) < 0 ||
                   ::bind(socket.get(), where.ai_addr, where.ai_addrlen) < 0 ||
                   ::listen(socket.get(), SOMAXCONN) < 0)) {
        const int error = errno;
        socket.reset();
        errno = error;
    }
    return socket;
}

std::string mend_of(int error, const ListenAddress& address)
{
    switch (error) {
    case EADDRINUSE:
        return fmt::format("who has it: ss -ltnp sport = :{}; or choose another port: --listen",
                           address.port);
    case EACCES:
        return "ports below 1024 are root's: choose a higher one, such as 9423";
    case EADDRNOTAVAIL:
        return "this machine has no such address: ip address";
    default:
        return "choose another address: --listen";
    }
}

std::uint16_t port_of(int socket)
{
    sockaddr_storage name{};
    socklen_t size = sizeof(name);
    ::getsockname(socket, reinterpret_cast<sockaddr*>(&name), &size);
    return ntohs(name.ss_family == AF_INET6 ? reinterpret_cast<const sockaddr_in6&>(name).sin6_port
                                            : reinterpret_cast<const sockaddr_in&>(name).sin_port);
}

} // namespace

std::string ListenAddress::text() const
{
    const bool bracketed = host.find(':') != std::string::npos;
    return fmt::format("{}{}{}:{}", bracketed ? "[" : "", host, bracketed ? "]" : "", port);
}

Result<ListenAddress> parse_listen_address(std::string_view text)
{
    const auto wrong = [text] {
        return fail("'{}' is not an address and a port (write 127.0.0.1:9423 or [::1]:9423)", text);
    };
    const std::size_t colon = text.rfind(':');
    if (colon == std::string_view::npos) {
        return wrong();
    }
    std::string_view host = text.substr(0, colon);
    const bool bracketed = host.size() > 2 && host.front() == '[' && host.back() == ']';
    if (bracketed) {
        host = host.substr(1, host.size() - 2);
    }
    ListenAddress address{.host = std::string(host), .port = 0};
    const char* end = text.data() + text.size();
    const auto [rest, error] = std::from_chars(text.data() + colon + 1, end, address.port);
    if (error != std::errc{} || rest != end ||
        host.find_first_of("[]/ ") != std::string_view::npos ||
        bracketed != (host.find(':') != std::string_view::npos)) {
        return wrong();
    }
    return address;
}

Result<Listener> Listener::open(const ListenAddress& address)
{
    TRY_ASSIGN(const Addresses addresses, look_up(address));
    int error = 0;
    for (const addrinfo* where = addresses.get(); where != nullptr; where = where->ai_next) {
        if (UniqueFd socket = listen_on(*where)) {
            const std::uint16_t port = port_of(socket.get());
            return Listener{std::move(socket), {.host = address.host, .port = port}};
        }
        error = errno;
    }
    return fail("cannot listen on {}: {} ({})", address.text(), errno_words(error),
                mend_of(error, address));
}

} // namespace mp3prof
