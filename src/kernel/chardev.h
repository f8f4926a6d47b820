/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * chardev - /dev/mp3: the samples
 */
#ifndef MP3_CHARDEV_H
#define MP3_CHARDEV_H

int mp3_chardev_init(void);

/* No file is open: each holds a reference to the module. */
void mp3_chardev_exit(void);

#endif /* MP3_CHARDEV_H */
