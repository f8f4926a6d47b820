/* SPDX-License-Identifier: (GPL-2.0-only WITH Linux-syscall-note) OR MIT */
/*
 * mp3 - page faults and CPU time of registered processes, through mapped memory
 *
 * This is ABI 1 of /dev/mp3. mp3(4) describes the calls; this file describes
 * the bytes. It compiles as C and as C++, in the kernel and outside.
 *
 * Two things can be mapped from /dev/mp3, both MAP_SHARED:
 *
 *   offset 0                the classic buffer of the CS 423 exercise,
 *                           MP3_CLASSIC_PAGES pages, readable and writable
 *   offset MP3_RING_OFFSET  the ring: one header page, then the records;
 *                           read-only, any prefix of whole pages
 *
 * The protocol of the ring
 * ------------------------
 * One producer (the kernel), any number of readers, no lock. A record's index
 * counts from 0 and never wraps; its slot is index & (capacity - 1). A slot
 * that holds the record of index i has seq == i + 1; seq == 0 means that the
 * slot is being written or was never written.
 *
 *   kernel, publishing index i          reader, wanting index i
 *   --------------------------          -----------------------
 *                                       h = head              (D) acquire
 *                                       i == h: nothing there yet
 *   slot.seq = 0                        h - i > capacity - 1: overrun
 *   write barrier          (A)          s = slot.seq          (C) acquire
 *   slot.payload = ...                  s != i + 1: overrun
 *   slot.seq = i + 1       (B) release  copy slot.payload
 *   head = i + 1           (C') release read barrier          (E)
 *                                       slot.seq != s: overrun
 *
 *   (A)  pairs with (E): who copied a byte of the new payload sees seq change.
 *   (B)  pairs with (C): who sees seq == i + 1 sees the whole payload.
 *   (C') pairs with (D): who sees head > i sees seq == i + 1 or a later one.
 *
 * After an overrun the reader goes on at head - (capacity - 1) or later, and
 * has missed exactly as many records as it skipped. Totals are never lost:
 * every record bears the sums since the registration.
 *
 *   tick = n               (F) release, after the last record of a pass
 *   t = tick               (G) acquire: all records of the first t passes
 *                              are below a head that is read after it
 *
 * Growth: a later minor version uses reserved words, which are zero until
 * then, or makes header_size larger. A later major version may do anything; a
 * reader refuses a major version that it does not know. A reader takes every
 * size and offset from the header.
 */
#ifndef _UAPI_MP3_H
#define _UAPI_MP3_H

#include <linux/ioctl.h>
#include <linux/types.h>

#define MP3_ABI_MAJOR 1
#define MP3_ABI_MINOR 0

/* struct mp3_header.magic: "mp3ring" and a zero byte, as a little-endian word. */
#define MP3_MAGIC 0x00676e697233706dULL

/*
 * mmap offset of the ring, in bytes: behind the classic buffer, a multiple of
 * every page size.
 */
#define MP3_RING_OFFSET 0x1000000

/* Length of the comm field, the terminating zero byte included (TASK_COMM_LEN). */
#define MP3_COMM_LEN 16

/* Length of the version field, the terminating zero byte included. */
#define MP3_VERSION_LEN 32

/*
 * enum mp3_record_flags - struct mp3_record.flags; other bits are reserved
 * @MP3_RECORD_FIRST:    the first record of this registration
 * @MP3_RECORD_FINAL:    the last record of this registration
 * @MP3_RECORD_EXITED:   with FINAL: the process is over, the figures are what
 *                       its parent's wait4() reports for it alone. FINAL
 *                       without EXITED: it was unregistered, or it changed
 *                       credentials to what its registrant may not inspect.
 * @MP3_RECORD_FOLLOWED: registered by the kernel at its fork, because its
 *                       parent is followed; counted from its birth
 */
enum mp3_record_flags {
	MP3_RECORD_FIRST = 1 << 0,
	MP3_RECORD_FINAL = 1 << 1,
	MP3_RECORD_EXITED = 1 << 2,
	MP3_RECORD_FOLLOWED = 1 << 3,
};

/*
 * struct mp3_record - one sample of one process; written by the kernel only
 * @seq:       index of this record + 1, 0 while it is written
 * @time_ns:   when it was taken, CLOCK_MONOTONIC; the same for all records of
 *             one tick
 * @start_ns:  when the process started, CLOCK_MONOTONIC; with @pid its
 *             identity, so a reused PID is another process
 * @pid:       thread group ID, in the initial PID namespace
 * @ppid:      thread group ID, in the initial PID namespace, of the process
 *             that forked this one (FOLLOWED), or of its parent when it was
 *             registered; 0 for none. It does not change when the parent dies.
 * @uid:       real user ID, in the initial user namespace
 * @flags:     enum mp3_record_flags
 * @min_flt:   minor page faults since registration, all threads
 * @maj_flt:   major page faults since registration, all threads
 * @cpu_ns:    CPU time since registration, all threads: the scheduler's exact
 *             run time; that of a running thread up to the scheduler's last
 *             tick on its CPU, of the leader up to this sample, unless the
 *             kernel takes interrupts or stolen time off it
 *             (CONFIG_IRQ_TIME_ACCOUNTING, CONFIG_PARAVIRT_TIME_ACCOUNTING).
 *             It never goes backwards.
 * @utime_ns:  user time since registration as the kernel's tick samples it;
 *             with @stime_ns good for the ratio of the two only:
 *             user = cpu_ns * utime_ns / (utime_ns + stime_ns)
 * @stime_ns:  system time since registration, likewise
 * @rss_bytes: resident set now, as near as the kernel's own per-CPU counts:
 *             since Linux 6.2 up to 32 pages, or two a CPU, less or more for each
 *             CPU; 0 when the process has no memory any more
 * @swap_bytes: swapped out now, likewise
 * @nvcsw:     voluntary context switches since registration, modulo 2^32
 * @nivcsw:    involuntary ones, likewise
 * @threads:   threads now
 * @reserved:  zero
 * @comm:      name of the leader thread, zero-terminated and zero-padded. When
 *             another thread than the leader called exec and the process was
 *             reaped before the next tick, it is the former leader's.
 *
 * A process without a record in a tick has not changed since its last one;
 * each has one at least every second, unless interval_ns is longer.
 */
struct mp3_record {
	__u64 seq;
	__u64 time_ns;
	__u64 start_ns;
	__u32 pid;
	__u32 ppid;
	__u32 uid;
	__u32 flags;
	__u64 min_flt;
	__u64 maj_flt;
	__u64 cpu_ns;
	__u64 utime_ns;
	__u64 stime_ns;
	__u64 rss_bytes;
	__u64 swap_bytes;
	__u32 nvcsw;
	__u32 nivcsw;
	__u32 threads;
	__u32 reserved;
	char comm[MP3_COMM_LEN];
};

/*
 * struct mp3_figures - what the sampler says of itself; written by the kernel
 * at each tick, registration and wish. Counts are since the module was loaded.
 * @tick:            passes held; stored last (F)
 * @last_tick_ns:    when the last of them began, CLOCK_MONOTONIC; 0 for none
 * @interval_ns:     interval in force: the wish, or longer when the sampler
 *                   must be throttled to its budget
 * @wish_ns:         the smallest wish among the open files, or the default
 * @missed_ticks:    ticks that could not be held because the sampler was late
 * @throttled_ticks: ticks left out to stay within max_cpu_percent
 * @follow_failed:   processes that should have been followed and could not be,
 *                   for want of memory, because max_tasks was reached, or because
 *                   somebody with more rights had registered the process first
 * @sampling_ns:     CPU time that the sampler has spent
 * @tasks:           processes registered now
 * @reserved32:      zero
 * @reserved:        zero
 */
struct mp3_figures {
	__u64 tick;
	__u64 last_tick_ns;
	__u64 interval_ns;
	__u64 wish_ns;
	__u64 missed_ticks;
	__u64 throttled_ticks;
	__u64 follow_failed;
	__u64 sampling_ns;
	__u32 tasks;
	__u32 reserved32;
	__u64 reserved[7];
};

/*
 * struct mp3_header - the start of the ring's first page; the rest of that
 * page is zero
 * @magic:           MP3_MAGIC
 * @abi_major:       MP3_ABI_MAJOR of the module
 * @abi_minor:       MP3_ABI_MINOR of the module
 * @header_size:     bytes of this struct in the module
 * @record_size:     bytes from one record to the next
 * @clock_id:        the clock of all times here: CLOCK_MONOTONIC (1)
 * @capacity:        records in the ring, a power of two
 * @data_offset:     bytes from the start of the mapping to record 0
 * @map_size:        bytes to map for the header and all records
 * @start_ns:        when the module was loaded, CLOCK_MONOTONIC
 * @reserved0:       zero
 * @head:            records ever published (C'); alone in its cache line
 * @reserved1:       zero
 * @figures:         see there
 * @max_tasks:       limit: processes registered at once
 * @max_cpu_percent: limit: the sampler's share of one CPU
 * @min_interval_ns: limit: the smallest wish that MP3_IOC_SET_INTERVAL takes
 * @max_interval_ns: limit: the largest one
 * @default_interval_ns: the interval where there is no wish
 * @version:         version of the module, zero-terminated and zero-padded
 */
struct mp3_header {
	__u64 magic;
	__u16 abi_major;
	__u16 abi_minor;
	__u32 header_size;
	__u32 record_size;
	__u32 clock_id;
	__u64 capacity;
	__u64 data_offset;
	__u64 map_size;
	__u64 start_ns;
	__u64 reserved0;

	__u64 head;
	__u64 reserved1[7];

	struct mp3_figures figures;

	__u32 max_tasks;
	__u32 max_cpu_percent;
	__u64 min_interval_ns;
	__u64 max_interval_ns;
	__u64 default_interval_ns;
	char version[MP3_VERSION_LEN];
};

/*
 * The classic buffer: MP3_CLASSIC_PAGES pages of `long`, every word -1 at
 * load. Its first MP3_CLASSIC_WORDS words are a circle of slots, each four
 * words: jiffies, minor faults, major faults, CPU time in jiffies; the sums
 * over all registered processes since the slot before. The words behind the
 * circle stay -1. A slot's first word is written last.
 */
#define MP3_CLASSIC_PAGES 128
#define MP3_CLASSIC_SLOTS 12000
#define MP3_CLASSIC_SLOT_WORDS 4
#define MP3_CLASSIC_WORDS (MP3_CLASSIC_SLOTS * MP3_CLASSIC_SLOT_WORDS)

#define MP3_IOC_MAGIC 0xd3

/*
 * Wish an interval: a pointer to nanoseconds. The sampler runs at the smallest
 * wish among the open files; the wish ends with the file or with another one.
 * Errors: EINVAL outside min_interval_ns..max_interval_ns, EFAULT.
 */
#define MP3_IOC_SET_INTERVAL _IOW(MP3_IOC_MAGIC, 1, __u64)

#ifdef __cplusplus
#define MP3_ABI_ASSERT(what) static_assert(what, #what)
#define MP3_ABI_OFFSET(type, field) __builtin_offsetof(type, field)
#else
#define MP3_ABI_ASSERT(what) _Static_assert(what, #what)
#define MP3_ABI_OFFSET(type, field) __builtin_offsetof(struct type, field)
#endif

MP3_ABI_ASSERT(sizeof(struct mp3_record) == 128);
MP3_ABI_ASSERT(MP3_ABI_OFFSET(mp3_record, flags) == 36);
MP3_ABI_ASSERT(MP3_ABI_OFFSET(mp3_record, min_flt) == 40);
MP3_ABI_ASSERT(MP3_ABI_OFFSET(mp3_record, stime_ns) == 72);
MP3_ABI_ASSERT(MP3_ABI_OFFSET(mp3_record, nvcsw) == 96);
MP3_ABI_ASSERT(MP3_ABI_OFFSET(mp3_record, comm) == 112);

MP3_ABI_ASSERT(sizeof(struct mp3_figures) == 128);
MP3_ABI_ASSERT(MP3_ABI_OFFSET(mp3_figures, sampling_ns) == 56);
MP3_ABI_ASSERT(MP3_ABI_OFFSET(mp3_figures, tasks) == 64);

MP3_ABI_ASSERT(sizeof(struct mp3_header) == 320);
MP3_ABI_ASSERT(MP3_ABI_OFFSET(mp3_header, capacity) == 24);
MP3_ABI_ASSERT(MP3_ABI_OFFSET(mp3_header, head) == 64);
MP3_ABI_ASSERT(MP3_ABI_OFFSET(mp3_header, figures) == 128);
MP3_ABI_ASSERT(MP3_ABI_OFFSET(mp3_header, max_tasks) == 256);
MP3_ABI_ASSERT(MP3_ABI_OFFSET(mp3_header, version) == 288);

#undef MP3_ABI_ASSERT
#undef MP3_ABI_OFFSET

#endif /* _UAPI_MP3_H */
