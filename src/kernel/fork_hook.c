// SPDX-License-Identifier: GPL-2.0-only
#include "fork_hook.h"

#include <linux/jiffies.h>
#include <linux/sched.h>
#include <linux/string.h>
#include <linux/tracepoint.h>

#include "registry.h"

/* Who follows again and again is not to patch the kernel's text each time. */
#define DETACH_DELAY HZ

/* Runs in the forking task before the child first runs; must not sleep. */
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

static int attach_locked(struct mp3_fork_hook *hook)
{
	int err;

	lockdep_assert_held(&hook->lock);
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
		WRITE_ONCE(hook->attached, true);
	return err;
}

static void detach_locked(struct mp3_fork_hook *hook)
{
	lockdep_assert_held(&hook->lock);
	/* Fails only for what is not registered. */
	WARN_ON(tracepoint_probe_unregister(hook->tracepoint, on_fork, hook));
	WRITE_ONCE(hook->attached, false);
	mp3_registry_unstock(hook->registry);
}

static void detach(struct work_struct *work)
{
	struct mp3_fork_hook *hook =
		container_of(work, struct mp3_fork_hook, detach.work);

	mutex_lock(&hook->lock);
	/* Followers come from users and from followers: there are none to come. */
	if (hook->attached && !hook->users &&
	    !READ_ONCE(hook->registry->followers))
		detach_locked(hook);
	mutex_unlock(&hook->lock);
}

void mp3_fork_hook_init(struct mp3_fork_hook *hook,
			struct mp3_registry *registry)
{
	hook->registry = registry;
	mutex_init(&hook->lock);
	INIT_DELAYED_WORK(&hook->detach, detach);
	for_each_kernel_tracepoint(match, hook);
}

int mp3_fork_hook_get(struct mp3_fork_hook *hook)
{
	int err;

	mutex_lock(&hook->lock);
	err = attach_locked(hook);
	if (!err)
		hook->users++;
	mutex_unlock(&hook->lock);
	return err;
}

void mp3_fork_hook_put(struct mp3_fork_hook *hook)
{
	mutex_lock(&hook->lock);
	hook->users--;
	mutex_unlock(&hook->lock);
	mp3_fork_hook_trim(hook); /* it may not have followed after all */
}

void mp3_fork_hook_trim(struct mp3_fork_hook *hook)
{
	if (READ_ONCE(hook->attached) && !READ_ONCE(hook->registry->followers))
		schedule_delayed_work(&hook->detach, DETACH_DELAY);
}

void mp3_fork_hook_destroy(struct mp3_fork_hook *hook)
{
	cancel_delayed_work_sync(&hook->detach);
	mutex_lock(&hook->lock);
	if (hook->attached)
		detach_locked(hook);
	mutex_unlock(&hook->lock);
	tracepoint_synchronize_unregister();
}
