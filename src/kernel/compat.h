/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * compat - kernels from 5.10 on, each difference under the newest kernel's shape
 *
 * The only place that asks for the kernel's version.
 */
#ifndef MP3_COMPAT_H
#define MP3_COMPAT_H

#include <linux/device.h>
#include <linux/hrtimer.h>
#include <linux/kthread.h>
#include <linux/mm.h>
#include <linux/sched.h>
#include <linux/sched/clock.h>
#include <linux/string.h>
#include <linux/version.h>

#if !defined(CONFIG_64BIT) || !defined(CONFIG_TRACEPOINTS)
#error "mp3 needs a 64-bit kernel with CONFIG_TRACEPOINTS"
#endif

/*
 * A word that the kernel may be changing, each value of which will do. Unlike
 * READ_ONCE() it may become an operand: a load less. data_race() is for KCSAN.
 */
#define mp3_peek(word) data_race(word)

/* 6.4 dropped the owner argument of class_create. */
static inline struct class *mp3_compat_class_create(const char *name)
{
#if LINUX_VERSION_CODE < KERNEL_VERSION(6, 4, 0)
	return class_create(THIS_MODULE, name);
#else
	return class_create(name);
#endif
}

/* 6.3 made vm_flags read-only and added vm_flags_set and vm_flags_clear. */
static inline void mp3_compat_vm_flags_mod(struct vm_area_struct *vma,
					   unsigned long set,
					   unsigned long clear)
{
#if LINUX_VERSION_CODE < KERNEL_VERSION(6, 3, 0)
	vma->vm_flags = (vma->vm_flags | set) & ~clear;
#else
	vm_flags_mod(vma, set, clear);
#endif
}

/*
 * Is @task on a CPU, or on its way there or away? Without CONFIG_SMP we are.
 * Pairs with the release in finish_task(): whatever it did is seen then.
 */
static inline bool mp3_compat_task_on_cpu(const struct task_struct *task)
{
#ifdef CONFIG_SMP
	return smp_load_acquire(&task->on_cpu); /* see above */
#else
	return false;
#endif
}

/* 5.14 renamed state to __state. @task sets it before it clears on_cpu. */
static inline unsigned int
mp3_compat_task_state(const struct task_struct *task)
{
#if LINUX_VERSION_CODE < KERNEL_VERSION(5, 14, 0)
	return smp_load_acquire(&task->state); /* before on_cpu */
#else
	return smp_load_acquire(&task->__state); /* likewise */
#endif
}

/*
 * Has @task given up its CPU for the last time? exit_state comes too early: the
 * scheduler has not accounted its last time slice until it is switched out.
 */
static inline bool
mp3_compat_task_is_off_for_good(const struct task_struct *task)
{
	return mp3_compat_task_state(task) == TASK_DEAD &&
	       !mp3_compat_task_on_cpu(task);
}

/*
 * @task's name, zero-padded. Before 5.17 it may have a longer one's rest behind
 * its end; and while it runs, it may be changing.
 */
static __always_inline void
mp3_compat_task_comm(const struct task_struct *task, bool running, char *comm)
{
	if (running || LINUX_VERSION_CODE < KERNEL_VERSION(5, 17, 0))
		strscpy_pad(comm, task->comm, TASK_COMM_LEN);
	else
		mp3_peek(memcpy(comm, task->comm, TASK_COMM_LEN));
}

/* The scheduler's clock of @cpu: the machine's where all CPUs go alike. */
static inline u64 mp3_compat_sched_clock_cpu(unsigned int cpu)
{
#ifdef CONFIG_HAVE_UNSTABLE_SCHED_CLOCK
	return sched_clock_cpu(cpu);
#else
	return sched_clock(); /* the other is not exported there */
#endif
}

/*
 * What @task, on a CPU, has run since the scheduler last accounted it; 0 where
 * that cannot be told: it is going to sleep, or the scheduler takes interrupts
 * or stolen time off its clock. Of one that is preempted at this moment it may
 * be too much, by the time of the switch.
 */
static inline u64
mp3_compat_task_unaccounted_ns(const struct task_struct *task)
{
#if defined(CONFIG_SMP) && !defined(CONFIG_IRQ_TIME_ACCOUNTING) &&             \
	!defined(CONFIG_PARAVIRT_TIME_ACCOUNTING)
	unsigned int cpu = task_cpu(task);
	u64 since_ns;
	s64 ns;

	smp_rmb(); /* after what has been accounted */
	since_ns = READ_ONCE(task->se.exec_start);
	smp_rmb(); /* the clock after what it is compared with */
	ns = mp3_compat_sched_clock_cpu(cpu) - since_ns;
	smp_rmb(); /* and is it still as it was? */
	if (ns < 0 || READ_ONCE(task->se.exec_start) != since_ns ||
	    mp3_compat_task_state(task) != TASK_RUNNING ||
	    !mp3_compat_task_on_cpu(task))
		return 0;
	return ns;
#else
	return 0;
#endif
}

/*
 * @mm's pages of a kind (MM_FILEPAGES...) as the kernel sums them up: a moment's
 * value may be negative. 6.2 made percpu_counters of them.
 */
static inline long mp3_compat_mm_pages(const struct mm_struct *mm, int kind)
{
#if LINUX_VERSION_CODE < KERNEL_VERSION(6, 2, 0)
	return mp3_peek(mm->rss_stat.count[kind].counter);
#else
	return mp3_peek(mm->rss_stat[kind].count);
#endif
}

/* 6.14 added kthread_run_worker; kthread_create_worker stopped waking it. */
static inline struct kthread_worker *
mp3_compat_kthread_run_worker(const char *name)
{
#if LINUX_VERSION_CODE < KERNEL_VERSION(6, 14, 0)
	return kthread_create_worker(0, "%s", name);
#else
	return kthread_run_worker(0, "%s", name);
#endif
}

/* 6.13 added hrtimer_setup, 6.15 removed hrtimer_init. */
static inline void
mp3_compat_hrtimer_setup(struct hrtimer *timer,
			 enum hrtimer_restart (*function)(struct hrtimer *),
			 clockid_t clock, enum hrtimer_mode mode)
{
#if LINUX_VERSION_CODE < KERNEL_VERSION(6, 13, 0)
	hrtimer_init(timer, clock, mode);
	timer->function = function;
#else
	hrtimer_setup(timer, function, clock, mode);
#endif
}

#endif /* MP3_COMPAT_H */
