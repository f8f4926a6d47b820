// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "device/registry.hpp"
#include "device/watched_process.hpp"
#include "sys/descriptor_limit.hpp"

#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace mp3prof
{

// The world of a watch; tests have one of their own.
struct ProcWorld {
    std::string path = "/proc";
    CpuClock clock = cpu_clock;
};

// Samples processes by what /proc tells of them, without the module and without
// root. It is a registry as the module is, of its own processes alone.
//
// Its records are the module's as far as looking from time to time can tell:
// exact at the end where a process is then seen as a zombie, and otherwise as it
// was when it was last looked at. Children are followed where they are seen.
class ProcWatch : public Registry
{
public:
    [[nodiscard]] static Result<std::unique_ptr<ProcWatch>> open(ProcWorld world = {});

    ProcWatch(UniqueFd proc, ProcChildren::Way way, ProcWorld world);

    [[nodiscard]] tl::expected<void, int> apply(const Request& request) override;
    [[nodiscard]] std::string explain(const Request& request, int error) const override;

    // Looks at every process once, and for their new children.
    void look(nanoseconds now);

    // The records since the last call, in the order in which they came to be.
    [[nodiscard]] std::vector<Sample> take() { return std::exchange(records_, {}); }

    [[nodiscard]] std::size_t size() const { return processes_.size(); }
    // Children that were seen, but could not be watched.
    [[nodiscard]] std::uint64_t follow_failed() const { return follow_failed_; }
    [[nodiscard]] ProcChildren::Way way() const { return children_.way(); }

private:
    enum class Children { left, followed };
    using Processes = std::vector<std::unique_ptr<WatchedProcess>>;

    [[nodiscard]] tl::expected<void, int> add(pid_t pid, Children children);
    [[nodiscard]] tl::expected<void, int> remove(pid_t pid);
    [[nodiscard]] tl::expected<WatchedProcess, int> open_process(pid_t pid,
                                                                 const WatchedProcess* parent);
    [[nodiscard]] Processes::iterator find(pid_t pid);
    // False when it has ended. A FINAL record is given in any case.
    [[nodiscard]] bool look_at(WatchedProcess& process, nanoseconds now, const Stage& stage);
    void add_children(WatchedProcess& parent);

    UniqueFd proc_;
    ProcWorld world_;
    ProcChildren children_;
    DescriptorLimit limit_;
    Processes processes_; // as they came: a parent before its children
    std::vector<Sample> records_;
    std::uint64_t follow_failed_ = 0;
};

} // namespace mp3prof
