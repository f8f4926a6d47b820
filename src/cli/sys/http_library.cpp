// SPDX-License-Identifier: GPL-2.0-or-later
#include "sys/http_library.hpp"

#include <dlfcn.h>

namespace mp3prof
{

namespace
{

// The ABI that the header is of; Debian 12 and 13 have the same.
constexpr const char* library_name = "libmicrohttpd.so.12";

template <class Function>
bool find(void* library, const char* name, Function& function)
{
    function = reinterpret_cast<Function>(::dlsym(library, name));
    return function != nullptr;
}

} // namespace

Result<HttpLibrary> HttpLibrary::load()
{
    void* library = ::dlopen(library_name, RTLD_NOW | RTLD_LOCAL);
    if (library == nullptr) {
        return fail("cannot serve HTTP: {} (sudo apt install libmicrohttpd12)", ::dlerror());
    }
    HttpLibrary all;
    if (!find(library, "MHD_start_daemon", all.start_daemon) ||
        !find(library, "MHD_stop_daemon", all.stop_daemon) ||
        !find(library, "MHD_create_response_from_buffer", all.create_response_from_buffer) ||
        !find(library, "MHD_add_response_header", all.add_response_header) ||
        !find(library, "MHD_queue_response", all.queue_response) ||
        !find(library, "MHD_destroy_response", all.destroy_response)) {
        return fail("cannot serve HTTP: {}", ::dlerror());
    }
    return all;
}

} // namespace mp3prof
