// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "sys/error.hpp"
#include "sys/unique_fd.hpp"

#include <memory>
#include <string>

#include <sys/types.h>

namespace mp3prof
{

inline constexpr const char* registry_path = "/proc/mp3/status";

enum class Verb { add, follow, remove, remove_all };

// One command for the registry; `pid` means nothing for remove_all.
struct Request {
    Verb verb = Verb::add;
    pid_t pid = 0;
    bool operator==(const Request&) const = default;
};

// The module's set of processes.
class Registry
{
public:
    Registry() = default;
    Registry(const Registry&) = delete;
    Registry& operator=(const Registry&) = delete;
    Registry(Registry&&) = delete;
    Registry& operator=(Registry&&) = delete;
    virtual ~Registry() = default;

    // The error is an errno value, for explain().
    [[nodiscard]] virtual tl::expected<void, int> apply(const Request& request) = 0;

    // What failed, on which process, why, and what mends it.
    [[nodiscard]] virtual std::string explain(const Request& request, int error) const = 0;
};

// The registry behind /proc/mp3/status.
class ProcRegistry : public Registry
{
public:
    [[nodiscard]] static Result<std::unique_ptr<Registry>> open(const std::string& path);

    explicit ProcRegistry(UniqueFd file) : file_(std::move(file)) {}
    [[nodiscard]] tl::expected<void, int> apply(const Request& request) override;
    [[nodiscard]] std::string explain(const Request& request, int error) const override;

private:
    UniqueFd file_;
};

// The line that the registry takes for a request.
[[nodiscard]] std::string command_line(const Request& request);

// What failed in the module's registry.
[[nodiscard]] std::string explain(const Request& request, int error);

} // namespace mp3prof
