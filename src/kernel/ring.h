/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * ring - the records that readers map read-only
 *
 * It knows no tasks. One producer: the caller serializes publish and show.
 * The protocol is drawn in uapi/mp3.h. The shared pages are written only;
 * nothing is ever read back from them.
 */
#ifndef MP3_RING_H
#define MP3_RING_H

#include <linux/types.h>

struct mp3_figures;
struct mp3_header;
struct mp3_record;
struct vm_area_struct;

struct mp3_ring {
	struct mp3_header *header; /* vmalloc: header page, then records */
	struct mp3_record *records;
	u64 capacity; /* records, a power of two */
	u64 head;     /* records ever published */
};

int mp3_ring_create(struct mp3_ring *ring, u32 records);
void mp3_ring_destroy(struct mp3_ring *ring);

/* Publish @record; its seq is set here. */
void mp3_ring_publish(struct mp3_ring *ring, struct mp3_record *record);

/* Show @figures and the limits in the header; the tick last (F). */
void mp3_ring_show(struct mp3_ring *ring, const struct mp3_figures *figures);

/* Map a prefix of whole pages read-only. Errors: EPERM, EINVAL, ENOMEM. */
int mp3_ring_map(struct mp3_ring *ring, struct vm_area_struct *vma);

#endif /* MP3_RING_H */
