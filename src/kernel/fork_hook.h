/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * fork_hook - the kernel tells the registry of every fork, while any is followed
 *
 * The tracepoint sched_process_fork is not exported but can be found by name.
 */
#ifndef MP3_FORK_HOOK_H
#define MP3_FORK_HOOK_H

#include <linux/types.h>

struct mp3_registry;
struct tracepoint;

struct mp3_fork_hook {
	struct mp3_registry *registry;
	struct tracepoint *tracepoint; /* NULL: this kernel has none */
	bool attached;		       /* profiler.lock */
};

void mp3_fork_hook_init(struct mp3_fork_hook *hook,
			struct mp3_registry *registry);

/* Before a process is followed. Errors: EOPNOTSUPP, ENOMEM. May sleep. */
int mp3_fork_hook_attach(struct mp3_fork_hook *hook);

/* Detach if nothing is followed. A running hook may outlast this. */
void mp3_fork_hook_trim(struct mp3_fork_hook *hook);

/* Detach, and wait until no hook runs. */
void mp3_fork_hook_destroy(struct mp3_fork_hook *hook);

#endif /* MP3_FORK_HOOK_H */
