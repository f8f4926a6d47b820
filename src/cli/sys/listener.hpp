// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "sys/error.hpp"
#include "sys/unique_fd.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace mp3prof
{

// Where to listen: a host name or number, empty for all addresses of this
// machine, and a port, 0 for any that is free.
struct ListenAddress {
    std::string host;
    std::uint16_t port = 0;
    bool operator==(const ListenAddress&) const = default;

    // As it is written: 127.0.0.1:9423, [::1]:9423.
    [[nodiscard]] std::string text() const;
};

// "HOST:PORT", the host in brackets where it has colons itself.
[[nodiscard]] Result<ListenAddress> parse_listen_address(std::string_view text);

// A TCP socket that listens.
struct Listener {
    [[nodiscard]] static Result<Listener> open(const ListenAddress& address);

    UniqueFd socket;
    ListenAddress address; // with the port that it got
};

} // namespace mp3prof
