// SPDX-License-Identifier: GPL-2.0-only
#include "counters.h"

#include <linux/pid.h>
#include <linux/rculist.h>
#include <linux/sched/mm.h>
#include <linux/sched/task.h>

/* __for_each_thread without its lockdep expression, whose lock is not exported. */
#define for_each_thread_rcu(thread, sig)                                       \
	list_for_each_entry_rcu(thread, &(sig)->thread_head, thread_node)

/* What threads that were released have left behind. */
static void read_released(const struct signal_struct *sig,
			  struct mp3_totals *totals)
{
	totals->min_flt = mp3_peek(sig->min_flt);
	totals->maj_flt = mp3_peek(sig->maj_flt);
	totals->cpu_ns = mp3_peek(sig->sum_sched_runtime);
	totals->utime_ns = mp3_peek(sig->utime);
	totals->stime_ns = mp3_peek(sig->stime);
	totals->nvcsw = mp3_peek(sig->nvcsw);
	totals->nivcsw = mp3_peek(sig->nivcsw);
}

/* Returns whether it is on a CPU. */
static bool add_thread(const struct task_struct *thread,
		       struct mp3_totals *totals)
{
	bool running;

	totals->nvcsw += READ_ONCE(thread->nvcsw);
	totals->nivcsw += READ_ONCE(thread->nivcsw);
	smp_rmb(); /* first those: who runs later is seen to have run */
	running = mp3_compat_task_on_cpu(thread);
	totals->min_flt += mp3_peek(thread->min_flt);
	totals->maj_flt += mp3_peek(thread->maj_flt);
	totals->cpu_ns += mp3_peek(thread->se.sum_exec_runtime);
	totals->utime_ns += mp3_peek(thread->utime);
	totals->stime_ns += mp3_peek(thread->stime);
	return running;
}

/*
 * Before the counters: they do not change any more once it is so. Most are not,
 * by the first word that is looked at.
 */
static bool is_over(const struct signal_struct *sig)
{
	const struct task_struct *thread;

	if (likely(atomic_read(&sig->live)))
		return false;
	for_each_thread_rcu(thread, sig)
		if (!mp3_compat_task_is_off_for_good(thread))
			return false;
	return true;
}

/*
 * A release moves a thread's switches from the list into the signal_struct: a
 * factor makes it seen. Who creates or ends a thread is on a CPU meanwhile.
 */
static u32 weigh_switches(u32 listed, u32 released)
{
	return listed + 3 * released;
}

static void sum(const struct signal_struct *sig, struct mp3_reading *reading)
{
	const struct task_struct *thread;
	struct mp3_totals totals;
	u32 released, listed;
	bool running = false;

	reading->over = is_over(sig);
	reading->threads = mp3_peek(sig->nr_threads);
	read_released(sig, &totals);
	released = totals.nvcsw + totals.nivcsw;
	for_each_thread_rcu(thread, sig)
		running |= add_thread(thread, &totals);
	listed = totals.nvcsw + totals.nivcsw - released;
	reading->totals = totals;
	reading->switches = reading->threads == 1 ?
				    listed :
				    weigh_switches(listed, released);
	if (running)
		reading->rest = MP3_REST_NONE;
	else
		reading->rest = reading->threads == 1 ? MP3_REST_THREAD :
							MP3_REST_GROUP;
}

/*
 * A thread is folded into its signal_struct and leaves the list in one write
 * section of stats_lock, so each is counted exactly once. As the kernel's
 * thread_group_cputime(): the first try takes no lock, the second holds it.
 */
static void sum_once(struct signal_struct *sig, struct mp3_reading *reading)
{
	unsigned int seq = read_seqbegin(&sig->stats_lock);
	unsigned long flags;

	sum(sig, reading);
	if (!read_seqretry(&sig->stats_lock, seq))
		return;
	read_seqlock_excl_irqsave(&sig->stats_lock, flags);
	sum(sig, reading);
	read_sequnlock_excl_irqrestore(&sig->stats_lock, flags);
}

void mp3_counters_read(struct task_struct *task, struct mp3_reading *reading)
{
	sum_once(task->signal, reading);
	/*
	 * What another thread has run since the scheduler last accounted it is
	 * lost when it exits; who leads is accounted before that.
	 */
	if (mp3_peek(thread_group_leader(task)) && mp3_compat_task_on_cpu(task))
		reading->totals.cpu_ns += mp3_compat_task_unaccounted_ns(task);
}

struct mm_struct *mp3_counters_grab_mm(struct task_struct *task)
{
	struct mm_struct *mm = NULL;
	struct task_struct *thread;

	rcu_read_lock();
	for_each_thread_rcu(thread, task->signal) {
		task_lock(thread); /* exit and exec change ->mm under it */
		mm = thread->mm;
		if (mm)
			mmgrab(mm);
		task_unlock(thread);
		if (mm)
			break;
	}
	rcu_read_unlock();
	return mm;
}

struct task_struct *mp3_counters_new_leader(struct task_struct *task)
{
	struct pid *pid = READ_ONCE(task->signal->pids[PIDTYPE_TGID]);
	struct task_struct *leader = pid_task(pid, PIDTYPE_TGID);

	return leader ?: task;
}
