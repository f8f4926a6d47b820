// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "sys/signals.hpp"
#include "workload/access_stream.hpp"
#include "workload/expected_faults.hpp"
#include "workload/work_memory.hpp"

#include <functional>

namespace mp3prof
{

enum class Compat { no, yes }; // yes: the accesses of the exercise's program

// What the threads of a workload do; the memory's size is in `load`.
struct WorkPlan {
    Pattern pattern;
    Load load;
    std::uint64_t rate = 0; // accesses a second of each thread, 0 for any
    std::uint64_t seed = 1;
    Compat compat = Compat::no;
};

// Faults of the threads that made the accesses, while they made them: the
// kernel counts a fault to the thread that takes it.
struct FaultCount {
    std::uint64_t minor = 0;
    std::uint64_t major = 0;
    FaultCount& operator+=(const FaultCount& other);
};

// Of the calling thread, ever since it began.
[[nodiscard]] FaultCount thread_faults();

enum class Next { go_on, end };

// What came of the work.
struct WorkDone {
    FaultCount faults;
    bool complete = false; // all iterations
    int signal = 0;        // the one that asked to end, 0 for none
};

// Makes the accesses of a plan, the calling thread being the first of its
// threads. Between iterations they stand still, while `after_iteration` is
// called with the index of the one that ended. SIGINT and SIGTERM, which are
// caught, end it.
[[nodiscard]] Result<WorkDone>
do_work(const WorkPlan& plan, WorkMemory& memory, Signals& signals,
        const std::function<Result<Next>(std::uint64_t)>& after_iteration);

} // namespace mp3prof
