// SPDX-License-Identifier: GPL-2.0-only
#include "recorder.h"

#include <linux/bits.h>
#include <linux/cred.h>
#include <linux/sched.h>

#include "classic.h"
#include "registry.h"
#include "ring.h"

/* Processes that are visited in one RCU section. */
#define BATCH 64

/*
 * Is what was last sampled of @process on record, as far as this pass wants it,
 * and its memory, which others may reclaim, as it was?
 */
static __always_inline bool is_on_record(const struct mp3_pass *pass,
					 const struct mp3_process *process)
{
	const struct mm_struct *mm = process->mm;

	if (!pass->tick)
		return true;
	return (s32)(process->recorded_at - pass->overdue) >= 0 &&
	       READ_ONCE(process->task->mm) == mm &&
	       mp3_counters_mix(mp3_counters_resident(mm),
				mp3_compat_mm_pages(mm, MM_SWAPENTS)) ==
		       process->memory;
}

/* What happened since the last sample, for the classic buffer. */
static __always_inline void count_classic(struct mp3_classic *classic,
					  const struct mp3_totals *last,
					  const struct mp3_totals *totals)
{
	u64 min_flt = totals->min_flt - last->min_flt;
	u64 maj_flt = totals->maj_flt - last->maj_flt;
	u64 cpu_ns = totals->cpu_ns - last->cpu_ns;

	OPTIMIZER_HIDE_VAR(min_flt); /* or it is not added in place */
	OPTIMIZER_HIDE_VAR(maj_flt);
	OPTIMIZER_HIDE_VAR(cpu_ns);
	classic->sums.min_flt += min_flt;
	classic->sums.maj_flt += maj_flt;
	classic->sums.cpu_ns += cpu_ns;
}

static __always_inline void publish(const struct mp3_pass *pass,
				    struct mp3_process *process,
				    const struct mp3_reading *reading,
				    const struct mp3_memory memory,
				    const struct task_struct *leader, u32 flags)
{
	struct mp3_record *record = mp3_ring_open(pass->ring);
	const struct mp3_totals *totals = &reading->totals;
	const struct mp3_totals *base = &process->base;

	BUILD_BUG_ON(sizeof(record->comm) != TASK_COMM_LEN);
	record->time_ns = pass->now_ns;
	record->start_ns = leader->start_time;
	record->pid = process->pid;
	record->ppid = process->ppid;
	/* In init_user_ns it is what it is. */
	record->uid = __kuid_val(__task_cred(leader)->uid);
	record->flags = flags | process->flags;
	record->min_flt = totals->min_flt - base->min_flt;
	record->maj_flt = totals->maj_flt - base->maj_flt;
	record->cpu_ns = totals->cpu_ns - base->cpu_ns;
	record->utime_ns = totals->utime_ns - base->utime_ns;
	record->stime_ns = totals->stime_ns - base->stime_ns;
	record->rss_bytes = memory.rss_pages << PAGE_SHIFT;
	record->swap_bytes = memory.swap_pages << PAGE_SHIFT;
	record->nvcsw = totals->nvcsw - base->nvcsw;
	record->nivcsw = totals->nivcsw - base->nivcsw;
	record->threads = reading->threads;
	record->reserved = 0;
	mp3_compat_task_comm(leader, reading->rest == MP3_REST_NONE,
			     record->comm);
	mp3_ring_publish(pass->ring, record);
	process->memory = memory.mix;
	process->flags &= ~MP3_RECORD_FIRST;
	process->recorded_at = pass->now;
}

/*
 * Take note of @reading, which is not older than the last one, and of @memory;
 * in a tick, publish them. Returns false, and does nothing, where the registrant
 * may not inspect the process.
 */
static __always_inline bool tell(const struct mp3_pass *pass,
				 struct mp3_process *process,
				 const struct mp3_reading *reading,
				 const struct mp3_memory memory, u32 flags)
{
	struct task_struct *leader;

	/*
	 * Credentials last: figures from before a setuid exec may be shown.
	 * Pairs with commit_creds(), as in the kernel's __ptrace_may_access().
	 */
	smp_rmb();
	leader = mp3_counters_leader(process->task);
	if (!process->registrant.capable &&
	    (process->lost ||
	     !mp3_registrant_may_inspect(&process->registrant,
					 __task_cred(leader))))
		return false;

	count_classic(pass->classic, &process->last, &reading->totals);
	process->last = reading->totals;
	process->switches = reading->switches;
	process->rest = reading->rest;
	if (pass->tick)
		publish(pass, process, reading, memory, leader, flags);
	else
		process->recorded_at = pass->overdue - BIT(30); /* long ago */
	return true;
}

/*
 * It became what its registrant may not inspect: as it was at the last sample.
 * Returns true when the registration ends.
 */
static bool lose(const struct mp3_pass *pass, struct mp3_process *process,
		 u32 flags)
{
	const struct mp3_reading reading = { .totals = process->last };

	process->lost = true; /* what is said at the next tick, if this is none */
	process->rest = MP3_REST_NONE;
	if (!pass->tick)
		return false;
	publish(pass, process, &reading, mp3_counters_memory(NULL),
		mp3_counters_leader(process->task), flags | MP3_RECORD_FINAL);
	return true;
}

static __always_inline bool may_skip(const struct mp3_pass *pass,
				     const struct mp3_process *process)
{
	return process->rest == MP3_REST_THREAD &&
	       mp3_counters_thread_rests(process->task, process->switches) &&
	       is_on_record(pass, process);
}

/*
 * What has one thread, on no CPU, and its memory still: most of those that ran.
 * Returns false where it is not so.
 */
static __always_inline bool visit_quickly(const struct mp3_pass *pass,
					  struct mp3_process *process)
{
	const struct mm_struct *mm = process->mm;
	struct mp3_reading reading;

	return mm && READ_ONCE(process->task->mm) == mm &&
	       mp3_counters_read_quickly(process->task, &reading) &&
	       (s64)(reading.totals.cpu_ns - process->last.cpu_ns) >= 0 &&
	       tell(pass, process, &reading, mp3_counters_memory(mm), 0);
}

/* Returns true when the registration ends: that was its FINAL record. */
static noinline bool visit(const struct mp3_pass *pass,
			   struct mp3_process *process, u32 flags)
{
	struct mp3_reading reading;

	mp3_counters_read(process->task, &reading);
	if (!process->mm) /* is_on_record() looks at it */
		reading.rest = MP3_REST_NONE;
	/* Several threads, none of which has run. */
	if (reading.rest == MP3_REST_GROUP && process->rest == MP3_REST_GROUP &&
	    reading.switches == process->switches && !flags &&
	    is_on_record(pass, process))
		return false;
	/* A look at a running thread may have missed what was known before. */
	if ((s64)(reading.totals.cpu_ns - process->last.cpu_ns) < 0)
		reading.totals.cpu_ns = process->last.cpu_ns;
	if (reading.over)
		flags |= MP3_RECORD_FINAL | MP3_RECORD_EXITED;
	if (!tell(pass, process, &reading, mp3_counters_memory(process->mm),
		  flags))
		return lose(pass, process, flags & ~MP3_RECORD_EXITED);
	return pass->tick && flags & MP3_RECORD_FINAL;
}

struct mp3_process *mp3_recorder_visit(const struct mp3_pass *pass,
				       struct mp3_registry *registry,
				       struct mp3_process *process,
				       const struct mp3_process *last)
{
	unsigned int left = BATCH;
	bool at_end;

	rcu_read_lock();
	do {
		struct mp3_process *next = mp3_registry_next(process);

		at_end = process == last; /* it may be gone in a moment */
		if (!may_skip(pass, process) && !visit_quickly(pass, process)) {
			bool ends;

			/* References are dropped, and threads may be many. */
			rcu_read_unlock();
			mp3_process_keep_up(process);
			rcu_read_lock();
			ends = visit(pass, process, 0);
			if (ends) {
				rcu_read_unlock();
				mp3_registry_remove(registry, process);
				rcu_read_lock();
			}
		}
		process = next;
	} while (!at_end && --left);
	rcu_read_unlock();
	return at_end ? NULL : process;
}

void mp3_recorder_end(const struct mp3_pass *pass, struct mp3_process *process)
{
	mp3_process_keep_up(process);
	rcu_read_lock();
	visit(pass, process, MP3_RECORD_FINAL);
	rcu_read_unlock();
}
