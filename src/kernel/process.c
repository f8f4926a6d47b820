// SPDX-License-Identifier: GPL-2.0-only
#include "process.h"

#include <linux/cred.h>
#include <linux/err.h>
#include <linux/pid.h>
#include <linux/pid_namespace.h>
#include <linux/sched.h>
#include <linux/sched/mm.h>
#include <linux/sched/signal.h>
#include <linux/sched/task.h>
#include <linux/slab.h>
#include <linux/string.h>

#include "uapi/mp3.h"

void mp3_process_init(struct mp3_process *process, struct task_struct *task,
		      pid_t ppid, const struct mp3_registrant *registrant)
{
	memset(process, 0, sizeof(*process));
	process->task = get_task_struct(task);
	process->sig = task->signal;
	process->pid = task_tgid_nr(task);
	process->ppid = ppid;
	process->flags = MP3_RECORD_FIRST;
	process->registrant = *registrant;
	get_cred(registrant->cred);
}

void mp3_process_put_references(struct mp3_process *process)
{
	if (process->mm)
		mmdrop(process->mm);
	put_task_struct(process->task);
	put_cred(process->registrant.cred);
}

struct mp3_process *
mp3_process_make(struct task_struct *task, bool follow,
		 const struct mp3_registrant *registrant)
{
	struct mp3_process *process = kmalloc(sizeof(*process), GFP_KERNEL);
	struct mp3_reading reading;

	if (!process)
		return ERR_PTR(-ENOMEM);
	mp3_process_init(process, task, task_ppid_nr(task), registrant);
	process->follow = follow;
	rcu_read_lock();
	mp3_counters_read(task, &reading);
	rcu_read_unlock();
	if (reading.over) {
		mp3_process_discard(process);
		return ERR_PTR(-ESRCH);
	}
	process->base = reading.totals;
	process->last = reading.totals;
	return process;
}

void mp3_process_discard(struct mp3_process *process)
{
	mp3_process_put_references(process);
	kfree(process);
}

static void keep_leader(struct mp3_process *process)
{
	struct task_struct *before = process->task;
	struct task_struct *leader;

	rcu_read_lock();
	leader = mp3_counters_leader(before);
	if (leader != before) /* another thread called exec */
		process->task = get_task_struct(leader);
	rcu_read_unlock();
	if (leader != before)
		put_task_struct(before);
}

static void keep_mm(struct mp3_process *process)
{
	struct mm_struct *before = process->mm;

	process->mm = mp3_counters_grab_mm(process->task);
	if (before)
		mmdrop(before);
}

void mp3_process_keep_up(struct mp3_process *process)
{
	if (!mp3_peek(thread_group_leader(process->task)))
		keep_leader(process);
	if (READ_ONCE(process->task->mm) != process->mm)
		keep_mm(process);
}

pid_t mp3_process_pid_in(const struct mp3_process *process,
			 struct pid_namespace *ns)
{
	pid_t pid;

	if (ns == &init_pid_ns)
		return process->pid;
	rcu_read_lock();
	pid = pid_nr_ns(READ_ONCE(process->sig->pids[PIDTYPE_TGID]), ns);
	rcu_read_unlock();
	return pid;
}
