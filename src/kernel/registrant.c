// SPDX-License-Identifier: GPL-2.0-only
#include "registrant.h"

#include <linux/capability.h>
#include <linux/cred.h>
#include <linux/fs.h>
#include <linux/rcupdate.h>
#include <linux/user_namespace.h>

#include "counters.h"

struct mp3_registrant mp3_registrant_of(const struct file *file)
{
	return (struct mp3_registrant){
		.cred = file->f_cred,
		.capable = file_ns_capable(file, &init_user_ns, CAP_PERFMON) ||
			   file_ns_capable(file, &init_user_ns, CAP_SYS_ADMIN),
	};
}

static bool has_ids_of(const struct cred *cred, const struct cred *target)
{
	const kuid_t uid = cred->uid;
	const kgid_t gid = cred->gid;

	return uid_eq(uid, target->uid) && uid_eq(uid, target->euid) &&
	       uid_eq(uid, target->suid) && gid_eq(gid, target->gid) &&
	       gid_eq(gid, target->egid) && gid_eq(gid, target->sgid);
}

/* A program may have file capabilities and keep its caller's IDs. */
static bool has_powers_of(const struct cred *cred, const struct cred *target)
{
	/* Those over another user namespace count for nothing here. */
	if (target->user_ns != &init_user_ns)
		return true;
	return cap_isclear(target->cap_permitted) ||
	       (cred->user_ns == &init_user_ns &&
		cap_issubset(target->cap_permitted, cred->cap_permitted));
}

bool mp3_registrant_covers(const struct mp3_registrant *registrant,
			   const struct cred *target)
{
	return has_ids_of(registrant->cred, target) &&
	       has_powers_of(registrant->cred, target);
}

bool mp3_registrant_same_user(const struct mp3_registrant *registrant,
			      const struct mp3_registrant *other)
{
	return uid_eq(registrant->cred->uid, other->cred->uid);
}

bool mp3_registrant_owns(const struct mp3_registrant *registrant,
			 struct task_struct *task)
{
	bool owns;

	rcu_read_lock();
	owns = uid_eq(registrant->cred->uid,
		      task_uid(mp3_counters_leader(task)));
	rcu_read_unlock();
	return owns;
}
