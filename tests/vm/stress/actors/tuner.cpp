// SPDX-License-Identifier: GPL-2.0-or-later
// Writes the module's parameters, within their bounds and beyond. Nobody else
// does: what was written stays.
#include "actor.hpp"
#include "board.hpp"
#include "judge.hpp"
#include "process.hpp"
#include "support/device.hpp"
#include "support/status.hpp"

#include <cerrno>
#include <string>

namespace stress
{

namespace
{

struct Parameter {
    const char* name;
    long min;
    long max;
    long usual;
};

// At 65536 records in the ring.
constexpr Parameter all[] = {
    {"max_tasks", 1, 32768, 16384},
    {"default_interval_us", 100, 1'000'000, 50'000},
    {"min_interval_us", 100, 1'000'000, 1000},
    {"max_cpu_percent", 1, 100, 50},
};

std::string path(const Parameter& parameter)
{
    return guest::parameters + std::string{parameter.name};
}

class Tuner : public Actor
{
public:
    ~Tuner() override
    {
        for (const auto& parameter : all)
            set(parameter, parameter.usual);
    }

    void step(Random& random) override
    {
        const Parameter& parameter = random.pick(all);
        if (random.one_in(3))
            refuse(random, parameter);
        else
            set(parameter, value(random, parameter));
        nap_us(random.between(0, 20'000));
        if (random.one_in(2)) // or too little would be registered
            set(parameter, parameter.usual);
    }

private:
    static long value(Random& random, const Parameter& parameter)
    {
        if (random.one_in(6))
            return random.one_in(2) ? parameter.min : parameter.max;
        const long bound = random.one_in(2) ? parameter.usual : parameter.max;
        return random.between(parameter.min, bound);
    }

    static void set(const Parameter& parameter, long value)
    {
        const Presence presence;
        const std::string text = std::to_string(value);
        if (expect("set a parameter", guest::write_text(path(parameter), text), {}, presence))
            demand(parameter, text, presence);
    }

    static void refuse(Random& random, const Parameter& parameter)
    {
        const Presence presence;
        const std::string before = guest::read_text(path(parameter));
        const std::string bad[] = {std::to_string(parameter.min - 1),
                                   std::to_string(parameter.max + 1),
                                   "-1",
                                   "many",
                                   "4294967297",
                                   "1 2"};
        const std::string& text = random.pick(bad);
        const int error = guest::write_text(path(parameter), text);
        expect("set a parameter out of bounds", error, {EINVAL, ERANGE}, presence);
        if (error == 0 && presence.steady())
            fail("%s took %s", parameter.name, text.c_str());
        if (!before.empty())
            demand(parameter, before.substr(0, before.find('\n')), presence);
    }

    static void demand(const Parameter& parameter, const std::string& text,
                       const Presence& presence)
    {
        const std::string found = guest::read_text(path(parameter));
        if (presence.steady() && found != text + "\n")
            fail("%s is %s, not %s", parameter.name, found.c_str(), text.c_str());
    }
};

} // namespace

std::unique_ptr<Actor> make_tuner(Person)
{
    return std::make_unique<Tuner>();
}

} // namespace stress
