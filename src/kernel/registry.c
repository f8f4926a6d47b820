// SPDX-License-Identifier: GPL-2.0-only
#include "registry.h"

#include <linux/cred.h>
#include <linux/sched.h>
#include <linux/slab.h>

#include "limits.h"
#include "uapi/mp3.h"

/* Forks that can be followed before the restocking worker must have run. */
#define SPARES 1024
#define SPARES_LOW (SPARES / 2)

/* Fill up the spares. Errors: ENOMEM. */
static int fill_stock(struct mp3_registry *registry)
{
	struct mp3_process *spare;
	unsigned long flags;
	bool full = false;

	while (!full) {
		spare = kmalloc(sizeof(*spare), GFP_KERNEL);
		if (!spare)
			return -ENOMEM;
		raw_spin_lock_irqsave(&registry->lock, flags);
		full = !registry->stocked || registry->spare_count >= SPARES;
		if (!full) {
			list_add(&spare->node, &registry->spares);
			registry->spare_count++;
		}
		raw_spin_unlock_irqrestore(&registry->lock, flags);
	}
	kfree(spare);
	return 0;
}

static void restock(struct work_struct *work)
{
	/* On failure the fork hook asks again, and counts what it cannot follow. */
	fill_stock(container_of(work, struct mp3_registry, restock));
}

void mp3_registry_init(struct mp3_registry *registry)
{
	/* So that it fits the kernel's cache of 192-byte objects. */
	BUILD_BUG_ON(sizeof(struct mp3_process) > 192);

	raw_spin_lock_init(&registry->lock);
	hash_init(registry->by_signal);
	INIT_LIST_HEAD(&registry->processes);
	INIT_LIST_HEAD(&registry->spares);
	INIT_WORK(&registry->restock, restock);
	atomic64_set(&registry->follow_failed, 0);
}

void mp3_registry_destroy(struct mp3_registry *registry)
{
	struct mp3_process *process, *next;

	mp3_registry_for_each(process, next, registry) {
		mp3_registry_remove(registry, process);
		cond_resched();
	}
	mp3_registry_unstock(registry);
	/* Nobody is left to queue it: the hook is gone, and so are its spares. */
	cancel_work_sync(&registry->restock);
}

static struct mp3_process *find(struct mp3_registry *registry,
				const struct signal_struct *sig)
{
	struct mp3_process *process;

	hash_for_each_possible_rcu(registry->by_signal, process, hash_node,
				   (unsigned long)sig,
				   lockdep_is_held(&registry->lock))
		if (process->sig == sig)
			return process;
	return NULL;
}

struct mp3_process *mp3_registry_find(struct mp3_registry *registry,
				      const struct task_struct *task)
{
	struct mp3_process *process;

	/* The caller's lock keeps it registered after this section. */
	rcu_read_lock();
	process = find(registry, task->signal);
	rcu_read_unlock();
	return process;
}

static bool has_room_locked(const struct mp3_registry *registry)
{
	return registry->count < READ_ONCE(mp3_limits.max_tasks);
}

static void link_locked(struct mp3_registry *registry,
			struct mp3_process *process)
{
	lockdep_assert_held(&registry->lock);
	hash_add_rcu(registry->by_signal, &process->hash_node,
		     (unsigned long)process->sig);
	list_add_tail_rcu(&process->node, &registry->processes);
	WRITE_ONCE(registry->count, registry->count + 1);
	WRITE_ONCE(registry->followers, registry->followers + process->follow);
}

int mp3_registry_add(struct mp3_registry *registry,
		     struct mp3_process *process)
{
	unsigned long flags;
	int err = 0;

	raw_spin_lock_irqsave(&registry->lock, flags);
	if (find(registry, process->sig))
		err = -EEXIST;
	else if (!has_room_locked(registry))
		err = -ENOSPC;
	else
		link_locked(registry, process);
	raw_spin_unlock_irqrestore(&registry->lock, flags);
	return err;
}

static void set_follow_locked(struct mp3_registry *registry,
			      struct mp3_process *process)
{
	lockdep_assert_held(&registry->lock);
	if (process->follow)
		return;
	WRITE_ONCE(process->follow, true);
	WRITE_ONCE(registry->followers, registry->followers + 1);
}

int mp3_registry_follow(struct mp3_registry *registry,
			struct mp3_process *process,
			const struct mp3_registrant *registrant)
{
	const struct cred *unused = get_cred(registrant->cred);
	unsigned long flags;
	bool already;

	raw_spin_lock_irqsave(&registry->lock, flags);
	already = process->follow;
	set_follow_locked(registry, process);
	if (!already) {
		unused = process->registrant.cred;
		process->registrant = *registrant;
	}
	raw_spin_unlock_irqrestore(&registry->lock, flags);
	put_cred(unused);
	return already ? -EEXIST : 0;
}

static struct mp3_process *take_spare_locked(struct mp3_registry *registry)
{
	struct mp3_process *spare;

	lockdep_assert_held(&registry->lock);
	spare = list_first_entry_or_null(&registry->spares, struct mp3_process,
					 node);
	if (spare) {
		list_del(&spare->node);
		registry->spare_count--;
	}
	return spare;
}

/* Returns whether the child is followed now. A newborn has all totals zero. */
static bool fork_locked(struct mp3_registry *registry,
			const struct mp3_process *parent,
			struct task_struct *child)
{
	struct mp3_process *known = find(registry, child->signal);
	struct mp3_process *process;

	if (known) { /* somebody registered its PID before this hook ran */
		/* Its children would have rights that the follower has not. */
		if (known->registrant.capable && !parent->registrant.capable)
			return false;
		set_follow_locked(registry, known);
		return true;
	}
	process =
		has_room_locked(registry) ? take_spare_locked(registry) : NULL;
	if (!process)
		return false;
	mp3_process_init(process, child, parent->pid, &parent->registrant);
	process->follow = true;
	process->flags |= MP3_RECORD_FOLLOWED;
	link_locked(registry, process);
	return true;
}

/* Returns whether spares are running out. Caller holds RCU. */
static bool fork_followed(struct mp3_registry *registry,
			  struct task_struct *parent, struct task_struct *child)
{
	struct mp3_process *process;
	unsigned long flags;
	bool low;

	raw_spin_lock_irqsave(&registry->lock, flags);
	process = find(registry, parent->signal); /* may have gone meanwhile */
	if (process && process->follow &&
	    mp3_registrant_may_inspect(&process->registrant,
				       __task_cred(child)) &&
	    !fork_locked(registry, process, child))
		atomic64_inc(&registry->follow_failed);
	low = registry->stocked && registry->spare_count < SPARES_LOW;
	raw_spin_unlock_irqrestore(&registry->lock, flags);
	return low;
}

void mp3_registry_fork(struct mp3_registry *registry,
		       struct task_struct *parent, struct task_struct *child)
{
	bool low;

	rcu_read_lock();
	low = find(registry, parent->signal) &&
	      fork_followed(registry, parent, child);
	rcu_read_unlock();
	if (low)
		queue_work(system_highpri_wq, &registry->restock);
}

void mp3_registry_remove(struct mp3_registry *registry,
			 struct mp3_process *process)
{
	unsigned long flags;

	raw_spin_lock_irqsave(&registry->lock, flags);
	hash_del_rcu(&process->hash_node);
	list_del_rcu(&process->node);
	WRITE_ONCE(registry->count, registry->count - 1);
	WRITE_ONCE(registry->followers, registry->followers - process->follow);
	raw_spin_unlock_irqrestore(&registry->lock, flags);

	mp3_process_put_references(process);
	kfree_rcu(process, rcu); /* find() may be looking at it */
}

int mp3_registry_stock(struct mp3_registry *registry)
{
	unsigned long flags;

	raw_spin_lock_irqsave(&registry->lock, flags);
	registry->stocked = true;
	raw_spin_unlock_irqrestore(&registry->lock, flags);
	return fill_stock(registry);
}

void mp3_registry_unstock(struct mp3_registry *registry)
{
	struct mp3_process *spare, *next;
	unsigned long flags;
	LIST_HEAD(spares);

	raw_spin_lock_irqsave(&registry->lock, flags);
	registry->stocked = false;
	registry->spare_count = 0;
	list_splice_init(&registry->spares, &spares);
	raw_spin_unlock_irqrestore(&registry->lock, flags);

	list_for_each_entry_safe(spare, next, &spares, node)
		kfree(spare);
}

struct mp3_process *mp3_registry_last(struct mp3_registry *registry)
{
	struct mp3_process *last = NULL;
	unsigned long flags;

	raw_spin_lock_irqsave(&registry->lock, flags);
	if (!list_empty(&registry->processes))
		last = list_last_entry(&registry->processes, struct mp3_process,
				       node);
	raw_spin_unlock_irqrestore(&registry->lock, flags);
	return last;
}
