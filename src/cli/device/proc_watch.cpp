// SPDX-License-Identifier: GPL-2.0-or-later
#include "device/proc_watch.hpp"

#include "sys/clock.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>

#include <fcntl.h>
#include <unistd.h>

namespace mp3prof
{

namespace
{

// Under hidepid the processes of others are hidden: not there, for who looks.
bool is_hidden(pid_t pid)
{
    return ::kill(pid, 0) < 0 && errno == EPERM;
}

// A /proc of other processes than ours has our PIDs for others.
bool is_of_our_processes(int proc)
{
    std::array<char, 16> self{};
    const ssize_t size = ::readlinkat(proc, "self", self.data(), self.size());
    return size > 0 && std::string_view(self.data(), static_cast<std::size_t>(size)) ==
                           std::to_string(::getpid());
}

} // namespace

Result<std::unique_ptr<ProcWatch>> ProcWatch::open(ProcWorld world)
{
    UniqueFd proc(::open(world.path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (!proc) {
        return fail("cannot open {}: {}", world.path, errno_words(errno));
    }
    if (!is_of_our_processes(proc.get())) {
        return fail("cannot use {}: it is not of the processes here (sudo mount -t proc proc "
                    "/proc)",
                    world.path);
    }
    const ProcChildren::Way way = ProcChildren::way_of(proc.get());
    return std::make_unique<ProcWatch>(std::move(proc), way, std::move(world));
}

ProcWatch::ProcWatch(UniqueFd proc, ProcChildren::Way way, ProcWorld world)
    : proc_(std::move(proc)), world_(std::move(world)), children_(proc_.get(), way)
{
}

tl::expected<void, int> ProcWatch::apply(const Request& request)
{
    children_.forget();
    switch (request.verb) {
    case Verb::add:
        return add(request.pid, Children::left);
    case Verb::follow:
        return add(request.pid, Children::followed);
    case Verb::remove:
        return remove(request.pid);
    case Verb::remove_all:
        while (!processes_.empty()) {
            static_cast<void>(remove(processes_.front()->pid()));
        }
        return {};
    }
    return tl::unexpected<int>(EINVAL);
}

std::string ProcWatch::explain(const Request& request, int error) const
{
    const auto reason = [&]() -> std::string {
        switch (error) {
        case ESRCH:
            return "there is no such process (ps -e lists those that there are)";
        case EPERM:
        case EACCES:
            return fmt::format("permission denied ({} hides the processes of others; see \"findmnt "
                               "{}\", or use sudo)",
                               world_.path, world_.path);
        case EMFILE:
        case ENFILE:
            return "as many files are open as may be (ulimit -n)";
        case EEXIST:
            return "it is watched already";
        case ENOENT:
            return "it is not watched";
        default:
            return errno_words(error);
        }
    };
    return fmt::format("cannot watch process {}: {}", request.pid, reason());
}

ProcWatch::Processes::iterator ProcWatch::find(pid_t pid)
{
    return std::ranges::find_if(processes_, [&](const auto& process) {
        return process != nullptr && process->pid() == pid; // null: has just ended
    });
}

tl::expected<WatchedProcess, int> ProcWatch::open_process(pid_t pid, const WatchedProcess* parent)
{
    auto files = ProcProcess::open(proc_.get(), pid);
    if (!files && files.error() == EMFILE && limit_.raise()) {
        files = ProcProcess::open(proc_.get(), pid);
    }
    if (!files) {
        return tl::unexpected<int>(files.error() == ESRCH && is_hidden(pid) ? EPERM
                                                                            : files.error());
    }
    if (parent != nullptr) {
        return WatchedProcess::begin(std::move(*files), {.birth = true, .parent = parent->pid()},
                                     world_.clock);
    }
    const auto status = files->status();
    if (!status) {
        return tl::unexpected<int>(status.error());
    }
    if (status->tgid != pid) { // a thread stands for its process
        return open_process(status->tgid, nullptr);
    }
    return WatchedProcess::begin(std::move(*files), {}, world_.clock);
}

tl::expected<void, int> ProcWatch::add(pid_t pid, Children children)
{
    auto process = open_process(pid, nullptr);
    if (!process) {
        return tl::unexpected<int>(process.error());
    }
    auto known = find(process->pid());
    if (known == processes_.end()) {
        processes_.push_back(std::make_unique<WatchedProcess>(std::move(*process)));
        known = processes_.end() - 1;
    } else if (children == Children::left || (*known)->followed()) {
        return tl::unexpected<int>(EEXIST);
    }
    if (children == Children::followed) {
        (*known)->follow(children_);
    }
    return {};
}

tl::expected<void, int> ProcWatch::remove(pid_t pid)
{
    const auto at = find(pid);
    if (at == processes_.end()) {
        return tl::unexpected<int>(ENOENT);
    }
    const auto process = std::move(*at);
    processes_.erase(at);
    static_cast<void>(look_at(*process, monotonic_now(), {.final = true}));
    return {};
}

void ProcWatch::look(nanoseconds now)
{
    children_.forget();
    bool ended = false;
    // It grows while children are found, which are looked at in their turn.
    for (std::size_t i = 0; i < processes_.size(); ++i) {
        if (!look_at(*processes_[i], now, {})) {
            processes_[i].reset();
            ended = true;
        }
    }
    if (ended) {
        std::erase(processes_, nullptr);
    }
}

bool ProcWatch::look_at(WatchedProcess& process, nanoseconds now, const Stage& stage)
{
    if (process.look(world_.clock) != WatchedProcess::State::alive) {
        records_.push_back(process.record(now, {.final = true, .exited = true}));
        return false;
    }
    if (stage.final || process.due(now)) {
        records_.push_back(process.record(now, stage));
    }
    if (process.followed()) {
        add_children(process);
    }
    return true;
}

void ProcWatch::add_children(WatchedProcess& parent)
{
    for (const pid_t pid : parent.new_children(children_)) {
        if (find(pid) != processes_.end()) {
            continue;
        }
        auto child = open_process(pid, &parent);
        if (child) {
            processes_.push_back(std::make_unique<WatchedProcess>(std::move(*child)));
        } else if (child.error() != ESRCH) {
            ++follow_failed_;
        }
    }
}

} // namespace mp3prof
