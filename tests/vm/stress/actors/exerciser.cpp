// SPDX-License-Identifier: GPL-2.0-or-later
// Reads the classic buffer without end, as the exercise's monitor does once.
#include "actor.hpp"
#include "board.hpp"
#include "interface.hpp"
#include "judge.hpp"
#include "process.hpp"
#include "support/device.hpp"
#include "support/mapping.hpp"

#include <optional>

namespace stress
{

namespace
{

class Exerciser : public Actor
{
public:
    void step(Random& random) override
    {
        if (random.one_in(50))
            let_go();
        if (!map_ && !open())
            return;
        nap_us(random.between(0, 100'000));
        for (std::size_t at = 0; at < MP3_CLASSIC_WORDS; at += MP3_CLASSIC_SLOT_WORDS)
            consume(map_->as<long>() + at);
    }

    bool let_go() override
    {
        map_.reset();
        fd_.reset();
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
        map_.emplace(fd_.get(), MP3_CLASSIC_PAGES * guest::page_size(), PROT_READ | PROT_WRITE,
                     MAP_SHARED, 0);
        if (map_->error == 0)
            return true;
        fail("cannot map the classic buffer: %s", errno_name(map_->error));
        let_go();
        return false;
    }

    // Word 0 is written last: whoever sees it sees the other three.
    static void consume(long* slot)
    {
        if (__atomic_load_n(&slot[0], __ATOMIC_ACQUIRE) == -1)
            return;
        for (int i = 1; i < MP3_CLASSIC_SLOT_WORDS; ++i)
            if (__atomic_load_n(&slot[i], __ATOMIC_RELAXED) < 0)
                fail("word %d of a classic slot is %ld", i, slot[i]);
        for (int i = 0; i < MP3_CLASSIC_SLOT_WORDS; ++i)
            __atomic_store_n(&slot[i], -1, __ATOMIC_RELAXED);
        count("classic slots read");
    }

    guest::Fd fd_;
    std::optional<guest::Mapped> map_;
};

} // namespace

std::unique_ptr<Actor> make_exerciser(Person)
{
    return std::make_unique<Exerciser>();
}

} // namespace stress
