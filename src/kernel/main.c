// SPDX-License-Identifier: GPL-2.0-only
/*
 * mp3 - page faults and CPU time of registered processes, through mapped memory
 */
#include <linux/init.h>
#include <linux/module.h>

#include "chardev.h"
#include "limits.h"
#include "procfs.h"
#include "profiler.h"

static int __init mp3_init(void)
{
	int err = mp3_limits_check();

	if (err)
		return err;
	err = mp3_profiler_init();
	if (err)
		return err;
	err = mp3_procfs_init();
	if (err)
		goto exit_profiler;
	err = mp3_chardev_init();
	if (err)
		goto exit_procfs;
	pr_info("loaded, version %s\n", MP3_VERSION);
	return 0;

exit_procfs:
	mp3_procfs_exit();
exit_profiler:
	mp3_profiler_exit();
	return err;
}

static void __exit mp3_exit(void)
{
	mp3_chardev_exit();
	mp3_procfs_exit();
	mp3_profiler_exit();
}

module_init(mp3_init);
module_exit(mp3_exit);

MODULE_LICENSE("GPL");
MODULE_AUTHOR("the mp3prof authors");
MODULE_DESCRIPTION("Page faults and CPU time of registered processes");
MODULE_VERSION(MP3_VERSION);
