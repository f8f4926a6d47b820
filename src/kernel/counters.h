/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * counters - what the kernel counts for one process, read without touching it
 *
 * A process is a thread group. It is named by any task_struct of it that the
 * caller has a reference to, dead or alive: that pins the signal_struct.
 */
#ifndef MP3_COUNTERS_H
#define MP3_COUNTERS_H

#include <linux/mm.h>
#include <linux/sched/signal.h>
#include <linux/seqlock.h>
#include <linux/types.h>

#include "compat.h"

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

/* How a process was found, and so what tells that it has run since. */
enum mp3_rest {
	MP3_REST_NONE,	 /* on a CPU: it runs */
	MP3_REST_THREAD, /* one thread, on no CPU: mp3_counters_thread_rests() */
	MP3_REST_GROUP,	 /* several: another reading with other switches */
};

struct mp3_reading {
	struct mp3_totals totals;
	u32 switches; /* context switches, with their weights */
	u32 threads;
	enum mp3_rest rest;
	bool over; /* what was read is final */
};

/* Of any process. Caller holds RCU. */
void mp3_counters_read(struct task_struct *task, struct mp3_reading *reading);

/*
 * The same, quickly, of a process whose only thread is @task, is on no CPU, and
 * had its memory a moment ago: so it is not over. Returns false where it is not
 * so, or has changed meanwhile.
 */
static __always_inline bool
mp3_counters_read_quickly(struct task_struct *task,
			  struct mp3_reading *reading)
{
	const struct signal_struct *sig = task->signal;
	unsigned int seq = read_seqbegin(&sig->stats_lock);
	u64 min_flt, maj_flt, cpu_ns, utime_ns, stime_ns;
	u32 nvcsw, nivcsw, switches;

	nvcsw = READ_ONCE(task->nvcsw);
	nivcsw = READ_ONCE(task->nivcsw);
	smp_rmb(); /* first those: who runs later is seen to have run */
	/* Who led before another thread's exec is in @sig already. */
	if (mp3_peek(sig->nr_threads) != 1 ||
	    !mp3_peek(thread_group_leader(task)) ||
	    mp3_compat_task_on_cpu(task))
		return false;
	min_flt = mp3_peek(sig->min_flt) + mp3_peek(task->min_flt);
	maj_flt = mp3_peek(sig->maj_flt) + mp3_peek(task->maj_flt);
	cpu_ns = mp3_peek(sig->sum_sched_runtime) +
		 mp3_peek(task->se.sum_exec_runtime);
	utime_ns = mp3_peek(sig->utime) + mp3_peek(task->utime);
	stime_ns = mp3_peek(sig->stime) + mp3_peek(task->stime);
	switches = nvcsw + nivcsw;
	nvcsw += mp3_peek((u32)sig->nvcsw);
	nivcsw += mp3_peek((u32)sig->nivcsw);
	/* Added up here, not behind the retry: as many words fill no registers. */
	OPTIMIZER_HIDE_VAR(min_flt);
	OPTIMIZER_HIDE_VAR(maj_flt);
	OPTIMIZER_HIDE_VAR(cpu_ns);
	OPTIMIZER_HIDE_VAR(utime_ns);
	OPTIMIZER_HIDE_VAR(stime_ns);
	OPTIMIZER_HIDE_VAR(switches);
	OPTIMIZER_HIDE_VAR(nvcsw);
	OPTIMIZER_HIDE_VAR(nivcsw);
	*reading = (struct mp3_reading){
		.totals = {
			.min_flt = min_flt,
			.maj_flt = maj_flt,
			.cpu_ns = cpu_ns,
			.utime_ns = utime_ns,
			.stime_ns = stime_ns,
			.nvcsw = nvcsw,
			.nivcsw = nivcsw,
		},
		.switches = switches,
		.threads = 1,
		.rest = MP3_REST_THREAD,
	};
	return !read_seqretry(&sig->stats_lock, seq);
}

/*
 * Has nobody been on a CPU since the reading that gave @switches? Then neither
 * totals nor threads, name or credentials have changed. Who leaves a CPU counts
 * a switch before it clears on_cpu.
 */
static inline bool mp3_counters_thread_rests(const struct task_struct *thread,
					     u32 switches)
{
	return !mp3_compat_task_on_cpu(thread) &&
	       mp3_peek((u32)thread->nvcsw + (u32)thread->nivcsw) == switches;
}

/* Pages of an address space, as near as the kernel's counts per CPU. */
struct mp3_memory {
	u64 rss_pages;
	u64 swap_pages;
	u32 mix; /* changes when these do, whatever turns into whatever */
};

static inline u32 mp3_counters_mix(long resident, long swapped)
{
	return resident + 2654435761U * swapped;
}

static inline long mp3_counters_resident(const struct mm_struct *mm)
{
	return mp3_compat_mm_pages(mm, MM_FILEPAGES) +
	       mp3_compat_mm_pages(mm, MM_ANONPAGES) +
	       mp3_compat_mm_pages(mm, MM_SHMEMPAGES);
}

/* Of @mm, which the caller pins; none when it is NULL. */
static inline struct mp3_memory mp3_counters_memory(const struct mm_struct *mm)
{
	long resident = mm ? mp3_counters_resident(mm) : 0;
	long swapped = mm ? mp3_compat_mm_pages(mm, MM_SWAPENTS) : 0;

	OPTIMIZER_HIDE_VAR(resident); /* or its summands are kept instead of it */
	return (struct mp3_memory){
		.rss_pages = max(resident, 0L), /* a moment's sum may be less */
		.swap_pages = max(swapped, 0L),
		.mix = mp3_counters_mix(resident, swapped),
	};
}

/* The memory of the first thread that still has it, pinned by mmgrab(), or NULL. */
struct mm_struct *mp3_counters_grab_mm(struct task_struct *task);

/* mp3_counters_leader() when @task leads no longer. */
struct task_struct *mp3_counters_new_leader(struct task_struct *task);

/*
 * The task that leads the thread group now, also after another thread called
 * exec; @task itself when the process has been reaped. Caller holds RCU.
 */
static inline struct task_struct *mp3_counters_leader(struct task_struct *task)
{
	if (likely(mp3_peek(thread_group_leader(task))))
		return task;
	return mp3_counters_new_leader(task);
}

#endif /* MP3_COUNTERS_H */
