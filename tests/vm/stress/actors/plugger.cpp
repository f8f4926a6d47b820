// SPDX-License-Identifier: GPL-2.0-or-later
// Takes CPU 1 off and on.
#include "actor.hpp"
#include "judge.hpp"
#include "process.hpp"
#include "setting.hpp"
#include "support/status.hpp"

#include <cerrno>

namespace stress
{

namespace
{

class Plugger : public Actor
{
public:
    ~Plugger() override
    {
        if (!setting().cpu().empty())
            plug("1");
    }

    void step(Random& random) override
    {
        nap_us(random.between(50'000, 500'000)); // two CPUs race more than one
        if (setting().cpu().empty())
            return;
        plug("0");
        nap_us(random.between(0, 100'000));
        plug("1");
    }

private:
    static void plug(const char* word)
    {
        // EBUSY: somebody else works on the CPUs.
        expect(*word == '0' ? "a CPU off" : "a CPU on", guest::write_text(setting().cpu(), word),
               {EBUSY});
    }
};

} // namespace

std::unique_ptr<Actor> make_plugger(Person)
{
    return std::make_unique<Plugger>();
}

} // namespace stress
