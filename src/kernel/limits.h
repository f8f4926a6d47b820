/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * limits - the module's parameters, each within hard bounds
 *
 * They may change at any time through sysfs, ring_records and major excepted:
 * read each once, with READ_ONCE, where it is used.
 */
#ifndef MP3_LIMITS_H
#define MP3_LIMITS_H

#include <linux/time64.h>
#include <linux/types.h>

struct mp3_limits {
	unsigned int max_tasks;
	unsigned int ring_records;
	unsigned int default_interval_us;
	unsigned int min_interval_us;
	unsigned int max_cpu_percent;
	unsigned int major;
};

extern struct mp3_limits mp3_limits;

/* So that every process has a record each second, and a wish means something. */
#define MP3_LIMITS_MAX_INTERVAL_NS NSEC_PER_SEC

static inline u64 mp3_limits_min_interval_ns(void)
{
	return (u64)READ_ONCE(mp3_limits.min_interval_us) * NSEC_PER_USEC;
}

static inline u64 mp3_limits_default_interval_ns(void)
{
	return (u64)READ_ONCE(mp3_limits.default_interval_us) * NSEC_PER_USEC;
}

/* Check what no single parameter can: call once at load. */
int mp3_limits_check(void);

#endif /* MP3_LIMITS_H */
