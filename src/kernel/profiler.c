// SPDX-License-Identifier: GPL-2.0-only
#include "profiler.h"

#include <linux/cred.h>
#include <linux/err.h>
#include <linux/pid.h>
#include <linux/pid_namespace.h>
#include <linux/rbtree.h>
#include <linux/rtmutex.h>
#include <linux/sched.h>
#include <linux/sched/task.h>
#include <linux/seq_file.h>

#include "classic.h"
#include "counters.h"
#include "fork_hook.h"
#include "limits.h"
#include "registry.h"
#include "ring.h"
#include "sampler.h"

static struct {
	struct rt_mutex lock; /* see profiler.h */
	struct mp3_registry registry;
	struct mp3_fork_hook fork_hook;
	struct mp3_ring ring;
	struct mp3_classic classic;
	struct mp3_sampler sampler;
	struct rb_root_cached wishes; /* lock; by interval */
} profiler = {
	.wishes = RB_ROOT_CACHED,
};

int mp3_profiler_init(void)
{
	const struct mp3_sampler_world world = {
		.lock = &profiler.lock,
		.registry = &profiler.registry,
		.fork_hook = &profiler.fork_hook,
		.ring = &profiler.ring,
		.classic = &profiler.classic,
	};
	int err;

	rt_mutex_init(&profiler.lock);
	mp3_registry_init(&profiler.registry);
	mp3_fork_hook_init(&profiler.fork_hook, &profiler.registry);
	err = mp3_ring_create(&profiler.ring, mp3_limits.ring_records);
	if (err)
		return err;
	err = mp3_classic_create(&profiler.classic);
	if (err)
		goto destroy_ring;
	err = mp3_sampler_create(&profiler.sampler, &world);
	if (err)
		goto destroy_classic;
	mp3_profiler_show();
	return 0;

destroy_classic:
	mp3_classic_destroy(&profiler.classic);
destroy_ring:
	mp3_ring_destroy(&profiler.ring);
	return err;
}

/* The front-ends are gone: nobody registers, reads or has anything mapped. */
void mp3_profiler_exit(void)
{
	/* The worker and the fork hook may be running. */
	mp3_sampler_destroy(&profiler.sampler);
	/* Only the fork hook: it may still add to the registry. */
	mp3_fork_hook_destroy(&profiler.fork_hook);
	/* Nothing of ours runs any more. */
	mp3_registry_destroy(&profiler.registry);
	mp3_classic_destroy(&profiler.classic);
	mp3_ring_destroy(&profiler.ring);
}

/* A reference to the leader of the thread group that @pid belongs to. */
static struct task_struct *get_process(pid_t pid)
{
	struct task_struct *task;

	rcu_read_lock();
	task = pid_task(find_vpid(pid), PIDTYPE_PID);
	if (task)
		task = get_task_struct(task->group_leader);
	rcu_read_unlock();
	return task ?: ERR_PTR(-ESRCH);
}

static int may_register(const struct mp3_registrant *registrant,
			struct task_struct *task)
{
	struct task_struct *leader;
	bool may;

	if (task->flags & PF_KTHREAD)
		return -EPERM;
	rcu_read_lock();
	leader = mp3_counters_leader(task);
	may = mp3_registrant_may_inspect(registrant, __task_cred(leader));
	rcu_read_unlock();
	return may ? 0 : -EPERM;
}

static bool may_end(const struct mp3_registrant *registrant,
		    const struct mp3_process *process)
{
	return registrant->capable ||
	       mp3_registrant_same_user(registrant, &process->registrant) ||
	       mp3_registrant_owns(registrant, process->task);
}

/* Upgrade the registration of @task's process, if there is one. */
static int follow_known(const struct mp3_registrant *registrant,
			struct task_struct *task)
{
	struct mp3_process *known;
	int err = -ENOENT;

	rt_mutex_lock(&profiler.lock);
	known = mp3_registry_find(&profiler.registry, task);
	if (known)
		err = mp3_registry_follow(&profiler.registry, known,
					  registrant);
	rt_mutex_unlock(&profiler.lock);
	return err;
}

static int register_new(const struct mp3_registrant *registrant,
			struct task_struct *task, bool follow)
{
	struct mp3_process *process =
		mp3_process_make(task, follow, registrant);
	int err;

	if (IS_ERR(process))
		return PTR_ERR(process);
	rt_mutex_lock(&profiler.lock);
	err = mp3_registry_add(&profiler.registry, process);
	if (!err)
		mp3_sampler_start(&profiler.sampler);
	mp3_sampler_show(&profiler.sampler);
	rt_mutex_unlock(&profiler.lock);
	if (err)
		mp3_process_discard(process);
	return err;
}

static int register_following(const struct mp3_registrant *registrant,
			      struct task_struct *task)
{
	int err = mp3_fork_hook_get(&profiler.fork_hook);

	if (err)
		return err;
	do { /* again if somebody else was quicker */
		err = follow_known(registrant, task);
		if (err != -ENOENT)
			break;
		err = register_new(registrant, task, true);
	} while (err == -EEXIST);
	mp3_fork_hook_put(&profiler.fork_hook);
	return err;
}

int mp3_profiler_register(const struct mp3_registrant *registrant, pid_t pid,
			  bool follow)
{
	struct task_struct *task = get_process(pid);
	int err;

	if (IS_ERR(task))
		return PTR_ERR(task);
	err = may_register(registrant, task);
	if (!err)
		err = follow ? register_following(registrant, task) :
			       register_new(registrant, task, false);
	put_task_struct(task);
	return err;
}

int mp3_profiler_unregister(const struct mp3_registrant *registrant, pid_t pid)
{
	struct task_struct *task = get_process(pid);
	struct mp3_process *process;
	int err = 0;

	if (IS_ERR(task))
		return PTR_ERR(task);
	rt_mutex_lock(&profiler.lock);
	process = mp3_registry_find(&profiler.registry, task);
	if (!process)
		err = -ENOENT;
	else if (!may_end(registrant, process))
		err = -EPERM;
	else
		mp3_sampler_end(&profiler.sampler, process);
	mp3_sampler_show(&profiler.sampler);
	rt_mutex_unlock(&profiler.lock);
	put_task_struct(task);
	return err;
}

/* Returns whether any was ended. What the writer cannot see is not his to end. */
static bool end_all_locked(const struct mp3_registrant *registrant)
{
	struct pid_namespace *ns = task_active_pid_ns(current);
	struct mp3_process *process, *next;
	bool ended = false;

	mp3_registry_for_each(process, next, &profiler.registry) {
		if (mp3_process_pid_in(process, ns) &&
		    may_end(registrant, process)) {
			mp3_sampler_end(&profiler.sampler, process);
			ended = true;
		}
		cond_resched();
	}
	return ended;
}

void mp3_profiler_unregister_all(const struct mp3_registrant *registrant)
{
	rt_mutex_lock(&profiler.lock);
	/* Again for what was forked behind our back. */
	while (end_all_locked(registrant))
		;
	mp3_sampler_show(&profiler.sampler);
	rt_mutex_unlock(&profiler.lock);
}

void mp3_profiler_list(struct seq_file *seq)
{
	struct pid_namespace *ns = task_active_pid_ns(current);
	struct mp3_process *process, *next;

	rt_mutex_lock(&profiler.lock);
	mp3_registry_for_each(process, next, &profiler.registry) {
		pid_t pid = mp3_process_pid_in(process, ns);

		if (pid)
			seq_printf(seq, "%d\n", pid);
		cond_resched();
	}
	rt_mutex_unlock(&profiler.lock);
}

size_t mp3_profiler_list_size(void)
{
	return (READ_ONCE(profiler.registry.count) + 1) * sizeof("4194304\n");
}

/* A tree: who opens many files must not hold the clock up with each of them. */
static void insert_wish_locked(struct mp3_wish *wish)
{
	struct rb_node **link = &profiler.wishes.rb_root.rb_node;
	struct rb_node *parent = NULL;
	bool smallest = true;

	while (*link) {
		parent = *link;
		if (wish->interval_ns <
		    rb_entry(parent, struct mp3_wish, node)->interval_ns) {
			link = &parent->rb_left;
		} else {
			link = &parent->rb_right;
			smallest = false;
		}
	}
	rb_link_node(&wish->node, parent, link);
	rb_insert_color_cached(&wish->node, &profiler.wishes, smallest);
}

/* Its interval becomes @interval_ns, 0 for none; the smallest of all is in force. */
static void change_wish(struct mp3_wish *wish, u64 interval_ns)
{
	struct rb_node *first;
	u64 smallest_ns = 0;

	rt_mutex_lock(&profiler.lock);
	if (wish->interval_ns)
		rb_erase_cached(&wish->node, &profiler.wishes);
	wish->interval_ns = interval_ns;
	if (wish->interval_ns)
		insert_wish_locked(wish);
	first = rb_first_cached(&profiler.wishes);
	if (first)
		smallest_ns =
			rb_entry(first, struct mp3_wish, node)->interval_ns;
	mp3_sampler_set_wish(&profiler.sampler, smallest_ns);
	rt_mutex_unlock(&profiler.lock);
}

int mp3_profiler_wish(struct mp3_wish *wish, u64 interval_ns)
{
	if (interval_ns < mp3_limits_min_interval_ns() ||
	    interval_ns > MP3_LIMITS_MAX_INTERVAL_NS)
		return -EINVAL;
	change_wish(wish, interval_ns);
	return 0;
}

void mp3_profiler_forget(struct mp3_wish *wish)
{
	if (wish->interval_ns)
		change_wish(wish, 0);
}

u64 mp3_profiler_ticks(void)
{
	return mp3_sampler_ticks(&profiler.sampler);
}

struct wait_queue_head *mp3_profiler_readers(void)
{
	return &profiler.sampler.readers;
}

void mp3_profiler_show(void)
{
	rt_mutex_lock(&profiler.lock);
	mp3_sampler_show(&profiler.sampler);
	rt_mutex_unlock(&profiler.lock);
}

int mp3_profiler_map_ring(struct vm_area_struct *vma)
{
	return mp3_ring_map(&profiler.ring, vma);
}

int mp3_profiler_map_classic(struct vm_area_struct *vma)
{
	return mp3_classic_map(&profiler.classic, vma);
}
