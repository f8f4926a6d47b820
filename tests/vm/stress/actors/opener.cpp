// SPDX-License-Identifier: GPL-2.0-or-later
// A child that opens the device and does to the descriptor and the mappings what
// can be done, in any order, until it exits or is killed: mapped, half
// unmapped, blocked in read, with its descriptor on the way through a socket.
#include "actor.hpp"
#include "board.hpp"
#include "handled_file.hpp"
#include "handled_map.hpp"
#include "process.hpp"

namespace stress
{

namespace
{

void do_something(HandledFile& file, HandledMap& map, Random& random)
{
    switch (random.below(14)) {
    case 0:
        return map.map_ring(file.get(), random);
    case 1:
        return map.map_classic(file.get());
    case 2:
        return map.map_wrongly(file.get(), random);
    case 3:
        return map.make_writable();
    case 4:
        return map.unmap_some(random);
    case 5:
        return map.move(random);
    case 6:
        return file.wish(random);
    case 7:
        return file.read_anyhow(random);
    case 8:
        return file.poll(random);
    case 9:
        return file.duplicate();
    case 10:
        return file.pass_on(random);
    case 11:
        return file.give_to_child();
    case 12:
        return file.ask_nonsense(random);
    default:
        file.open(random);
    }
}

int handle(Random& random, bool blocks)
{
    HandledFile file;
    HandledMap map;
    if (!file.open(random))
        return 0;
    for (long n = random.between(2, 25); n > 0; --n)
        do_something(file, map, random);
    if (blocks)
        file.block();
    return 0;
}

class Opener : public Actor
{
public:
    void step(Random& random) override
    {
        const bool blocks = random.one_in(3);
        const bool killed = blocks || random.one_in(2);
        const long us = random.between(0, 30'000);
        const pid_t pid = start([&] { return handle(random, blocks); });
        if (pid < 0)
            return;
        offer_target(random, pid);
        if (killed) {
            nap_us(us);
            end(pid);
            count(blocks ? "killed, perhaps blocked in read" : "killed, perhaps mapped");
        } else if (const int status = finish(pid); status != 0) {
            fail("a child that handles the device: status %#x", static_cast<unsigned>(status));
        }
    }

    // Its child is over.
    bool let_go() override { return true; }
};

} // namespace

std::unique_ptr<Actor> make_opener(Person)
{
    return std::make_unique<Opener>();
}

} // namespace stress
