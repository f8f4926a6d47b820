/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * ring_layout - where things are in the ring and in the classic buffer
 *
 * Arithmetic only: it compiles in user space too.
 */
#ifndef MP3_RING_LAYOUT_H
#define MP3_RING_LAYOUT_H

#include "uapi/mp3.h"

/* Hard bounds of the parameter ring_records: 8 KiB to 128 MiB of records. */
#define MP3_RING_MIN_RECORDS 64U
#define MP3_RING_MAX_RECORDS 1048576U

/* The header has a page of its own: @page_size bytes. */
static inline __u64 mp3_ring_layout_bytes(__u32 records, __u32 page_size)
{
	return page_size + (__u64)records * sizeof(struct mp3_record);
}

/* Slot of the record with free-running index @index; @capacity is a power of two. */
static inline __u64 mp3_ring_layout_slot(__u64 index, __u64 capacity)
{
	return index & (capacity - 1);
}

/* First word of the classic slot with free-running index @index. */
static inline __u32 mp3_classic_layout_word(__u64 index)
{
	return (__u32)(index % MP3_CLASSIC_SLOTS) * MP3_CLASSIC_SLOT_WORDS;
}

#endif /* MP3_RING_LAYOUT_H */
