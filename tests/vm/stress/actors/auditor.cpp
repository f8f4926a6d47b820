// SPDX-License-Identifier: GPL-2.0-or-later
// Children under follow whose final records must say what wait4() says.
#include "actor.hpp"
#include "board.hpp"
#include "interface.hpp"
#include "process.hpp"
#include "support/child.hpp"
#include "support/clock.hpp"
#include "support/load.hpp"
#include "support/ring.hpp"

#include <deque>
#include <optional>

namespace stress
{

namespace
{

constexpr std::size_t most_awaited = 200;

struct Life {
    std::uint64_t from_ns;
    std::uint64_t until_ns;
    pid_t pid;
    rusage usage;

    bool is_of(const mp3_record& record) const
    {
        return record.pid == static_cast<__u32>(pid) && record.start_ns >= from_ns &&
               record.start_ns <= until_ns;
    }
};

class Auditor : public Actor
{
public:
    void step(Random& random) override
    {
        if (!map_ && !open())
            return;
        follow_self(); // others end it all the time
        for (long n = random.between(1, 4); n > 0; --n)
            live(random.between(0, 60), random.between(0, 3));
        while (const auto record = reader_->next())
            compare(*record);
    }

    bool let_go() override
    {
        reader_.reset();
        map_.reset();
        fd_.reset();
        lives_.clear(); // their records went with the module
        return true;
    }

private:
    bool open()
    {
        fd_ = open_device();
        if (!fd_) {
            nap_us(1000);
            return false;
        }
        map_.emplace(fd_.get());
        if (!map_->valid()) {
            fail("cannot map the ring");
            let_go();
            return false;
        }
        reader_.emplace(*map_, map_->head());
        return true;
    }

    void live(long pages, long ms)
    {
        const std::uint64_t from_ns = guest::now_ns();
        const pid_t pid = start([=] {
            guest::touch_pages(pages);
            guest::burn(std::chrono::milliseconds{ms});
            return 0;
        });
        if (pid < 0)
            return;
        const guest::Outcome outcome = guest::reap(pid);
        lives_.push_back({from_ns, guest::now_ns(), pid, outcome.usage});
        if (lives_.size() > most_awaited)
            lives_.pop_front(); // never registered, or ended by somebody
    }

    // Only who was followed from birth to death has the same figures.
    void compare(const mp3_record& record)
    {
        constexpr __u32 whole = MP3_RECORD_FINAL | MP3_RECORD_EXITED | MP3_RECORD_FOLLOWED;
        if ((record.flags & whole) != whole)
            return;
        for (const Life& life : lives_)
            if (life.is_of(record)) {
                count("final records held against wait4()");
                if (static_cast<long>(record.min_flt) != life.usage.ru_minflt ||
                    static_cast<long>(record.maj_flt) != life.usage.ru_majflt)
                    fail("pid %u: %llu and %llu faults, wait4() says %ld and %ld", record.pid,
                         record.min_flt, record.maj_flt, life.usage.ru_minflt,
                         life.usage.ru_majflt);
            }
    }

    guest::Fd fd_;
    std::optional<guest::RingMap> map_;
    std::optional<guest::Reader> reader_;
    std::deque<Life> lives_;
};

} // namespace

std::unique_ptr<Actor> make_auditor(Person)
{
    return std::make_unique<Auditor>();
}

} // namespace stress
