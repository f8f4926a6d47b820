/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * classic - the buffer of the CS 423 exercise
 *
 * A circle of slots (uapi/mp3.h) that one reader consumes by writing -1 back.
 * The buffer is mapped writable: it is written here and never read. It knows
 * no tasks; the caller serializes add and close_slot.
 */
#ifndef MP3_CLASSIC_H
#define MP3_CLASSIC_H

#include <linux/time64.h>
#include <linux/types.h>

struct vm_area_struct;

#define MP3_CLASSIC_INTERVAL_NS (50 * NSEC_PER_MSEC)

/* Sums over all processes that were ever registered. */
struct mp3_classic_sums {
	u64 min_flt;
	u64 maj_flt;
	u64 cpu_ns;
};

struct mp3_classic {
	long *words; /* vmalloc, MP3_CLASSIC_PAGES */
	u64 slots;   /* slots ever written */
	struct mp3_classic_sums sums; /* to be added to */
	struct mp3_classic_sums shown; /* what the slots add up to */
};

int mp3_classic_create(struct mp3_classic *classic);
void mp3_classic_destroy(struct mp3_classic *classic);

/* Write the slot that is open, and open the next. */
void mp3_classic_close_slot(struct mp3_classic *classic);

/* Map the buffer, shared. Errors: EINVAL, ENOMEM. */
int mp3_classic_map(struct mp3_classic *classic, struct vm_area_struct *vma);

#endif /* MP3_CLASSIC_H */
