// SPDX-License-Identifier: GPL-2.0-or-later
#include "sys/program.hpp"

#include "sys/unique_fd.hpp"

#include <array>
#include <cerrno>
#include <csignal>
#include <cstdlib>

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

namespace mp3prof
{

namespace
{

// A program that does not read to its end is not to end us: SIGPIPE is ignored
// here, and is as usual in the program.
class Attributes
{
public:
    Attributes()
    {
        ::posix_spawnattr_init(&attributes_);
        sigset_t usual{};
        ::sigemptyset(&usual);
        ::sigaddset(&usual, SIGPIPE);
        ::posix_spawnattr_setsigdefault(&attributes_, &usual);
        ::posix_spawnattr_setflags(&attributes_, POSIX_SPAWN_SETSIGDEF);
    }
    Attributes(const Attributes&) = delete;
    Attributes& operator=(const Attributes&) = delete;
    ~Attributes() { ::posix_spawnattr_destroy(&attributes_); }
    [[nodiscard]] const posix_spawnattr_t* get() const { return &attributes_; }

private:
    posix_spawnattr_t attributes_{};
};

class Redirections
{
public:
    Redirections(int in, int out)
    {
        ::posix_spawn_file_actions_init(&actions_);
        ::posix_spawn_file_actions_adddup2(&actions_, in, STDIN_FILENO);
        ::posix_spawn_file_actions_adddup2(&actions_, out, STDOUT_FILENO);
    }
    Redirections(const Redirections&) = delete;
    Redirections& operator=(const Redirections&) = delete;
    ~Redirections() { ::posix_spawn_file_actions_destroy(&actions_); }
    [[nodiscard]] const posix_spawn_file_actions_t* get() const { return &actions_; }

private:
    posix_spawn_file_actions_t actions_{};
};

void write_all(int fd, std::string_view text)
{
    while (!text.empty()) {
        const ssize_t written = ::write(fd, text.data(), text.size());
        if (written < 0 && errno != EINTR) {
            return; // it has ended, and its status says why
        }
        text.remove_prefix(written < 0 ? 0 : static_cast<std::size_t>(written));
    }
}

int status_of(pid_t pid)
{
    int status = 0;
    while (::waitpid(pid, &status, 0) < 0 && errno == EINTR) {
    }
    return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}

} // namespace

bool is_installed(std::string_view program)
{
    const char* path = std::getenv("PATH");
    std::string_view rest = path == nullptr ? "" : path;
    while (!rest.empty()) {
        const std::size_t end = std::min(rest.find(':'), rest.size());
        const std::string file = std::string(rest.substr(0, end)) + "/" + std::string(program);
        if (::access(file.c_str(), X_OK) == 0) {
            return true;
        }
        rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    return false;
}

Result<int> run_program(const std::vector<std::string>& words, std::string_view input, int out)
{
    std::array<int, 2> ends{};
    if (::pipe2(ends.data(), O_CLOEXEC) < 0) {
        return fail("cannot make a pipe: {}", errno_words(errno));
    }
    UniqueFd reader(ends[0]);
    UniqueFd writer(ends[1]);
    std::vector<char*> arguments;
    for (const std::string& word : words) {
        arguments.push_back(const_cast<char*>(word.c_str())); // NOLINT: it is not written to
    }
    arguments.push_back(nullptr);
    const Attributes attributes;
    const Redirections redirections(reader.get(), out);
    pid_t pid = 0;
    const int error = ::posix_spawnp(&pid, arguments.front(), redirections.get(), attributes.get(),
                                     arguments.data(), environ);
    if (error == ENOENT) {
        return 127;
    }
    if (error != 0) {
        return fail("cannot run {}: {}", words.front(), errno_words(error));
    }
    reader.reset();
    write_all(writer.get(), input);
    writer.reset();
    return status_of(pid);
}

} // namespace mp3prof
