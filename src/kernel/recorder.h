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
struct mp3_record;
struct mp3_ring;

/*
 * Sample @process: its totals into @process and @classic, the rest into @record.
 * Returns the flags that this sample adds; FINAL ends the registration.
 */
u32 mp3_recorder_sample(struct mp3_classic *classic,
			struct mp3_process *process, struct mp3_record *record);

/* Publish @record with @process's identity and totals, as of @now_ns. */
void mp3_recorder_publish(struct mp3_ring *ring, struct mp3_process *process,
			  struct mp3_record *record, u64 now_ns);

#endif /* MP3_RECORDER_H */
