// SPDX-License-Identifier: GPL-2.0-or-later
#include "support/load.hpp"

#include "support/clock.hpp"
#include "support/device.hpp"

#include <string>
#include <thread>
#include <vector>

#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace guest
{

bool touch_pages(long pages)
{
    const std::size_t page = page_size();
    const std::size_t size = static_cast<std::size_t>(pages) * page;
    void* memory = mmap(nullptr, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (memory == MAP_FAILED)
        return false;
    madvise(memory, size, MADV_NOHUGEPAGE);
    auto* bytes = static_cast<volatile unsigned char*>(memory);
    for (std::size_t at = 0; at < size; at += page)
        bytes[at] = 1;
    munmap(memory, size);
    return true;
}

void burn(std::chrono::milliseconds time)
{
    const std::uint64_t end = now_ns() + static_cast<std::uint64_t>(time.count()) * 1'000'000;
    while (now_ns() < end) {
    }
}

static void work(const Life& life)
{
    touch_pages(life.pages / 2);
    burn(life.length);
    touch_pages(life.pages - life.pages / 2);
}

static void exec_touch(const Life& life)
{
    const std::string pages = std::to_string(life.pages);
    const char* arguments[] = {"mp3-guest-test", "--child", "touch", pages.c_str(), nullptr};
    execv("/proc/self/exe", const_cast<char**>(arguments));
    _exit(127);
}

int live(const Life& life)
{
    std::vector<std::thread> others;
    for (int i = 1; i < life.threads; ++i) {
        const bool execs = i == 1 && life.ending == Ending::exec_by_non_leader;
        others.emplace_back([&life, execs] {
            work(life);
            if (execs)
                exec_touch(life);
        });
    }
    work(life);
    if (life.ending == Ending::leader_first)
        syscall(SYS_exit, 0);
    for (auto& thread : others)
        thread.join();
    return 0;
}

rusage own_usage()
{
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    return usage;
}

static long long ns(const timeval& time)
{
    return static_cast<long long>(time.tv_sec) * 1'000'000'000 +
           static_cast<long long>(time.tv_usec) * 1000;
}

long long cpu_ns(const rusage& usage)
{
    return ns(usage.ru_utime) + ns(usage.ru_stime);
}

} // namespace guest
