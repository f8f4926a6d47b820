/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * sampler - the clock, and one pass over the registry
 *
 * An absolute hrtimer wakes a worker of our own. A tick publishes records into
 * the ring at the interval in force; a slot closes a slot of the classic
 * buffer every 50 ms. Where both are due at once, one pass serves both.
 *
 * The budget: time earns credit at max_cpu_percent, the worker's run time
 * spends it. While there is debt, ticks are left out: the interval in force is
 * the smallest multiple of the wish that pays it off.
 */
#ifndef MP3_SAMPLER_H
#define MP3_SAMPLER_H

#include <linux/hrtimer.h>
#include <linux/kthread.h>
#include <linux/rtmutex.h>
#include <linux/types.h>
#include <linux/wait.h>

#include "uapi/mp3.h"

struct mp3_classic;
struct mp3_fork_hook;
struct mp3_process;
struct mp3_registry;
struct mp3_ring;

/* What the sampler works on; the profiler owns it. */
struct mp3_sampler_world {
	struct rt_mutex *lock; /* the profiler's; a pass holds it */
	struct mp3_registry *registry;
	struct mp3_fork_hook *fork_hook;
	struct mp3_ring *ring;
	struct mp3_classic *classic;
};

/* Protected by the profiler's lock but for worker, work, timer, readers, ticks. */
struct mp3_sampler {
	struct mp3_sampler_world world;
	struct kthread_worker *worker;
	struct kthread_work work;
	struct hrtimer timer;	   /* only queues the work */
	wait_queue_head_t readers; /* woken at every tick */
	u64 ticks; /* ever held; the lock's holder writes, anybody reads */
	struct mp3_figures figures;
	bool running;
	u64 wish_ns;	 /* of the open files; 0 for none */
	u64 last_due_ns; /* the last tick's place on the grid */
	u64 next_tick_ns;
	u64 left_out; /* ticks between these two, by the budget */
	u64 next_slot_ns;
	s64 credit_ns;	 /* CPU time that may be spent */
	u64 settled_ns;	 /* when credit_ns was true */
	u64 run_time_ns; /* the worker's, at that time */
};

int mp3_sampler_create(struct mp3_sampler *sampler,
		       const struct mp3_sampler_world *world);
void mp3_sampler_destroy(struct mp3_sampler *sampler); /* without the lock */

/*
 * Start the clock unless it runs. It stops by itself, at the first tick that
 * finds nothing registered: nobody can make ticks by registering and ending.
 */
void mp3_sampler_start(struct mp3_sampler *sampler);

/* The smallest wish among the open files is now @wish_ns, 0 for none. */
void mp3_sampler_set_wish(struct mp3_sampler *sampler, u64 wish_ns);

/* Sample @process for the last time, publish its FINAL record, remove it. */
void mp3_sampler_end(struct mp3_sampler *sampler, struct mp3_process *process);

/* Refresh the figures that readers see. */
void mp3_sampler_show(struct mp3_sampler *sampler);

/* Ticks ever held. Any context. */
static inline u64 mp3_sampler_ticks(const struct mp3_sampler *sampler)
{
	/* Pairs with finish_tick(): records and figures are out before it. */
	return smp_load_acquire(&sampler->ticks);
}

#endif /* MP3_SAMPLER_H */
