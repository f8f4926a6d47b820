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
#include <linux/list.h>
#include <linux/spinlock.h>
#include <linux/types.h>
#include <linux/workqueue.h>

#include "counters.h"
#include "registrant.h"

struct pid_namespace;

/* One registration. Fields without a remark never change. */
struct mp3_process {
	struct hlist_node hash_node; /* writers: registry.lock; readers: RCU */
	union {
		struct list_head node; /* writers: registry.lock */
		struct rcu_head rcu;   /* once removed */
	};
	struct task_struct *task;  /* a reference: see keep_leader; profiler.lock */
	struct signal_struct *sig; /* the key: task->signal */
	u64 recorded_ns; /* time of the last record; profiler.lock */
	pid_t pid;	 /* in the initial PID namespace */
	pid_t ppid;	 /* likewise */
	/* Writers: both locks. Has a reference to its credentials. */
	struct mp3_registrant registrant;
	bool follow;			  /* writers: registry.lock */
	bool followed;			  /* registered by the fork hook */
	/* From here on: profiler.lock. */
	u8 recorded : 1;	/* has had a record */
	u8 dirty : 1;		/* changed since that */
	u8 lost : 1;		/* became what the registrant may not inspect */
	struct mp3_totals base; /* at registration */
	struct mp3_totals last; /* when last sampled */
	u32 rss_pages;		/* likewise; to see a change, so cut off */
	u32 swap_pages;		/* likewise */
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
 * Hold on to the thread that leads now. Any thread pins the signal_struct, but
 * when the process has been reaped its last leader still speaks for it.
 */
void mp3_registry_keep_leader(struct mp3_process *process);

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

/* Under the profiler's lock; the fork hook may append meanwhile. */
struct mp3_process *mp3_registry_first(struct mp3_registry *registry);
struct mp3_process *mp3_registry_next(struct mp3_registry *registry,
				      struct mp3_process *process);

/* The body may remove @process. */
#define mp3_registry_for_each(process, next, registry)                         \
	for (process = mp3_registry_first(registry);                           \
	     process && (next = mp3_registry_next(registry, process), 1);      \
	     process = next)

#endif /* MP3_REGISTRY_H */
