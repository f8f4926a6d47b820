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
		.uid = file->f_cred->uid,
		.gid = file->f_cred->gid,
		.capable = file_ns_capable(file, &init_user_ns, CAP_PERFMON) ||
			   file_ns_capable(file, &init_user_ns, CAP_SYS_ADMIN),
	};
}

bool mp3_registrant_may_inspect(const struct mp3_registrant *registrant,
				struct task_struct *task)
{
	const kuid_t uid = registrant->uid;
	const kgid_t gid = registrant->gid;
	const struct cred *cred;
	bool match;

	if (registrant->capable)
		return true;
	rcu_read_lock();
	cred = __task_cred(mp3_counters_leader(task));
	match = uid_eq(uid, cred->uid) && uid_eq(uid, cred->euid) &&
		uid_eq(uid, cred->suid) && gid_eq(gid, cred->gid) &&
		gid_eq(gid, cred->egid) && gid_eq(gid, cred->sgid);
	rcu_read_unlock();
	return match;
}

bool mp3_registrant_owns(const struct mp3_registrant *registrant,
			 struct task_struct *task)
{
	bool owns;

	rcu_read_lock();
	owns = uid_eq(registrant->uid, task_uid(mp3_counters_leader(task)));
	rcu_read_unlock();
	return owns;
}
