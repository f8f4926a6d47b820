/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * procfs - /proc/mp3/status: who is registered
 */
#ifndef MP3_PROCFS_H
#define MP3_PROCFS_H

int mp3_procfs_init(void);

/* Returns once no reader or writer is inside. */
void mp3_procfs_exit(void);

#endif /* MP3_PROCFS_H */
