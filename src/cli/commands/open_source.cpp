// SPDX-License-Identifier: GPL-2.0-or-later
#include "commands/open_source.hpp"

#include "device/kernel_source.hpp"
#include "version.hpp"

#include <iostream>

namespace mp3prof
{

Result<Profiler> open_profiler(SourceChoice /*choice*/)
{
    Profiler profiler;
    TRY_ASSIGN(profiler.source, open_kernel_source());
    TRY_ASSIGN(profiler.registry, ProcRegistry::open(registry_path));
    return profiler;
}

Result<std::unique_ptr<Source>> open_kernel_source()
{
    TRY_ASSIGN(std::unique_ptr<Source> source, KernelSource::open(device_path));
    const std::string& loaded = source->info().version;
    if (loaded != version) {
        std::cerr << fmt::format("mp3prof: module {} is still loaded, mp3prof {} is installed: "
                                 "sudo modprobe -r mp3 && sudo modprobe mp3\n",
                                 loaded, version);
    }
    return source;
}

} // namespace mp3prof
