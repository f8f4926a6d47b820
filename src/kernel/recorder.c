// SPDX-License-Identifier: GPL-2.0-only
#include "recorder.h"

#include <linux/bits.h>
#include <linux/cred.h>
#include <linux/sched.h>

#include "classic.h"
#include "ring.h"

/* What happened since the last sample, for the classic buffer. */
static __always_inline void count_classic(struct mp3_classic *classic,
					  const struct mp3_totals *last,
					  const struct mp3_totals *totals)
{
	classic->sums.min_flt += totals->min_flt - last->min_flt;
	classic->sums.maj_flt += totals->maj_flt - last->maj_flt;
	classic->sums.cpu_ns += totals->cpu_ns - last->cpu_ns;
}

static __always_inline void publish(const struct mp3_pass *pass,
				    struct mp3_process *process,
				    const struct mp3_reading *reading,
				    const struct mp3_memory *memory,
				    const struct task_struct *leader, u32 flags)
{
	struct mp3_record *record = mp3_ring_open(pass->ring);
	const struct mp3_totals *totals = &reading->totals;
	const struct mp3_totals *base = &process->base;

	BUILD_BUG_ON(sizeof(record->comm) != TASK_COMM_LEN);
	record->time_ns = pass->now_ns;
	record->start_ns = process->task->start_time;
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
	record->rss_bytes = memory->rss_pages << PAGE_SHIFT;
	record->swap_bytes = memory->swap_pages << PAGE_SHIFT;
	record->nvcsw = totals->nvcsw - base->nvcsw;
	record->nivcsw = totals->nivcsw - base->nivcsw;
	record->threads = reading->threads;
	record->reserved = 0;
	mp3_compat_task_comm(leader, reading->rest == MP3_REST_NONE,
			     record->comm);
	mp3_ring_publish(pass->ring, record);
	process->flags &= ~MP3_RECORD_FIRST;
	process->recorded_at = mp3_recorder_coarse(pass->now_ns);
}

/* It became what its registrant may not inspect: as it was at the last sample. */
static noinline bool lose(const struct mp3_pass *pass,
			  struct mp3_process *process,
			  const struct task_struct *leader, u32 flags)
{
	const struct mp3_reading reading = {
		.totals = process->last,
		.threads = mp3_peek(process->sig->nr_threads),
	};
	const struct mp3_memory none = {};

	process->lost = true; /* what is said at the next tick, if this is none */
	process->rest = MP3_REST_NONE;
	if (!pass->tick)
		return false;
	publish(pass, process, &reading, &none, leader,
		flags | MP3_RECORD_FINAL);
	return true;
}

/* @reading's counters are not older than @process's last ones. */
static __always_inline bool conclude(const struct mp3_pass *pass,
				     struct mp3_process *process,
				     const struct mp3_reading *reading, u32 flags)
{
	struct task_struct *leader;
	struct mp3_memory memory;

	/*
	 * Credentials last: figures from before a setuid exec may be shown.
	 * Pairs with commit_creds(), as in the kernel's __ptrace_may_access().
	 */
	smp_rmb();
	leader = mp3_counters_leader(process->task);
	if (unlikely(process->lost ||
		     !mp3_registrant_may_inspect(&process->registrant,
						 __task_cred(leader))))
		return lose(pass, process, leader, flags);

	count_classic(pass->classic, &process->last, &reading->totals);
	process->last = reading->totals;
	process->switches = reading->switches;
	process->rest = process->mm ? reading->rest : MP3_REST_NONE;
	if (!pass->tick) {
		process->recorded_at = pass->overdue - BIT(30); /* long ago */
		return false;
	}
	/* Of what was the memory then: exec and exit leave it. */
	memory = mp3_counters_memory(process->mm);
	process->memory = memory.mix;
	if (unlikely(reading->over))
		flags |= MP3_RECORD_FINAL | MP3_RECORD_EXITED;
	publish(pass, process, reading, &memory, leader, flags);
	return flags & MP3_RECORD_FINAL;
}

static noinline bool visit_slowly(const struct mp3_pass *pass,
				  struct mp3_process *process, u32 flags)
{
	struct mp3_reading reading;

	mp3_registry_keep_up(process);
	mp3_counters_read(process->task, &reading);
	/* A look at a running thread may have missed what was known before. */
	if ((s64)(reading.totals.cpu_ns - process->last.cpu_ns) < 0)
		reading.totals.cpu_ns = process->last.cpu_ns;
	return conclude(pass, process, &reading, flags);
}

bool mp3_recorder_visit(const struct mp3_pass *pass,
			struct mp3_process *process, u32 flags)
{
	struct mp3_reading reading;

	if (READ_ONCE(process->task->mm) != process->mm ||
	    !mp3_counters_read_quickly(process->task, &reading) ||
	    (s64)(reading.totals.cpu_ns - process->last.cpu_ns) < 0)
		return visit_slowly(pass, process, flags);
	return conclude(pass, process, &reading, flags);
}
