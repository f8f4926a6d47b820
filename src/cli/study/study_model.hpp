// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "study/study_plan.hpp"

namespace mp3prof
{

// What the textbook expects of a group of workloads.
struct Expected {
    double minor_faults = 0;
    double major_faults = 0;
    double minor_deviation = 0; // the standard one
};

// First touches, by expected_faults(), and where the group does not fit into
// `memory`, the touches of pages that are out of it.
//
// Of T touched pages, M in memory, uniformly random accesses miss with the
// chance (T - M) / P, whatever the kernel evicts: all pages are as likely to be
// wanted next (the independent reference model; E. G. Coffman, P. J. Denning,
// Operating Systems Theory, 1973, chapter 6.6). T grows with the accesses n as
// P (1 - e^(-n/P)), so the misses are the integral of max(0, T - M) / P over n.
//
// The standard deviation is that of the first touches, N workloads having
// another seed each: sqrt(N) times that of one.
//
// A page that is swapped in is a major fault, the first touch a minor one; of a
// file, both are major.
[[nodiscard]] Expected expected_of(const Group& group, Backing backing, std::uint64_t memory);

// The CPU that N workloads take, in percent of one, when one alone takes
// `alone`: N times as much, until there is no more.
[[nodiscard]] double expected_utilisation(std::uint64_t processes, double alone, unsigned cpus);

} // namespace mp3prof
