/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * fork_hook - the kernel tells the registry of every fork, while any is followed
 *
 * The tracepoint sched_process_fork is not exported but can be found by name.
 * Attaching and detaching wait for other users of tracepoints, and for grace
 * periods when one soon follows the other: never under the profiler's lock, and
 * detached only a while after the last follower has gone.
 */
#ifndef MP3_FORK_HOOK_H
#define MP3_FORK_HOOK_H

#include <linux/mutex.h>
#include <linux/types.h>
#include <linux/workqueue.h>

struct mp3_registry;
struct tracepoint;

struct mp3_fork_hook {
	struct mp3_registry *registry;
	struct tracepoint *tracepoint; /* NULL: this kernel has none */
	struct mutex lock;
	unsigned int users; /* lock: who is about to follow */
	bool attached;	    /* writers: lock */
	struct delayed_work detach;
};

void mp3_fork_hook_init(struct mp3_fork_hook *hook,
			struct mp3_registry *registry);

/*
 * Attached from get to put at least, and as long as a process is followed.
 * Errors: EOPNOTSUPP, ENOMEM. Both may sleep.
 */
int mp3_fork_hook_get(struct mp3_fork_hook *hook);
void mp3_fork_hook_put(struct mp3_fork_hook *hook);

/* Detach in a while if nothing is followed then. Any context. */
void mp3_fork_hook_trim(struct mp3_fork_hook *hook);

/* Detach, and wait until no hook runs. */
void mp3_fork_hook_destroy(struct mp3_fork_hook *hook);

#endif /* MP3_FORK_HOOK_H */
