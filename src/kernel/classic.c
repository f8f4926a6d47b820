// SPDX-License-Identifier: GPL-2.0-only
#include "classic.h"

#include <linux/jiffies.h>
#include <linux/math64.h>
#include <linux/mm.h>
#include <linux/string.h>
#include <linux/vmalloc.h>

#include "ring_layout.h"

#define CLASSIC_BYTES (MP3_CLASSIC_PAGES * PAGE_SIZE)
#define CLASSIC_EMPTY (-1L)

int mp3_classic_create(struct mp3_classic *classic)
{
	classic->words = vmalloc_user(CLASSIC_BYTES);
	if (!classic->words)
		return -ENOMEM;
	memset(classic->words, 0xff, CLASSIC_BYTES); /* every word EMPTY */
	return 0;
}

void mp3_classic_destroy(struct mp3_classic *classic)
{
	vfree(classic->words);
}

/* Whole jiffies of the total, so that the slots add up to the true sum. */
static long cpu_jiffies(const struct mp3_classic *classic)
{
	return div_u64(classic->sums.cpu_ns, TICK_NSEC) -
	       div_u64(classic->shown.cpu_ns, TICK_NSEC);
}

void mp3_classic_close_slot(struct mp3_classic *classic)
{
	long *slot = classic->words + mp3_classic_layout_word(classic->slots);
	long now = jiffies;

	/* A reader tests word 0 alone: it must never see half a slot. */
	WRITE_ONCE(slot[0], CLASSIC_EMPTY);
	smp_wmb(); /* the old slot is gone before the new one comes */
	WRITE_ONCE(slot[1], classic->sums.min_flt - classic->shown.min_flt);
	WRITE_ONCE(slot[2], classic->sums.maj_flt - classic->shown.maj_flt);
	WRITE_ONCE(slot[3], cpu_jiffies(classic));
	/* Word 0 last; a reader in user space has no better partner for it. */
	smp_store_release(&slot[0], now == CLASSIC_EMPTY ? 0 : now);

	classic->shown = classic->sums;
	classic->slots++;
}

int mp3_classic_map(struct mp3_classic *classic, struct vm_area_struct *vma)
{
	if (!(vma->vm_flags & VM_MAYSHARE)) /* VM_SHARED: and opened to write */
		return -EINVAL;
	return remap_vmalloc_range(vma, classic->words, 0);
}
