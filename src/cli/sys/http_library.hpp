// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "sys/error.hpp"

#include <microhttpd.h>

namespace mp3prof
{

// What we call of libmicrohttpd. Once loaded, it stays.
struct HttpLibrary {
    [[nodiscard]] static Result<HttpLibrary> load();

    decltype(&MHD_start_daemon) start_daemon = nullptr;
    decltype(&MHD_stop_daemon) stop_daemon = nullptr;
    decltype(&MHD_create_response_from_buffer) create_response_from_buffer = nullptr;
    decltype(&MHD_add_response_header) add_response_header = nullptr;
    decltype(&MHD_queue_response) queue_response = nullptr;
    decltype(&MHD_destroy_response) destroy_response = nullptr;
};

} // namespace mp3prof
