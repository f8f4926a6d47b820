/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * recorder - one registered process, sampled and put on record
 *
 * The caller holds the profiler's lock.
 */
#ifndef MP3_RECORDER_H
#define MP3_RECORDER_H

#include <linux/types.h>

struct mp3_classic;
struct mp3_process;
struct mp3_registry;
struct mp3_ring;

/* What all processes of one pass have in common. */
struct mp3_pass {
	struct mp3_ring *ring;
	struct mp3_classic *classic;
	u64 now_ns;
	u32 now;     /* the same, coarse */
	u32 overdue; /* coarse: who was recorded before it needs a record */
	bool tick;   /* without it only the classic buffer is served */
};

/* Times that need not be exact, in 2^20 ns (about 1 ms), modulo 2^32. */
static inline u32 mp3_recorder_coarse(u64 ns)
{
	return ns >> 20;
}

/*
 * Sample the processes from @process on that have changed, up to @last or as
 * many as RCU may be held for; in a tick, publish their records and remove those
 * that are over. Returns the next one, NULL behind @last.
 */
struct mp3_process *mp3_recorder_visit(const struct mp3_pass *pass,
				       struct mp3_registry *registry,
				       struct mp3_process *process,
				       const struct mp3_process *last);

/* Sample @process for the last time and publish its FINAL record. */
void mp3_recorder_end(const struct mp3_pass *pass, struct mp3_process *process);

#endif /* MP3_RECORDER_H */
