// SPDX-License-Identifier: GPL-2.0-only
#include "fork_hook.h"

#include <linux/sched.h>
#include <linux/string.h>
#include <linux/tracepoint.h>

#include "registry.h"

/* Runs in the forking task, without preemption, before the child first runs. */
static void on_fork(void *data, struct task_struct *parent,
		    struct task_struct *child)
{
	struct mp3_fork_hook *hook = data;

	if (child->signal != parent->signal) /* not merely a thread */
		mp3_registry_fork(hook->registry, parent, child);
}

static void match(struct tracepoint *tracepoint, void *data)
{
	struct mp3_fork_hook *hook = data;

	if (!strcmp(tracepoint->name, "sched_process_fork"))
		hook->tracepoint = tracepoint;
}

void mp3_fork_hook_init(struct mp3_fork_hook *hook,
			struct mp3_registry *registry)
{
	hook->registry = registry;
	for_each_kernel_tracepoint(match, hook);
}

int mp3_fork_hook_attach(struct mp3_fork_hook *hook)
{
	int err;

	if (hook->attached)
		return 0;
	if (!hook->tracepoint)
		return -EOPNOTSUPP;
	err = mp3_registry_stock(hook->registry);
	if (!err)
		err = tracepoint_probe_register(hook->tracepoint, on_fork,
						hook);
	if (err)
		mp3_registry_unstock(hook->registry);
	else
		hook->attached = true;
	return err;
}

static void detach(struct mp3_fork_hook *hook)
{
	/* Fails only for what is not registered. */
	WARN_ON(tracepoint_probe_unregister(hook->tracepoint, on_fork, hook));
	hook->attached = false;
	mp3_registry_unstock(hook->registry);
}

void mp3_fork_hook_trim(struct mp3_fork_hook *hook)
{
	if (hook->attached && !READ_ONCE(hook->registry->followers))
		detach(hook);
}

void mp3_fork_hook_destroy(struct mp3_fork_hook *hook)
{
	if (hook->attached)
		detach(hook);
	tracepoint_synchronize_unregister();
}
