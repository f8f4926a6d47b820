// SPDX-License-Identifier: GPL-2.0-or-later
// A parameter of the module, changed for the length of a case.
#pragma once

#include "support/device.hpp"
#include "support/status.hpp"

#include <doctest/doctest.h>

#include <string>

namespace guest
{

// Sets a parameter, and puts the old value back.
class Parameter
{
public:
    explicit Parameter(const std::string& name) : path_{parameters + name}, old_{read_text(path_)}
    {
    }
    ~Parameter() { CHECK(set(old_) == 0); }
    Parameter(const Parameter&) = delete;
    Parameter& operator=(const Parameter&) = delete;

    int set(const std::string& value) const { return write_text(path_, value); }
    std::string get() const { return read_text(path_); }

private:
    std::string path_;
    std::string old_;
};

} // namespace guest
