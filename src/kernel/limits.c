// SPDX-License-Identifier: GPL-2.0-only
#include "limits.h"

#include <linux/log2.h>
#include <linux/module.h>
#include <linux/moduleparam.h>

#include "ring_layout.h"

struct mp3_limits mp3_limits = {
	.max_tasks = 16384,
	.ring_records = 65536,
	.default_interval_us = 50000,
	.min_interval_us = 1000,
	.max_cpu_percent = 5,
	.major = 0,
};

struct bounded {
	unsigned int *value;
	unsigned int min;
	unsigned int max;
};

static int set_bounded(const char *text, const struct kernel_param *param)
{
	const struct bounded *bounded = param->arg;
	unsigned int value;
	int err;

	err = kstrtouint(text, 0, &value);
	if (err)
		return err;
	if (value < bounded->min || value > bounded->max)
		return -EINVAL;
	WRITE_ONCE(*bounded->value, value);
	return 0;
}

static int get_bounded(char *buffer, const struct kernel_param *param)
{
	const struct bounded *bounded = param->arg;

	return sysfs_emit(buffer, "%u\n", READ_ONCE(*bounded->value));
}

static const struct kernel_param_ops bounded_ops = {
	.set = set_bounded,
	.get = get_bounded,
};

#define MP3_LIMIT(name, min, max, mode, text)                                  \
	static struct bounded name##_bounds = { &mp3_limits.name, min, max };  \
	module_param_cb(name, &bounded_ops, &name##_bounds, mode);             \
	MODULE_PARM_DESC(name, text)

MP3_LIMIT(max_tasks, 1, 131072, 0644,
	  "processes registered at once (1-131072, default 16384)");
MP3_LIMIT(ring_records, MP3_RING_MIN_RECORDS, MP3_RING_MAX_RECORDS, 0444,
	  "records in the ring, a power of two (64-1048576, default 65536)");
MP3_LIMIT(default_interval_us, 100, USEC_PER_SEC, 0644,
	  "interval where no reader wishes one (100-1000000, default 50000)");
MP3_LIMIT(min_interval_us, 100, USEC_PER_SEC, 0644,
	  "smallest interval to be wished (100-1000000, default 1000)");
MP3_LIMIT(max_cpu_percent, 1, 100, 0644,
	  "share of one CPU that the sampler may take (1-100, default 5)");
MP3_LIMIT(major, 0, 511, 0444,
	  "major number of /dev/mp3 (0-511, default 0: any free one)");

int mp3_limits_check(void)
{
	unsigned int records = mp3_limits.ring_records;

	if (!is_power_of_2(records)) {
		pr_err("ring_records=%u is not a power of two\n", records);
		return -EINVAL;
	}
	/* A pass must fit the ring, or no reader could keep up with it. */
	if (mp3_limits.max_tasks > records / 2) {
		pr_err("ring_records=%u is less than twice max_tasks=%u\n",
		       records, mp3_limits.max_tasks);
		return -EINVAL;
	}
	max_tasks_bounds.max = min(max_tasks_bounds.max, records / 2);
	return 0;
}
