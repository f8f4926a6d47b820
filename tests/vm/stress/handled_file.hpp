// SPDX-License-Identifier: GPL-2.0-or-later
// One descriptor of the device at a time, treated as descriptors can be treated.
#pragma once

#include "random.hpp"
#include "support/fd.hpp"

namespace stress
{

class HandledFile
{
public:
    // False while the module is gone: everything else is EBADF then.
    bool open(Random& random);
    int get() const { return fd_.get(); }

    void wish(Random& random) const;
    void read_anyhow(Random& random) const;
    void poll(Random& random) const;
    void duplicate();
    void pass_on(Random& random);
    void give_to_child() const;
    void ask_nonsense(Random& random) const;

    // Reads, blocking, until the process is killed.
    [[noreturn]] void block() const;

private:
    guest::Fd fd_;
};

} // namespace stress
