// SPDX-License-Identifier: GPL-2.0-only
#include "chardev.h"

#include <linux/capability.h>
#include <linux/cdev.h>
#include <linux/device.h>
#include <linux/err.h>
#include <linux/fs.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/pid_namespace.h>
#include <linux/poll.h>
#include <linux/sched.h>
#include <linux/slab.h>
#include <linux/spinlock.h>
#include <linux/uaccess.h>
#include <linux/wait.h>

#include "compat.h"
#include "limits.h"
#include "profiler.h"
#include "uapi/mp3.h"

#define REGION_NAME "mp3_chrdev" /* what the exercise's users look for */
#define DEVICE_NAME "mp3"

struct reader {
	struct mp3_wish wish;
	spinlock_t lock; /* protects seen */
	u64 seen;	 /* ticks that were read */
};

/* Ticks since the last call; they count as read. */
static u64 take_ticks(struct reader *reader)
{
	u64 ticks;

	spin_lock(&reader->lock);
	ticks = mp3_profiler_ticks() - reader->seen;
	reader->seen += ticks;
	spin_unlock(&reader->lock);
	return ticks;
}

static void give_back_ticks(struct reader *reader, u64 ticks)
{
	spin_lock(&reader->lock);
	reader->seen -= ticks;
	spin_unlock(&reader->lock);
}

static bool has_ticks(struct reader *reader)
{
	bool has;

	spin_lock(&reader->lock);
	has = mp3_profiler_ticks() != reader->seen;
	spin_unlock(&reader->lock);
	return has;
}

static int open(struct inode *inode, struct file *file)
{
	struct reader *reader;

	/* The records bear global PIDs: none of a container's business. */
	if (task_active_pid_ns(current) != &init_pid_ns && !perfmon_capable())
		return -EPERM;
	reader = kzalloc(sizeof(*reader), GFP_KERNEL);
	if (!reader)
		return -ENOMEM;
	spin_lock_init(&reader->lock);
	reader->seen = mp3_profiler_ticks();
	file->private_data = reader;
	mp3_profiler_show();
	return nonseekable_open(inode, file);
}

static int release(struct inode *inode, struct file *file)
{
	struct reader *reader = file->private_data;

	mp3_profiler_forget(&reader->wish);
	kfree(reader);
	return 0;
}

static ssize_t read(struct file *file, char __user *buffer, size_t size,
		    loff_t *offset)
{
	struct reader *reader = file->private_data;
	u64 ticks;
	int err;

	if (size < sizeof(ticks))
		return -EINVAL;
	while (!(ticks = take_ticks(reader))) {
		if (file->f_flags & O_NONBLOCK)
			return -EAGAIN;
		err = wait_event_interruptible(*mp3_profiler_readers(),
					       has_ticks(reader));
		if (err)
			return err;
	}
	if (copy_to_user(buffer, &ticks, sizeof(ticks))) {
		give_back_ticks(reader, ticks);
		return -EFAULT;
	}
	return sizeof(ticks);
}

static __poll_t poll(struct file *file, poll_table *table)
{
	poll_wait(file, mp3_profiler_readers(), table);
	return has_ticks(file->private_data) ? EPOLLIN | EPOLLRDNORM : 0;
}

static long ioctl(struct file *file, unsigned int command, unsigned long arg)
{
	struct reader *reader = file->private_data;
	u64 interval_ns;

	if (command != MP3_IOC_SET_INTERVAL)
		return -ENOTTY;
	if (copy_from_user(&interval_ns, (void __user *)arg,
			   sizeof(interval_ns)))
		return -EFAULT;
	return mp3_profiler_wish(&reader->wish, interval_ns);
}

static int mmap(struct file *file, struct vm_area_struct *vma)
{
	switch (vma->vm_pgoff) {
	case 0:
		return mp3_profiler_map_classic(vma);
	case MP3_RING_OFFSET >> PAGE_SHIFT:
		return mp3_profiler_map_ring(vma);
	}
	return -EINVAL;
}

static const struct file_operations reader_ops = {
	.owner = THIS_MODULE,
	.open = open,
	.release = release,
	.read = read,
	.poll = poll,
	.unlocked_ioctl = ioctl,
	.compat_ioctl = compat_ptr_ioctl,
	.mmap = mmap,
};

static struct {
	dev_t number;
	struct cdev cdev;
	struct class *class;
} chardev;

static int allocate_number(void)
{
	if (!mp3_limits.major)
		return alloc_chrdev_region(&chardev.number, 0, 1, REGION_NAME);
	chardev.number = MKDEV(mp3_limits.major, 0);
	return register_chrdev_region(chardev.number, 1, REGION_NAME);
}

int mp3_chardev_init(void)
{
	struct device *device;
	int err = allocate_number();

	if (err)
		return err;
	chardev.class = mp3_compat_class_create(DEVICE_NAME);
	if (IS_ERR(chardev.class)) {
		err = PTR_ERR(chardev.class);
		goto release_number;
	}
	device = device_create(chardev.class, NULL, chardev.number, NULL,
			       DEVICE_NAME);
	if (IS_ERR(device)) {
		err = PTR_ERR(device);
		goto destroy_class;
	}
	/* Last: a file that is open outlives a load that fails. */
	cdev_init(&chardev.cdev, &reader_ops);
	chardev.cdev.owner = THIS_MODULE;
	err = cdev_add(&chardev.cdev, chardev.number, 1);
	if (err)
		goto destroy_device;
	return 0;

destroy_device:
	device_destroy(chardev.class, chardev.number);
destroy_class:
	class_destroy(chardev.class);
release_number:
	unregister_chrdev_region(chardev.number, 1);
	return err;
}

void mp3_chardev_exit(void)
{
	device_destroy(chardev.class, chardev.number);
	cdev_del(&chardev.cdev);
	class_destroy(chardev.class);
	unregister_chrdev_region(chardev.number, 1);
}
