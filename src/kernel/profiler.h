/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * profiler - the facade: all that the two front-ends may ask for
 *
 * Lock order:
 *
 *   fork_hook.lock (mutex)	whether the hook is attached; never together with
 *				the next one
 *     tracepoint and CPU hotplug locks of the kernel
 *   profiler.lock (rt_mutex)	what is registered, the clock, the one producer
 *				of ring and classic buffer
 *     task_lock of a sampled thread, its stats_lock	(counters)
 *     the readers' wait queue	(sampler)
 *   registry.lock (raw)	below both: the lists; all that the hook takes
 */
#ifndef MP3_PROFILER_H
#define MP3_PROFILER_H

#include <linux/rbtree.h>
#include <linux/types.h>

struct mp3_registrant;
struct seq_file;
struct vm_area_struct;
struct wait_queue_head;

/* The interval that one open file wishes. */
struct mp3_wish {
	struct rb_node node; /* profiler.lock */
	u64 interval_ns;     /* 0: none */
};

int mp3_profiler_init(void);
void mp3_profiler_exit(void);

/*
 * @pid is in the caller's PID namespace, of a process or of a thread of it.
 * Errors: ESRCH, EPERM, EEXIST, ENOSPC, ENOMEM, EOPNOTSUPP (this kernel cannot
 * follow).
 */
int mp3_profiler_register(const struct mp3_registrant *registrant, pid_t pid,
			  bool follow);

/* Errors: ESRCH, ENOENT, EPERM. */
int mp3_profiler_unregister(const struct mp3_registrant *registrant, pid_t pid);

/* Those that @registrant may end and that the caller's PID namespace sees. */
void mp3_profiler_unregister_all(const struct mp3_registrant *registrant);

/* The registered PIDs as the reader's PID namespace sees them, one a line. */
void mp3_profiler_list(struct seq_file *seq);

/* Room that mp3_profiler_list takes now, in bytes. */
size_t mp3_profiler_list_size(void);

/* Errors: EINVAL (out of range). */
int mp3_profiler_wish(struct mp3_wish *wish, u64 interval_ns);
void mp3_profiler_forget(struct mp3_wish *wish);

/* Ticks ever held, and who is woken at each. */
u64 mp3_profiler_ticks(void);
struct wait_queue_head *mp3_profiler_readers(void);

/* Refresh the header's figures for a new reader. */
void mp3_profiler_show(void);

int mp3_profiler_map_ring(struct vm_area_struct *vma);
int mp3_profiler_map_classic(struct vm_area_struct *vma);

#endif /* MP3_PROFILER_H */
