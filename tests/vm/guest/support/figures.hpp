// SPDX-License-Identifier: GPL-2.0-or-later
// The figures of a run: the largest differences seen, and what was counted.
#pragma once

#include <map>
#include <string>

#include <mp3.h>
#include <sys/resource.h>

namespace guest
{

// Checks a FINAL record against wait4(): faults equal, CPU time within 1 ms.
void check_final(const mp3_record& record, const rusage& usage);

// The same where the parent may have reaped the child while that was still
// leaving its CPU. The scheduler accounts the last time slice afterwards, so
// wait4() reads up to a tick too little CPU time: the record may have more.
void check_final_of_early_wait(const mp3_record& record, const rusage& usage);

// Keeps the larger of what is there and `value`.
void note_largest(const std::string& name, long long value);
void note(const std::string& name, long long value);

// One line: "figures: name=value ..."
void print_figures();

} // namespace guest
