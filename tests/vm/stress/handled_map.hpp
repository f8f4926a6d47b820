// SPDX-License-Identifier: GPL-2.0-or-later
// One mapping of the device at a time, treated as mappings can be treated.
#pragma once

#include "random.hpp"

#include <cstddef>

namespace stress
{

// `fd` is the device, or no descriptor when the module is gone.
class HandledMap
{
public:
    void map_ring(int fd, Random& random);
    void map_classic(int fd);
    void map_wrongly(int fd, Random& random) const;
    void make_writable() const;
    void unmap_some(Random& random);
    void move(Random& random);

private:
    void keep(void* memory, std::size_t size);
    void touch() const;

    void* memory_ = nullptr;
    std::size_t size_ = 0;
};

} // namespace stress
