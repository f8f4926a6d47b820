// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * monitor - the reader of the CS 423 exercise, as its handout describes it:
 * maps "node" in the current directory, prints four numbers a slot, gives the
 * slots back as -1, ends at the first slot that was not written.
 */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#define PAGES 128
#define PAGE_BYTES 4096
#define WORDS (12000 * 4)

int main(void)
{
	int fd = open("node", O_RDWR | O_SYNC);

	if (fd < 0) {
		perror("open node");
		return 1;
	}

	long *buffer = mmap(NULL, PAGES * PAGE_BYTES, PROT_READ | PROT_WRITE,
			    MAP_SHARED, fd, 0);
	if (buffer == MAP_FAILED) {
		perror("mmap");
		return 1;
	}

	int at = 0;

	while (at < WORDS && buffer[at] == -1)
		at++;
	/* Of an empty buffer, this looks at the first word behind the circle. */
	while (buffer[at] != -1) {
		printf("%ld", buffer[at]);
		buffer[at++] = -1;
		for (int word = 1; word < 4; word++) {
			printf(" %ld", buffer[at]);
			buffer[at++] = -1;
		}
		printf("\n");
		if (at >= WORDS)
			at = 0;
	}

	munmap(buffer, PAGES * PAGE_BYTES);
	close(fd);
	return 0;
}
