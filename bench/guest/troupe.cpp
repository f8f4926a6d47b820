// SPDX-License-Identifier: GPL-2.0-or-later
#include "troupe.hpp"

#include "figure.hpp"
#include "schedule.hpp"
#include "support/child.hpp"
#include "support/clock.hpp"
#include "support/crowd.hpp"
#include "support/device.hpp"

#include <csignal>
#include <new>
#include <span>

#include <linux/futex.h>
#include <pthread.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace bench
{

static void futex(std::atomic<std::uint32_t>& word, int operation, std::uint32_t value)
{
    syscall(SYS_futex, &word, operation, value, nullptr, nullptr, 0);
}

Troupe::Troupe(int size, int more_threads) : more_threads_{more_threads}
{
    void* shared =
        mmap(nullptr, sizeof(Cue), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    demand(shared != MAP_FAILED, "no memory to share");
    cue_ = new (shared) Cue{};
    grow_to(size);
}

Troupe::~Troupe()
{
    for (const pid_t pid : pids_)
        kill(pid, SIGKILL);
    for (const pid_t pid : pids_)
        guest::reap(pid);
    munmap(cue_, sizeof(Cue));
}

static void* rest(void*)
{
    guest::sleep_for_ever();
}

static void add_threads(int count)
{
    pthread_attr_t small;
    pthread_attr_init(&small);
    pthread_attr_setstacksize(&small, 65536);
    for (int i = 0; i < count; ++i) {
        pthread_t thread{};
        demand(pthread_create(&thread, &small, rest, nullptr) == 0, "no thread to be had");
    }
}

void Troupe::play(int index) const
{
    add_threads(more_threads_);
    const std::size_t page = guest::page_size();
    auto* bytes = static_cast<volatile unsigned char*>(
        mmap(nullptr, page, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0));
    auto& scene = cue_->scene[index];
    bytes[0] = 1;
    become_real_time(actor);
    ++cue_->ready;
    for (std::uint32_t seen = 0;; ++seen) {
        while (scene == seen)
            futex(scene, FUTEX_WAIT, seen);
        madvise(const_cast<unsigned char*>(bytes), page, MADV_DONTNEED);
        bytes[0] = 1;
    }
}

void Troupe::grow_to(int size)
{
    while (this->size() < size) {
        const int index = this->size();
        pids_.push_back(guest::spawn([=, this]() -> int { play(index); }));
        demand(pids_.back() > 0, "no process to be had");
    }
    demand(guest::eventually([&] { return cue_->ready == static_cast<std::uint32_t>(size); }),
           "the actors are not ready");
}

void Troupe::register_all()
{
    const std::span<const pid_t> all{pids_};
    demand(guest::register_each(all.subspan(registered_)) == 0, "a process cannot be registered");
    registered_ = pids_.size();
}

void Troupe::act(int count)
{
    for (int i = 0; i < count; ++i) {
        ++cue_->scene[i];
        futex(cue_->scene[i], FUTEX_WAKE, 1);
    }
}

} // namespace bench
