/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * registry - the set of registered processes
 *
 * Processes leave it only under the profiler's lock; they join it under that
 * lock or, when their parent is followed, in the fork hook, which may not
 * sleep: for those a stock of spares is kept.
 */
#ifndef MP3_REGISTRY_H
#define MP3_REGISTRY_H

#include <linux/atomic.h>
#include <linux/hashtable.h>
#include <linux/rculist.h>
#include <linux/sched/signal.h>
#include <linux/spinlock.h>
#include <linux/types.h>
#include <linux/workqueue.h>

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
	/* See mp3_registry_keep_up(); the profiler's lock, as to the next remark. */
	struct task_struct *task; /* a reference */
	struct mm_struct *mm;	  /* its memory, by mmgrab(), or NULL */
	u32 memory;		  /* what was sampled of it */
	u32 switches;		  /* likewise */
	u32 recorded_at;	  /* time of the last record, coarse */
	u8 rest;		  /* enum mp3_rest, as sampled */
	u8 flags;		  /* of the next record */
	bool lost; /* became what the registrant may not inspect */
	bool follow;		     /* writers: registry.lock */
	pid_t pid;		  /* in the initial PID namespace */
	pid_t ppid;		  /* likewise */
	struct hlist_node hash_node; /* writers: registry.lock; readers: RCU */
	struct signal_struct *sig;   /* the key: task->signal */
	/* Writers: both locks. Has a reference to its credentials. */
	struct mp3_registrant registrant;
	struct mp3_totals base; /* at registration */
	struct mp3_totals last; /* when last sampled; the profiler's lock */
};

#define MP3_REGISTRY_HASH_BITS 12

struct mp3_registry {
	/* Raw: the fork hook takes it where PREEMPT_RT may not sleep. */
	raw_spinlock_t lock;
	DECLARE_HASHTABLE(by_signal, MP3_REGISTRY_HASH_BITS);
	struct list_head processes; /* in order of registration */
	unsigned int count;	    /* of processes */
	unsigned int followers;	    /* those with follow set */
	struct list_head spares;
	unsigned int spare_count;
	bool stocked; /* spares are wanted */
	struct work_struct restock;
	atomic64_t follow_failed;
};

void mp3_registry_init(struct mp3_registry *registry);

/* Forget all processes. No fork hook may be running any more. */
void mp3_registry_destroy(struct mp3_registry *registry);

/*
 * Make a registration of @task's process, to be added or discarded. Without the
 * profiler's lock: memory may be slow to come. Errors: ENOMEM, ESRCH (it is over).
 */
struct mp3_process *
mp3_registry_prepare(struct task_struct *task, bool follow,
		     const struct mp3_registrant *registrant);
void mp3_registry_discard(struct mp3_process *process);

/* Errors: EEXIST, ENOSPC; @process is still to be discarded then. */
int mp3_registry_add(struct mp3_registry *registry,
		     struct mp3_process *process);

/*
 * @child was forked by @parent: register it if @parent is followed, and if who
 * registered that may inspect the child. Atomic.
 */
void mp3_registry_fork(struct mp3_registry *registry,
		       struct task_struct *parent, struct task_struct *child);

/*
 * From now on @process's children are registered too. @registrant takes the
 * registration over, as the children must have no more rights than who asked
 * for them. Errors: EEXIST (they are registered already).
 */
int mp3_registry_follow(struct mp3_registry *registry,
			struct mp3_process *process,
			const struct mp3_registrant *registrant);

void mp3_registry_remove(struct mp3_registry *registry,
			 struct mp3_process *process);

/*
 * Hold on to the thread that leads now: any thread pins the signal_struct, but
 * when the process has been reaped its last leader still speaks for it. And to
 * the mm_struct, not to the memory, that the process has now.
 */
void mp3_registry_keep_up(struct mp3_process *process);

struct mp3_process *mp3_registry_find(struct mp3_registry *registry,
				      const struct task_struct *task);

/* Keep spares for the fork hook, or give them back. Errors: ENOMEM. */
int mp3_registry_stock(struct mp3_registry *registry);
void mp3_registry_unstock(struct mp3_registry *registry);

/*
 * @process's PID as seen from @ns; 0 where it is not visible, or no longer: a
 * reaped process stays registered until its FINAL record at the next tick.
 */
pid_t mp3_registry_pid_in(const struct mp3_process *process,
			  struct pid_namespace *ns);

/* The last of those that are registered now, or NULL. */
struct mp3_process *mp3_registry_last(struct mp3_registry *registry);

/*
 * Under the profiler's lock; the fork hook may append meanwhile. Behind the
 * last one, as in an empty registry, is no process but the list's head.
 */
static inline struct mp3_process *
mp3_registry_first(const struct mp3_registry *registry)
{
	return list_entry_rcu(registry->processes.next, struct mp3_process,
			      node);
}

static inline struct mp3_process *
mp3_registry_next(const struct mp3_process *process)
{
	return list_entry_rcu(process->node.next, struct mp3_process, node);
}

/* The body may remove @process. */
#define mp3_registry_for_each(process, next, registry)                         \
	for (process = mp3_registry_first(registry);                           \
	     next = mp3_registry_next(process),                                \
	    &process->node != &(registry)->processes;                          \
	     process = next)

#endif /* MP3_REGISTRY_H */
