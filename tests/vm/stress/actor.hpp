// SPDX-License-Identifier: GPL-2.0-or-later
// An actor is a process that does one kind of thing again and again.
#pragma once

#include "random.hpp"

#include <memory>

namespace stress
{

class Actor
{
public:
    virtual ~Actor() = default;

    // A fraction of a second of what it does. Every decision is `random`'s.
    virtual void step(Random& random) = 0;

    // Closes and unmaps the device; false for who never has it and need not stop.
    virtual bool let_go() { return false; }
};

// Most run as one of several users; what they may do is judged by that.
enum class Person { root, bare_root, alice, bob };

std::unique_ptr<Actor> make_forker(Person person);
std::unique_ptr<Actor> make_threader(Person person);
std::unique_ptr<Actor> make_registrar(Person person);
std::unique_ptr<Actor> make_watcher(Person person);
std::unique_ptr<Actor> make_exerciser(Person person);
std::unique_ptr<Actor> make_auditor(Person person);
std::unique_ptr<Actor> make_opener(Person person);
std::unique_ptr<Actor> make_changer(Person person);
std::unique_ptr<Actor> make_freezer(Person person);
std::unique_ptr<Actor> make_plugger(Person person);
std::unique_ptr<Actor> make_tuner(Person person);
std::unique_ptr<Actor> make_reloader(Person person);

} // namespace stress
