/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * counters - what the kernel counts for one process, read without touching it
 *
 * A process is a thread group. It is named by any task_struct of it that the
 * caller has a reference to, dead or alive: that pins the signal_struct.
 */
#ifndef MP3_COUNTERS_H
#define MP3_COUNTERS_H

#include <linux/types.h>

struct mp3_record;
struct task_struct;

/* What only grows, since the process's birth, over all its threads. */
struct mp3_totals {
	u64 min_flt;
	u64 maj_flt;
	u64 cpu_ns;   /* exact: the scheduler's run time */
	u64 utime_ns; /* tick-sampled */
	u64 stime_ns; /* tick-sampled */
	u32 nvcsw;    /* modulo 2^32 */
	u32 nivcsw;   /* modulo 2^32 */
};

/* Read the totals. Returns whether the process is over: they are final then. */
bool mp3_counters_read(struct task_struct *task, struct mp3_totals *totals);

/* Write @totals less @base into @record. */
void mp3_counters_subtract(const struct mp3_totals *totals,
			   const struct mp3_totals *base,
			   struct mp3_record *record);

/* Write what does not add up into @record: memory, threads, uid, comm. */
void mp3_counters_describe(struct task_struct *task, struct mp3_record *record);

/*
 * The task that leads the thread group now, also after another thread called
 * exec; @task itself when the process has been reaped. Caller holds RCU.
 */
struct task_struct *mp3_counters_leader(struct task_struct *task);

#endif /* MP3_COUNTERS_H */
