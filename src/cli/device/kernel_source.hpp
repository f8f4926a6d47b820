// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "device/source.hpp"
#include "ring/ring_reader.hpp"
#include "sys/memory_map.hpp"
#include "sys/unique_fd.hpp"

#include <memory>
#include <string>

namespace mp3prof
{

inline constexpr const char* device_path = "/dev/mp3";

// The kernel's ring, mapped from the device.
class KernelSource : public Source
{
public:
    [[nodiscard]] static Result<std::unique_ptr<Source>> open(const std::string& path);

    KernelSource(UniqueFd device, MemoryMap map, RingReader reader);
    [[nodiscard]] const RingInfo& info() const override { return reader_.info(); }
    [[nodiscard]] Status set_interval(nanoseconds interval) override;
    [[nodiscard]] Result<Batch> wait(const Until& until, int wake_fd) override;
    [[nodiscard]] Result<Batch> drain() override;

private:
    [[nodiscard]] Status forget_ticks();
    [[nodiscard]] bool has_tick_for(const Until& until) const;

    UniqueFd device_;
    MemoryMap map_;
    RingReader reader_;
};

} // namespace mp3prof
