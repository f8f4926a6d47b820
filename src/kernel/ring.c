// SPDX-License-Identifier: GPL-2.0-only
#include "ring.h"

#include <linux/mm.h>
#include <linux/string.h>
#include <linux/timekeeping.h>
#include <linux/vmalloc.h>

#include "compat.h"
#include "limits.h"
#include "ring_layout.h"

int mp3_ring_create(struct mp3_ring *ring, u32 records)
{
	u64 bytes = mp3_ring_layout_bytes(records, PAGE_SIZE);
	struct mp3_header *header = vmalloc_user(bytes);

	if (!header)
		return -ENOMEM;
	ring->header = header;
	ring->records = (void *)header + PAGE_SIZE;
	ring->capacity = records;
	ring->head = 0;

	header->magic = MP3_MAGIC;
	header->abi_major = MP3_ABI_MAJOR;
	header->abi_minor = MP3_ABI_MINOR;
	header->header_size = sizeof(*header);
	header->record_size = sizeof(struct mp3_record);
	header->clock_id = CLOCK_MONOTONIC;
	header->capacity = records;
	header->data_offset = PAGE_SIZE;
	header->map_size = PAGE_ALIGN(bytes);
	header->start_ns = ktime_get_ns();
	strscpy(header->version, MP3_VERSION, sizeof(header->version));
	return 0;
}

void mp3_ring_destroy(struct mp3_ring *ring)
{
	vfree(ring->header);
}

void mp3_ring_show(struct mp3_ring *ring, const struct mp3_figures *figures)
{
	struct mp3_header *header = ring->header;
	struct mp3_figures *shown = &header->figures;

	WRITE_ONCE(header->max_tasks, READ_ONCE(mp3_limits.max_tasks));
	WRITE_ONCE(header->max_cpu_percent,
		   READ_ONCE(mp3_limits.max_cpu_percent));
	WRITE_ONCE(header->min_interval_ns, mp3_limits_min_interval_ns());
	WRITE_ONCE(header->max_interval_ns, (u64)MP3_LIMITS_MAX_INTERVAL_NS);
	WRITE_ONCE(header->default_interval_ns,
		   mp3_limits_default_interval_ns());

	WRITE_ONCE(shown->last_tick_ns, figures->last_tick_ns);
	WRITE_ONCE(shown->interval_ns, figures->interval_ns);
	WRITE_ONCE(shown->wish_ns, figures->wish_ns);
	WRITE_ONCE(shown->missed_ticks, figures->missed_ticks);
	WRITE_ONCE(shown->throttled_ticks, figures->throttled_ticks);
	WRITE_ONCE(shown->follow_failed, figures->follow_failed);
	WRITE_ONCE(shown->sampling_ns, figures->sampling_ns);
	WRITE_ONCE(shown->tasks, figures->tasks);
	smp_store_release(&shown->tick, figures->tick); /* (F) with (G) */
}

int mp3_ring_map(struct mp3_ring *ring, struct vm_area_struct *vma)
{
	if (vma->vm_flags & (VM_WRITE | VM_EXEC))
		return -EPERM;
	if (!(vma->vm_flags & VM_MAYSHARE)) /* VM_SHARED: and opened to write */
		return -EINVAL;
	/* Without the MAY flags mprotect cannot add what was refused here. */
	mp3_compat_vm_flags_mod(vma, VM_DONTCOPY | VM_DONTDUMP | VM_DONTEXPAND,
				VM_MAYWRITE | VM_MAYEXEC);
	return remap_vmalloc_range(vma, ring->header, 0);
}
