// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "device/registry.hpp"
#include "device/source.hpp"

#include <memory>

namespace mp3prof
{

// Which source the user wants.
enum class SourceChoice {
    automatic, // the module where it is there for us, else /proc with a word about it
    kernel,    // the module
    proc,      // /proc
};

// A registry, and a source that gives the samples of the processes in it.
struct Profiler {
    std::unique_ptr<Registry> registry;
    std::unique_ptr<Source> source; // may look into the registry
};

// What a profiler is for. Who only reads is not asked whether he may register;
// then the module's registry is left closed (null). That of /proc is there in any
// case: it is of this program alone, and nobody else fills it.
enum class Purpose { profile, read };

// Whether the module is there for us. Where it is but cannot be used, that is to
// be mended: another source would only hide it.
[[nodiscard]] bool module_is_there();

[[nodiscard]] Result<Profiler> open_profiler(SourceChoice choice,
                                             Purpose purpose = Purpose::profile);

// The module's source alone. A module of another version that still speaks our
// ABI is used, with a word on standard error.
[[nodiscard]] Result<std::unique_ptr<Source>> open_kernel_source();

} // namespace mp3prof
