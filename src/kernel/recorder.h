/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * recorder - one registered process, sampled and put on record
 *
 * The caller holds the profiler's lock and RCU.
 */
#ifndef MP3_RECORDER_H
#define MP3_RECORDER_H

#include <linux/types.h>

#include "counters.h"
#include "registry.h"

struct mp3_classic;
struct mp3_ring;

/* What all processes of one pass have in common. */
struct mp3_pass {
	struct mp3_ring *ring;
	struct mp3_classic *classic;
	u64 now_ns;
	u32 overdue; /* coarse: who was recorded before it needs a record */
	bool tick;   /* without it only the classic buffer is served */
};

/* Times that need not be exact, in 2^20 ns (about 1 ms), modulo 2^32. */
static inline u32 mp3_recorder_coarse(u64 ns)
{
	return ns >> 20;
}

/*
 * Is there nothing to tell of @process? It has not run since it was sampled; in
 * a tick, it has a record of that, and its memory, which others may reclaim, is
 * as it was.
 */
static inline bool mp3_recorder_may_skip(const struct mp3_pass *pass,
					 const struct mp3_process *process)
{
	const struct mm_struct *mm = process->mm;

	if (likely(process->rest == MP3_REST_THREAD)) {
		if (!mp3_counters_thread_rests(process->task,
					       process->switches))
			return false;
	} else if (process->rest == MP3_REST_NONE ||
		   !mp3_counters_group_rests(process->sig, process->switches)) {
		return false;
	}
	if (!pass->tick)
		return true;
	return (s32)(process->recorded_at - pass->overdue) >= 0 &&
	       READ_ONCE(process->task->mm) == mm &&
	       mp3_counters_mix(mp3_counters_resident(mm),
				mp3_compat_mm_pages(mm, MM_SWAPENTS)) ==
		       process->memory;
}

/*
 * Sample @process and, in a tick, publish its record with @flags and those that
 * the sample adds. Returns true when it was a FINAL one: the registration ends.
 */
bool mp3_recorder_visit(const struct mp3_pass *pass,
			struct mp3_process *process, u32 flags);

#endif /* MP3_RECORDER_H */
