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
#include <linux/spinlock.h>
#include <linux/types.h>
#include <linux/workqueue.h>

#include "process.h"

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

struct mp3_process *mp3_registry_find(struct mp3_registry *registry,
				      const struct task_struct *task);

/* Keep spares for the fork hook, or give them back. Errors: ENOMEM. */
int mp3_registry_stock(struct mp3_registry *registry);
void mp3_registry_unstock(struct mp3_registry *registry);

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
