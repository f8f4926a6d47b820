// SPDX-License-Identifier: GPL-2.0-only
#include "sampler.h"

#include <linux/delay.h>
#include <linux/err.h>
#include <linux/math64.h>
#include <linux/poll.h>
#include <linux/sched.h>
#include <linux/timekeeping.h>

#include "classic.h"
#include "compat.h"
#include "fork_hook.h"
#include "limits.h"
#include "recorder.h"
#include "registry.h"
#include "ring.h"

/* Credit is capped at what this long earns: a spike passes, a load does not. */
#define CREDIT_CAP_NS NSEC_PER_SEC

/* Every process has a record at least this often. */
#define QUIET_MAX_NS NSEC_PER_SEC

/* ---- one pass ---------------------------------------------------------- */

static struct mp3_pass pass_at(const struct mp3_sampler *sampler, u64 now_ns,
			       bool tick)
{
	u64 next_ns = now_ns + sampler->figures.interval_ns;

	return (struct mp3_pass){
		.ring = sampler->world.ring,
		.classic = sampler->world.classic,
		.now_ns = now_ns,
		.now = mp3_recorder_coarse(now_ns),
		/* Both are rounded down: one more is earlier, not later. */
		.overdue = mp3_recorder_coarse(next_ns - QUIET_MAX_NS) + 1,
		.tick = tick,
	};
}

void mp3_sampler_end(struct mp3_sampler *sampler, struct mp3_process *process)
{
	struct mp3_pass pass = pass_at(sampler, ktime_get_ns(), true);

	lockdep_assert_held(sampler->world.lock);
	mp3_recorder_end(&pass, process);
	mp3_registry_remove(sampler->world.registry, process);
}

/*
 * The worker is above every normal task, and cond_resched() lets none of them
 * in: on a long list it sleeps a little after each millisecond. @since_ns: of
 * its last sleep.
 */
static void step_aside(u64 *since_ns)
{
	if (ktime_get_ns() - *since_ns < NSEC_PER_MSEC)
		return;
	usleep_range(200, 500);
	*since_ns = ktime_get_ns();
}

/* From the first process to @last. */
static void run_pass(struct mp3_sampler *sampler, const struct mp3_pass *pass,
		     const struct mp3_process *last)
{
	struct mp3_registry *registry = sampler->world.registry;
	struct mp3_process *process = mp3_registry_first(registry);
	u64 since_ns = ktime_get_ns();

	for (;;) {
		process = mp3_recorder_visit(pass, registry, process, last);
		if (!process)
			break;
		step_aside(&since_ns);
	}
}

static u64 effective_wish_ns(const struct mp3_sampler *sampler)
{
	if (!sampler->wish_ns)
		return mp3_limits_default_interval_ns();
	/* The limit may have been raised since the wish was taken. */
	return max(sampler->wish_ns, mp3_limits_min_interval_ns());
}

void mp3_sampler_show(struct mp3_sampler *sampler)
{
	struct mp3_registry *registry = sampler->world.registry;
	struct mp3_figures *figures = &sampler->figures;

	lockdep_assert_held(sampler->world.lock);
	figures->tasks = READ_ONCE(registry->count);
	figures->follow_failed = atomic64_read(&registry->follow_failed);
	figures->wish_ns = effective_wish_ns(sampler);
	mp3_ring_show(sampler->world.ring, figures);
}

static void finish_tick(struct mp3_sampler *sampler, u64 now_ns)
{
	sampler->figures.tick++;
	sampler->figures.last_tick_ns = now_ns;
	mp3_sampler_show(sampler);
	/* Pairs with mp3_sampler_ticks(). */
	smp_store_release(&sampler->ticks, sampler->figures.tick);
	wake_up_poll(&sampler->readers, EPOLLIN | EPOLLRDNORM);
}

/* ---- the clock --------------------------------------------------------- */

static void settle_credit(struct mp3_sampler *sampler, u64 now_ns)
{
	u32 percent = READ_ONCE(mp3_limits.max_cpu_percent);
	/* Exact up to the worker's last sleep, which is what is settled. */
	u64 run_time_ns =
		READ_ONCE(sampler->worker->task->se.sum_exec_runtime);
	u64 spent_ns = run_time_ns - sampler->run_time_ns;
	u64 earned_ns = div_u64((now_ns - sampler->settled_ns) * percent, 100);
	s64 cap_ns = div_u64((u64)CREDIT_CAP_NS * percent, 100);

	sampler->credit_ns =
		min_t(s64, cap_ns, sampler->credit_ns + (s64)earned_ns) -
		(s64)spent_ns;
	sampler->settled_ns = now_ns;
	sampler->run_time_ns = run_time_ns;
	sampler->figures.sampling_ns += spent_ns;
}

/* How many wishes the next tick is away. */
static u64 stride(const struct mp3_sampler *sampler, u64 wish_ns)
{
	u64 debt_ns;

	if (sampler->credit_ns >= 0)
		return 1;
	debt_ns = div_u64(-sampler->credit_ns * 100,
			  READ_ONCE(mp3_limits.max_cpu_percent));
	return max_t(u64, div64_u64(debt_ns + wish_ns - 1, wish_ns), 1);
}

/* Forward @due_ns by whole steps until it is after @now_ns; returns how many. */
static u64 forward(u64 *due_ns, u64 step_ns, u64 now_ns)
{
	u64 steps = 0;

	if (*due_ns <= now_ns)
		steps = div64_u64(now_ns - *due_ns, step_ns) + 1;
	*due_ns += steps * step_ns;
	return steps;
}

/* Place the next tick after the last one. */
static void place_tick(struct mp3_sampler *sampler, u64 wish_ns)
{
	u64 wishes = stride(sampler, wish_ns);

	sampler->left_out = wishes - 1;
	sampler->figures.interval_ns = wishes * wish_ns;
	sampler->next_tick_ns = sampler->last_due_ns + wishes * wish_ns;
}

/* The tick that was due is held: plan the next. */
static void plan_tick(struct mp3_sampler *sampler)
{
	u64 wish_ns = effective_wish_ns(sampler);

	sampler->figures.throttled_ticks += sampler->left_out;
	sampler->last_due_ns = sampler->next_tick_ns;
	place_tick(sampler, wish_ns);
	sampler->figures.missed_ticks +=
		forward(&sampler->next_tick_ns, wish_ns, ktime_get_ns());
}

/* In debt, the slot waits for the tick. */
static bool slot_is_due(const struct mp3_sampler *sampler, u64 now_ns,
			bool tick)
{
	return now_ns >= sampler->next_slot_ns &&
	       (tick || sampler->credit_ns >= 0);
}

static void arm(struct mp3_sampler *sampler)
{
	u64 next_ns = sampler->next_tick_ns;

	if (sampler->credit_ns >= 0)
		next_ns = min(next_ns, sampler->next_slot_ns);
	hrtimer_start(&sampler->timer, ns_to_ktime(next_ns),
		      HRTIMER_MODE_ABS_HARD);
}

/* The timer queues the work at most once more, which then finds us stopped. */
static void stop(struct mp3_sampler *sampler)
{
	sampler->running = false;
	sampler->figures.interval_ns = effective_wish_ns(sampler);
	hrtimer_cancel(&sampler->timer);
}

static void run_clock(struct mp3_sampler *sampler)
{
	/* Before the time: none of those up to it was forked later. */
	struct mp3_process *last = mp3_registry_last(sampler->world.registry);
	u64 now_ns = ktime_get_ns();
	bool tick = now_ns >= sampler->next_tick_ns;
	bool slot, idle;

	settle_credit(sampler, now_ns);
	slot = slot_is_due(sampler, now_ns, tick);
	if (last && (tick || slot)) {
		struct mp3_pass pass = pass_at(sampler, now_ns, tick);

		run_pass(sampler, &pass, last);
	}
	mp3_fork_hook_trim(sampler->world.fork_hook);
	idle = tick && !READ_ONCE(sampler->world.registry->count);

	if (slot || idle)
		mp3_classic_close_slot(sampler->world.classic);
	if (slot)
		forward(&sampler->next_slot_ns, MP3_CLASSIC_INTERVAL_NS,
			now_ns);
	if (tick)
		plan_tick(sampler);
	if (idle)
		stop(sampler);
	else
		arm(sampler);
	if (tick)
		finish_tick(sampler, now_ns);
}

static void work(struct kthread_work *work)
{
	struct mp3_sampler *sampler =
		container_of(work, struct mp3_sampler, work);

	rt_mutex_lock(sampler->world.lock);
	if (sampler->running)
		run_clock(sampler);
	rt_mutex_unlock(sampler->world.lock);
}

static enum hrtimer_restart on_timer(struct hrtimer *timer)
{
	struct mp3_sampler *sampler =
		container_of(timer, struct mp3_sampler, timer);

	kthread_queue_work(sampler->worker, &sampler->work);
	return HRTIMER_NORESTART; /* the work arms it again */
}

void mp3_sampler_start(struct mp3_sampler *sampler)
{
	u64 now_ns = ktime_get_ns();

	lockdep_assert_held(sampler->world.lock);
	if (sampler->running)
		return;
	sampler->running = true;
	settle_credit(sampler, now_ns);
	sampler->next_slot_ns = now_ns + MP3_CLASSIC_INTERVAL_NS;
	sampler->last_due_ns = now_ns;
	place_tick(sampler, effective_wish_ns(sampler));
	arm(sampler);
}

void mp3_sampler_set_wish(struct mp3_sampler *sampler, u64 wish_ns)
{
	u64 now_ns = ktime_get_ns();
	u64 due_ns = sampler->next_tick_ns;

	lockdep_assert_held(sampler->world.lock);
	sampler->wish_ns = wish_ns;
	wish_ns = effective_wish_ns(sampler);
	if (!sampler->running) {
		sampler->figures.interval_ns = wish_ns;
	} else if (wish_ns != sampler->figures.wish_ns && due_ns > now_ns) {
		/* A tick that is due already stays, and plans by the new wish. */
		place_tick(sampler, wish_ns);
		sampler->next_tick_ns = max(sampler->next_tick_ns, now_ns);
		arm(sampler);
	}
	mp3_sampler_show(sampler);
}

int mp3_sampler_create(struct mp3_sampler *sampler,
		       const struct mp3_sampler_world *world)
{
	sampler->world = *world;
	sampler->figures.interval_ns = mp3_limits_default_interval_ns();
	init_waitqueue_head(&sampler->readers);
	kthread_init_work(&sampler->work, work);
	mp3_compat_hrtimer_setup(&sampler->timer, on_timer, CLOCK_MONOTONIC,
				 HRTIMER_MODE_ABS_HARD);
	sampler->worker = mp3_compat_kthread_run_worker("mp3_sampler");
	if (IS_ERR(sampler->worker))
		return PTR_ERR(sampler->worker);
	/* Above every normal task, below any real-time work that was tuned. */
	sched_set_fifo_low(sampler->worker->task);
	return 0;
}

void mp3_sampler_destroy(struct mp3_sampler *sampler)
{
	rt_mutex_lock(sampler->world.lock);
	stop(sampler);
	rt_mutex_unlock(sampler->world.lock);
	kthread_destroy_worker(sampler->worker);
}
