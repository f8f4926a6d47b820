// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "device/registry.hpp"
#include "device/source.hpp"

#include <memory>

namespace mp3prof
{

// Which source the user wants.
enum class SourceChoice { kernel };

// A source, and the registry of the processes whose samples it gives.
struct Profiler {
    std::unique_ptr<Source> source;
    std::unique_ptr<Registry> registry;
};

[[nodiscard]] Result<Profiler> open_profiler(SourceChoice choice);

// The module's source alone, for who only reads. A module of another version
// that still speaks our ABI is used, with a word on standard error.
[[nodiscard]] Result<std::unique_ptr<Source>> open_kernel_source();

} // namespace mp3prof
