// SPDX-License-Identifier: GPL-2.0-or-later
#include "commands/open_source.hpp"

#include "device/kernel_source.hpp"
#include "device/proc_source.hpp"
#include "version.hpp"

#include <iostream>

#include <unistd.h>

namespace mp3prof
{

namespace
{

Result<Profiler> open_kernel(Purpose purpose)
{
    Profiler profiler;
    TRY_ASSIGN(profiler.source, open_kernel_source());
    if (purpose == Purpose::profile) {
        TRY_ASSIGN(profiler.registry, ProcRegistry::open(registry_path));
    }
    return profiler;
}

Result<Profiler> open_proc()
{
    TRY_ASSIGN(std::unique_ptr<ProcWatch> watch, ProcWatch::open());
    if (watch->way() == ProcChildren::Way::scan) {
        std::cerr << "mp3prof: this kernel keeps no lists of children (CONFIG_PROC_CHILDREN): all "
                     "processes are looked through for them\n";
    }
    auto source = std::make_unique<ProcSource>(*watch);
    return Profiler{.registry = std::move(watch), .source = std::move(source)};
}

} // namespace

bool module_is_there()
{
    return ::access(device_path, R_OK) == 0;
}

Result<Profiler> open_profiler(SourceChoice choice, Purpose purpose)
{
    if (choice == SourceChoice::proc) {
        return open_proc();
    }
    Result<Profiler> profiler = open_kernel(purpose);
    if (profiler || choice == SourceChoice::kernel || module_is_there()) {
        return profiler;
    }
    const std::string why = profiler.error().message;
    profiler = open_proc();
    if (profiler) {
        std::cerr << fmt::format("mp3prof: samples are from /proc, which misses short-lived "
                                 "children and the last moments of others: {}\n",
                                 why);
    }
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
