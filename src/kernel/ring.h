/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * ring - the records that readers map read-only
 *
 * It knows no tasks. One producer: the caller serializes all but map.
 * The protocol is drawn in uapi/mp3.h. The shared pages are written only;
 * nothing is ever read back from them.
 */
#ifndef MP3_RING_H
#define MP3_RING_H

#include <linux/compiler.h>
#include <linux/types.h>

#include <asm/barrier.h>

#include "ring_layout.h"

struct vm_area_struct;

struct mp3_ring {
	struct mp3_header *header; /* vmalloc: header page, then records */
	struct mp3_record *records;
	u64 capacity; /* records, a power of two */
	u64 head;     /* records ever published */
};

int mp3_ring_create(struct mp3_ring *ring, u32 records);
void mp3_ring_destroy(struct mp3_ring *ring);

/* The slot of the next record, to be written but for its seq; then publish it. */
static inline struct mp3_record *mp3_ring_open(struct mp3_ring *ring)
{
	u64 index = mp3_ring_layout_slot(ring->head, ring->capacity);
	struct mp3_record *slot = &ring->records[index];

	WRITE_ONCE(slot->seq, 0);
	smp_wmb(); /* (A) pairs with the reader's (E) */
	return slot;
}

static inline void mp3_ring_publish(struct mp3_ring *ring,
				    struct mp3_record *slot)
{
	u64 head = ring->head + 1;

	ring->head = head;
	smp_store_release(&slot->seq, head);	      /* (B) with (C) */
	smp_store_release(&ring->header->head, head); /* (C') with (D) */
}

/* Show @figures and the limits in the header; the tick last (F). */
void mp3_ring_show(struct mp3_ring *ring, const struct mp3_figures *figures);

/* Map a prefix of whole pages read-only. Errors: EPERM, EINVAL, ENOMEM. */
int mp3_ring_map(struct mp3_ring *ring, struct vm_area_struct *vma);

#endif /* MP3_RING_H */
