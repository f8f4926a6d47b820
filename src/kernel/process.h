/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * process - one registration: what it holds on to, and what was sampled
 */
#ifndef MP3_PROCESS_H
#define MP3_PROCESS_H

#include <linux/list.h>
#include <linux/types.h>

#include "counters.h"
#include "registrant.h"

struct pid_namespace;

/*
 * One registration. Fields without a remark never change. What a pass looks at
 * where nothing has happened is in the first cache line.
 */
struct mp3_process {
	union {
		struct list_head node; /* writers: registry.lock */
		struct rcu_head rcu;   /* once removed */
	};
	/* See mp3_process_keep_up(); the profiler's lock, as to the next remark. */
	struct task_struct *task; /* a reference */
	struct mm_struct *mm;	  /* its memory, by mmgrab(), or NULL */
	u32 memory;		  /* what was sampled of it */
	u32 switches;		  /* likewise */
	u32 recorded_at;	  /* time of the last record, coarse */
	u8 rest;		  /* enum mp3_rest, as sampled */
	u8 flags;		  /* of the next record */
	bool lost;		  /* became what the registrant may not inspect */
	bool follow;		  /* writers: registry.lock */
	pid_t pid;		  /* in the initial PID namespace */
	pid_t ppid;		  /* likewise */
	struct hlist_node hash_node; /* writers: registry.lock; readers: RCU */
	struct signal_struct *sig;   /* the key: task->signal */
	/* Writers: both locks. Has a reference to its credentials. */
	struct mp3_registrant registrant;
	struct mp3_totals base; /* at registration */
	struct mp3_totals last; /* when last sampled; the profiler's lock */
};

/*
 * Make a registration of @task's process, to be added or discarded. Without the
 * profiler's lock: memory may be slow to come. Errors: ENOMEM, ESRCH (it is over).
 */
struct mp3_process *
mp3_process_make(struct task_struct *task, bool follow,
		 const struct mp3_registrant *registrant);
void mp3_process_discard(struct mp3_process *process);

/*
 * Make a registration of @task's process in @process, of which nothing is left:
 * with its references, at totals of zero. Atomic.
 */
void mp3_process_init(struct mp3_process *process, struct task_struct *task,
		      pid_t ppid, const struct mp3_registrant *registrant);
void mp3_process_put_references(struct mp3_process *process);

/*
 * Hold on to the thread that leads now: any thread pins the signal_struct, but
 * when the process has been reaped its last leader still speaks for it. And to
 * the mm_struct, not to the memory, that the process has now.
 */
void mp3_process_keep_up(struct mp3_process *process);

/*
 * @process's PID as seen from @ns; 0 where it is not visible, or no longer: a
 * reaped process stays registered until its FINAL record at the next tick.
 */
pid_t mp3_process_pid_in(const struct mp3_process *process,
			 struct pid_namespace *ns);

#endif /* MP3_PROCESS_H */
