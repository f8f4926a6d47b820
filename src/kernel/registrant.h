/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * registrant - who writes to /proc/mp3/status, and what that allows
 *
 * The credentials are those with which the file was opened: a descriptor that
 * reached a setuid program gives its owner nothing.
 */
#ifndef MP3_REGISTRANT_H
#define MP3_REGISTRANT_H

#include <linux/types.h>

struct cred;
struct file;
struct task_struct;

struct mp3_registrant {
	const struct cred *cred;
	bool capable; /* CAP_PERFMON or CAP_SYS_ADMIN in the initial user ns */
};

/* Good as long as @file is open; who keeps it longer takes a reference. */
struct mp3_registrant mp3_registrant_of(const struct file *file);

/* Whether who is not capable has all IDs and every capability of @target. */
bool mp3_registrant_covers(const struct mp3_registrant *registrant,
			   const struct cred *target);

/*
 * As in perf: may a process with the credentials @target be inspected? By the
 * capable, or by who has all its user and group IDs and every capability that
 * it might use. Caller holds RCU.
 */
static inline bool
mp3_registrant_may_inspect(const struct mp3_registrant *registrant,
			   const struct cred *target)
{
	return registrant->capable || mp3_registrant_covers(registrant, target);
}

bool mp3_registrant_same_user(const struct mp3_registrant *registrant,
			      const struct mp3_registrant *other);

/* Is @task's process run by this user? */
bool mp3_registrant_owns(const struct mp3_registrant *registrant,
			 struct task_struct *task);

#endif /* MP3_REGISTRANT_H */
