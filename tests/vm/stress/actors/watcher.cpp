// SPDX-License-Identifier: GPL-2.0-or-later
// Reads the ring for all it holds, and checks every record against the last one
// of its process. It waits by poll, epoll, and read, blocking or not, and
// changes the interval.
#include "actor.hpp"
#include "board.hpp"
#include "interface.hpp"
#include "judge.hpp"
#include "process.hpp"
#include "record_check.hpp"
#include "support/device.hpp"
#include "support/ring.hpp"

#include <cerrno>
#include <optional>

#include <fcntl.h>
#include <poll.h>
#include <sys/epoll.h>

namespace stress
{

namespace
{

constexpr std::uint64_t ns_per_ms = 1'000'000;

// One open file with the ring mapped, and what was seen through it.
class View
{
public:
    explicit View(guest::Fd fd)
        : fd_{std::move(fd)}, map_{fd_.get()}, reader_{map_, map_.valid() ? map_.head() : 0}
    {
        if (map_.valid())
            start_ = figures_ = map_.figures();
    }

    bool valid() const { return map_.valid(); }
    int fd() const { return fd_.get(); }

    void drain()
    {
        while (const auto record = reader_.next()) {
            if (reader_.missed() != missed_)
                check_.forget();
            missed_ = reader_.missed();
            check_.look(*record);
            count("records checked");
        }
    }

    void look_at_figures()
    {
        const mp3_figures now = map_.figures();
        if (now.tick < figures_.tick || now.missed_ticks < figures_.missed_ticks ||
            now.throttled_ticks < figures_.throttled_ticks ||
            now.follow_failed < figures_.follow_failed || now.sampling_ns < figures_.sampling_ns)
            fail("the figures went down");
        figures_ = now;
        if (taken_ > now.tick - start_.tick + ticks_before_start)
            fail("%llu ticks read of %llu", taken_, now.tick - start_.tick);
    }

    void take(long long ticks) { taken_ += static_cast<unsigned long long>(ticks); }

private:
    // Held between open() and the first look at the figures.
    static constexpr unsigned long long ticks_before_start = 1000;

    guest::Fd fd_;
    guest::RingMap map_;
    guest::Reader reader_;
    RecordCheck check_;
    mp3_figures start_{};
    mp3_figures figures_{};
    std::uint64_t missed_ = 0;
    unsigned long long taken_ = 0;
};

class Watcher : public Actor
{
public:
    void step(Random& random) override
    {
        if (random.one_in(100))
            view_.reset();
        if (!view_ && !open())
            return;
        if (random.one_in(10))
            wish(random);
        wait(random);
        read(random);
        view_->drain();
        view_->look_at_figures();
    }

    bool let_go() override
    {
        view_.reset();
        return true;
    }

private:
    bool open()
    {
        guest::Fd fd = open_device();
        if (!fd) {
            nap_us(1000);
            return false;
        }
        view_.emplace(std::move(fd)); // the file holds the module
        if (!view_->valid()) {
            fail("cannot map the ring: %s", errno_name(errno));
            view_.reset();
        }
        return view_.has_value();
    }

    void wish(Random& random)
    {
        const bool bad = random.one_in(4);
        constexpr std::uint64_t out_of_bounds[] = {0, 1, 99'999, 1'000'000'001, ~0ULL};
        const std::uint64_t ns =
            bad ? random.pick(out_of_bounds)
                : static_cast<std::uint64_t>(random.one_in(2) ? random.between(1, 20)
                                                              : random.between(1, 1000)) *
                      ns_per_ms;
        // EINVAL: min_interval_us is changed all the time.
        const bool worked =
            expect("set the interval", guest::set_interval(view_->fd(), ns), {EINVAL});
        if (worked && bad)
            fail("an interval of %llu ns was taken", static_cast<unsigned long long>(ns));
    }

    void wait(Random& random)
    {
        const int timeout_ms = static_cast<int>(random.between(0, 30));
        if (random.one_in(2)) {
            pollfd entry{view_->fd(), POLLIN, 0};
            expect("poll", error_of(poll(&entry, 1, timeout_ms)), {EINTR});
            readable_ = entry.revents != 0;
            return;
        }
        const guest::Fd set{epoll_create1(EPOLL_CLOEXEC)};
        epoll_event event{};
        event.events = random.one_in(2) ? EPOLLIN : EPOLLIN | EPOLLET | EPOLLONESHOT;
        expect("epoll_ctl", error_of(epoll_ctl(set.get(), EPOLL_CTL_ADD, view_->fd(), &event)));
        const int ready = epoll_wait(set.get(), &event, 1, timeout_ms);
        expect("epoll_wait", error_of(ready), {EINTR});
        readable_ = ready == 1;
    }

    // A file that poll called readable never blocks: nobody else reads it.
    void read(Random& random)
    {
        const bool blocking = readable_ && random.one_in(2);
        fcntl(view_->fd(), F_SETFL, blocking ? 0 : O_NONBLOCK);
        const long long ticks = guest::read_ticks(view_->fd());
        expect(blocking ? "read, blocking" : "read, nonblocking",
               ticks < 0 ? static_cast<int>(-ticks) : 0, {EAGAIN, EINTR});
        if (ticks == 0 || (readable_ && ticks == -EAGAIN))
            fail("read %lld where poll said %s", ticks, readable_ ? "readable" : "nothing");
        if (ticks > 0)
            view_->take(ticks);
    }

    std::optional<View> view_;
    bool readable_ = false;
};

} // namespace

std::unique_ptr<Actor> make_watcher(Person)
{
    return std::make_unique<Watcher>();
}

} // namespace stress
