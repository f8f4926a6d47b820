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
#include <linux/version.h>

#if !defined(CONFIG_64BIT) || !defined(CONFIG_TRACEPOINTS)
#error "mp3 needs a 64-bit kernel with CONFIG_TRACEPOINTS"
#endif

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
 * Has @task given up its CPU for the last time? exit_state comes too early: the
 * scheduler has not accounted its last time slice until it is switched out.
 * 5.14 renamed state to __state; without CONFIG_SMP we run, so it does not.
 */
static inline bool
mp3_compat_task_is_off_for_good(const struct task_struct *task)
{
#if LINUX_VERSION_CODE < KERNEL_VERSION(5, 14, 0)
	/* Before on_cpu: the task sets them in this order. */
	long state = smp_load_acquire(&task->state);
#else
	/* Likewise. */
	unsigned int state = smp_load_acquire(&task->__state);
#endif
	bool dead = state == TASK_DEAD;
#ifdef CONFIG_SMP
	/* Pairs with the scheduler's release in finish_task(). */
	return dead && !smp_load_acquire(&task->on_cpu);
#else
	return dead;
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
