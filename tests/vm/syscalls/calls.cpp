// SPDX-License-Identifier: GPL-2.0-or-later
#include "calls.hpp"

#include "kinds.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <vector>

namespace syscalls
{

namespace
{

const std::vector<Kind>& all_kinds()
{
    static const std::vector<Kind> all = [] {
        std::vector<Kind> made;
        for (const auto kinds : {file_kinds(), wait_kinds(), memory_kinds(), process_kinds()})
            made.insert(made.end(), kinds.begin(), kinds.end());
        return made;
    }();
    return all;
}

// Each kind as often as its weight.
const std::vector<unsigned>& lots()
{
    static const std::vector<unsigned> all = [] {
        std::vector<unsigned> made;
        for (unsigned kind = 0; kind < all_kinds().size(); ++kind)
            made.insert(made.end(), all_kinds()[kind].weight, kind);
        return made;
    }();
    return all;
}

bool is_known(const Kind& kind, int error)
{
    return std::find(kind.errnos.begin(), kind.errnos.end(), error) != kind.errnos.end();
}

} // namespace

std::size_t kind_count()
{
    static_assert(most_kinds >= 48);
    return all_kinds().size();
}

const char* kind_name(std::size_t kind)
{
    return all_kinds()[kind].name;
}

void make_call(Hand& hand, HandState* state)
{
    const unsigned number = lots()[hand.random().below(lots().size())];
    const Kind& kind = all_kinds()[number];
    Ledger& ledger = hand.worker().ledger;
    if (state != nullptr)
        state->kind = number;
    ledger.calls[number]++;
    errno = 0;
    const long result = kind.call(hand);
    const int error = errno;
    if (state != nullptr)
        state->calls++;
    if (result != -1)
        return;
    ledger.failures[number]++;
    if (error == 0 || !is_known(kind, error))
        ledger.violate("%s failed with errno %d (%s), which its manual does not know", kind.name,
                       error, std::strerror(error));
}

} // namespace syscalls
