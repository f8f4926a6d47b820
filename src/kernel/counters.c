// SPDX-License-Identifier: GPL-2.0-only
#include "counters.h"

#include <linux/cred.h>
#include <linux/mm.h>
#include <linux/pid.h>
#include <linux/rculist.h>
#include <linux/sched/signal.h>
#include <linux/sched/task.h>
#include <linux/seqlock.h>
#include <linux/string.h>

#include "compat.h"
#include "uapi/mp3.h"

/* __for_each_thread without its lockdep expression, whose lock is not exported. */
#define for_each_thread_rcu(thread, sig)                                       \
	list_for_each_entry_rcu(thread, &(sig)->thread_head, thread_node)

/* What threads that were released have left behind. */
static void read_released(const struct signal_struct *sig,
			  struct mp3_totals *totals)
{
	totals->min_flt = READ_ONCE(sig->min_flt);
	totals->maj_flt = READ_ONCE(sig->maj_flt);
	totals->cpu_ns = READ_ONCE(sig->sum_sched_runtime);
	totals->utime_ns = READ_ONCE(sig->utime);
	totals->stime_ns = READ_ONCE(sig->stime);
	totals->nvcsw = READ_ONCE(sig->nvcsw);
	totals->nivcsw = READ_ONCE(sig->nivcsw);
}

/* Add one thread. Returns whether it is over: what was read is final then. */
static bool add_thread(const struct task_struct *thread,
		       struct mp3_totals *totals)
{
	/* First this, then the counters: they do not change once it is so. */
	bool over = mp3_compat_task_is_off_for_good(thread);

	totals->min_flt += READ_ONCE(thread->min_flt);
	totals->maj_flt += READ_ONCE(thread->maj_flt);
	totals->cpu_ns += READ_ONCE(thread->se.sum_exec_runtime);
	totals->utime_ns += READ_ONCE(thread->utime);
	totals->stime_ns += READ_ONCE(thread->stime);
	totals->nvcsw += READ_ONCE(thread->nvcsw);
	totals->nivcsw += READ_ONCE(thread->nivcsw);
	return over;
}

static bool sum(const struct signal_struct *sig, struct mp3_totals *totals)
{
	bool over = atomic_read(&sig->live) == 0;
	struct task_struct *thread;

	read_released(sig, totals);
	for_each_thread_rcu(thread, sig)
		over &= add_thread(thread, totals);
	return over;
}

/*
 * A thread is folded into its signal_struct and leaves the list in one write
 * section of stats_lock, so each is counted exactly once. As the kernel's
 * thread_group_cputime(): the first try takes no lock, the second holds it.
 */
static bool sum_once(struct signal_struct *sig, struct mp3_totals *totals)
{
	unsigned int seq = read_seqbegin(&sig->stats_lock);
	bool over = sum(sig, totals);
	unsigned long flags;

	if (!read_seqretry(&sig->stats_lock, seq))
		return over;
	read_seqlock_excl_irqsave(&sig->stats_lock, flags);
	over = sum(sig, totals);
	read_sequnlock_excl_irqrestore(&sig->stats_lock, flags);
	return over;
}

bool mp3_counters_read(struct task_struct *task, struct mp3_totals *totals)
{
	bool over;

	rcu_read_lock();
	over = sum_once(task->signal, totals);
	rcu_read_unlock();
	return over;
}

void mp3_counters_subtract(const struct mp3_totals *totals,
			   const struct mp3_totals *base,
			   struct mp3_record *record)
{
	record->min_flt = totals->min_flt - base->min_flt;
	record->maj_flt = totals->maj_flt - base->maj_flt;
	record->cpu_ns = totals->cpu_ns - base->cpu_ns;
	record->utime_ns = totals->utime_ns - base->utime_ns;
	record->stime_ns = totals->stime_ns - base->stime_ns;
	record->nvcsw = totals->nvcsw - base->nvcsw;
	record->nivcsw = totals->nivcsw - base->nivcsw;
}

/* The first thread that still has the memory speaks for all. */
static void describe_memory(struct signal_struct *sig,
			    struct mp3_record *record)
{
	struct task_struct *thread;

	for_each_thread_rcu(thread, sig) {
		struct mm_struct *mm;

		task_lock(thread); /* exit and exec change ->mm under it */
		mm = thread->mm;
		if (mm) {
			record->rss_bytes = (u64)get_mm_rss(mm) << PAGE_SHIFT;
			record->swap_bytes =
				(u64)get_mm_counter(mm, MM_SWAPENTS)
				<< PAGE_SHIFT;
		}
		task_unlock(thread);
		if (mm)
			return;
	}
}

void mp3_counters_describe(struct task_struct *task, struct mp3_record *record)
{
	struct signal_struct *sig = task->signal;
	struct task_struct *leader;

	rcu_read_lock();
	describe_memory(sig, record);
	leader = mp3_counters_leader(task);
	record->uid = from_kuid(&init_user_ns, task_uid(leader));
	record->threads = READ_ONCE(sig->nr_threads);
	strscpy_pad(record->comm, leader->comm, sizeof(record->comm));
	rcu_read_unlock();
}

struct task_struct *mp3_counters_leader(struct task_struct *task)
{
	struct pid *pid = READ_ONCE(task->signal->pids[PIDTYPE_TGID]);
	struct task_struct *leader = pid_task(pid, PIDTYPE_TGID);

	return leader ?: task;
}
