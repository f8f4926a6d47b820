// SPDX-License-Identifier: GPL-2.0-only
#include "procfs.h"

#include <linux/err.h>
#include <linux/fs.h>
#include <linux/mm.h>
#include <linux/proc_fs.h>
#include <linux/sched/signal.h>
#include <linux/seq_file.h>
#include <linux/slab.h>
#include <linux/string.h>

#include "profiler.h"
#include "registrant.h"
#include "status_command.h"

static int show(struct seq_file *seq, void *unused)
{
	mp3_profiler_list(seq);
	return 0;
}

static int open(struct inode *inode, struct file *file)
{
	if (!(file->f_mode & FMODE_READ))
		return single_open(file, show, NULL);
	return single_open_size(file, show, NULL, mp3_profiler_list_size());
}

static int run_line(const struct mp3_registrant *registrant, const char *line,
		    size_t length)
{
	struct mp3_status_command command;

	if (!mp3_status_command_parse(line, length, &command))
		return -EINVAL;
	switch (command.verb) {
	case MP3_STATUS_REGISTER:
		return mp3_profiler_register(registrant, command.pid,
					     command.follow);
	case MP3_STATUS_UNREGISTER:
		return mp3_profiler_unregister(registrant, command.pid);
	case MP3_STATUS_UNREGISTER_ALL:
		mp3_profiler_unregister_all(registrant);
		return 0;
	}
	return -EINVAL;
}

/* Returns the bytes of the lines that took effect, or the first one's error. */
static ssize_t run_lines(const struct mp3_registrant *registrant,
			 const char *text, size_t size)
{
	size_t done = 0;

	while (done < size) {
		const char *line = text + done;
		const char *newline = memchr(line, '\n', size - done);
		size_t length = newline ? newline - line : size - done;
		int err = fatal_signal_pending(current) ?
				  -EINTR :
				  run_line(registrant, line, length);

		if (err)
			return done ? done : err;
		done += length + !!newline;
		cond_resched();
	}
	return done;
}

static ssize_t write(struct file *file, const char __user *buffer, size_t size,
		     loff_t *offset)
{
	const struct mp3_registrant registrant = mp3_registrant_of(file);
	ssize_t result;
	char *text;

	if (size > PAGE_SIZE)
		return -EMSGSIZE;
	text = memdup_user_nul(buffer, size);
	if (IS_ERR(text))
		return PTR_ERR(text);
	result = run_lines(&registrant, text, size);
	kfree(text);
	return result;
}

static const struct proc_ops status_ops = {
	.proc_open = open,
	.proc_read = seq_read,
	.proc_write = write,
	.proc_lseek = seq_lseek,
	.proc_release = single_release,
};

int mp3_procfs_init(void)
{
	struct proc_dir_entry *directory = proc_mkdir("mp3", NULL);

	if (!directory)
		return -ENOMEM;
	if (!proc_create("status", 0666, directory, &status_ops)) {
		mp3_procfs_exit();
		return -ENOMEM;
	}
	return 0;
}

void mp3_procfs_exit(void)
{
	remove_proc_subtree("mp3", NULL);
}
