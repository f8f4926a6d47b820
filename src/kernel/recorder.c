// SPDX-License-Identifier: GPL-2.0-only
#include "recorder.h"

#include <linux/mm.h>
#include <linux/sched.h>

#include "classic.h"
#include "counters.h"
#include "registry.h"
#include "ring.h"
#include "uapi/mp3.h"

/* What happened since the last sample, for the classic buffer. */
static void count_classic(struct mp3_classic *classic,
			  const struct mp3_process *process,
			  const struct mp3_totals *totals)
{
	const struct mp3_classic_sums more = {
		.min_flt = totals->min_flt - process->last.min_flt,
		.maj_flt = totals->maj_flt - process->last.maj_flt,
		.cpu_ns = totals->cpu_ns - process->last.cpu_ns,
	};

	mp3_classic_add(classic, &more);
}

/* Take note of @totals and of the memory in @record. */
static void remember(struct mp3_process *process,
		     const struct mp3_totals *totals,
		     const struct mp3_record *record)
{
	const struct mp3_totals *last = &process->last;
	u32 rss_pages = record->rss_bytes >> PAGE_SHIFT;
	u32 swap_pages = record->swap_bytes >> PAGE_SHIFT;

	/* Whatever else may change needs CPU time. */
	process->dirty |= totals->min_flt != last->min_flt ||
			  totals->maj_flt != last->maj_flt ||
			  totals->cpu_ns != last->cpu_ns ||
			  rss_pages != process->rss_pages ||
			  swap_pages != process->swap_pages;
	process->last = *totals;
	process->rss_pages = rss_pages;
	process->swap_pages = swap_pages;
}

void mp3_recorder_publish(struct mp3_ring *ring, struct mp3_process *process,
			  struct mp3_record *record, u64 now_ns)
{
	mp3_counters_subtract(&process->last, &process->base, record);
	record->time_ns = now_ns;
	record->start_ns = process->task->start_time;
	record->pid = process->pid;
	record->ppid = process->ppid;
	if (!process->recorded)
		record->flags |= MP3_RECORD_FIRST;
	if (process->followed)
		record->flags |= MP3_RECORD_FOLLOWED;
	mp3_ring_publish(ring, record);
	process->recorded = true;
	process->dirty = false;
	process->recorded_ns = now_ns;
}

u32 mp3_recorder_sample(struct mp3_classic *classic,
			struct mp3_process *process, struct mp3_record *record)
{
	struct mp3_totals totals;
	bool over;

	mp3_registry_keep_leader(process);
	mp3_counters_describe(process->task, record);
	over = mp3_counters_read(process->task, &totals);
	/*
	 * Credentials last: figures from before a setuid exec may be shown.
	 * Pairs with commit_creds(), as in the kernel's __ptrace_may_access().
	 */
	smp_rmb();
	process->lost |= !mp3_registrant_may_inspect(&process->registrant,
						     process->task);
	if (process->lost) {
		record->rss_bytes = 0;
		record->swap_bytes = 0;
		return MP3_RECORD_FINAL; /* with the totals of the last sample */
	}
	count_classic(classic, process, &totals);
	remember(process, &totals, record);
	return over ? MP3_RECORD_FINAL | MP3_RECORD_EXITED : 0;
}
