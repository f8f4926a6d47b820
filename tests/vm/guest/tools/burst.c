// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * burst PAGES DELAY_MS: sleeps, then touches that many pages as fast as it can
 * and exits at once. Prints nothing; exits with 0 when all were touched.
 */
#define _GNU_SOURCE
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

int main(int argc, char **argv)
{
	if (argc != 3)
		return 2;

	long page = sysconf(_SC_PAGESIZE);
	size_t size = (size_t)(atol(argv[1]) * page);
	volatile char *memory = mmap(NULL, size, PROT_READ | PROT_WRITE,
				     MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	if (memory == MAP_FAILED)
		return 1;
	madvise((void *)memory, size, MADV_NOHUGEPAGE);
	usleep((useconds_t)atol(argv[2]) * 1000);
	for (size_t at = 0; at < size; at += (size_t)page)
		memory[at] = 1;
	_exit(0);
}
