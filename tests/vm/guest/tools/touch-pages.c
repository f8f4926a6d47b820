// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * touch-pages CHILDREN PAGES: so many short children, one after the other, of
 * so many pages each. Prints "PID MINFLT MAJFLT CPU_NS" of each, as wait4()
 * says, and of itself as getrusage() says, as the last line.
 */
#define _GNU_SOURCE
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

static int touch(long pages)
{
	long page = sysconf(_SC_PAGESIZE);
	size_t size = (size_t)(pages * page);
	volatile char *memory = mmap(NULL, size, PROT_READ | PROT_WRITE,
				     MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	if (memory == MAP_FAILED)
		return 1;
	madvise((void *)memory, size, MADV_NOHUGEPAGE);
	for (size_t at = 0; at < size; at += (size_t)page)
		memory[at] = 1;
	return 0;
}

static void print(pid_t pid, const struct rusage *usage)
{
	long microseconds = (usage->ru_utime.tv_sec + usage->ru_stime.tv_sec) * 1000000L +
			    usage->ru_utime.tv_usec + usage->ru_stime.tv_usec;

	printf("%d %ld %ld %ld000\n", pid, usage->ru_minflt, usage->ru_majflt,
	       microseconds);
}

int main(int argc, char **argv)
{
	struct rusage usage;

	if (argc != 3)
		return 2;
	for (long i = 0; i < atol(argv[1]); i++) {
		int status;
		pid_t pid = fork();

		if (pid == 0)
			_exit(touch(atol(argv[2])));
		if (wait4(pid, &status, 0, &usage) != pid || status != 0)
			return 1;
		print(pid, &usage);
	}
	getrusage(RUSAGE_SELF, &usage);
	print(getpid(), &usage);
	return 0;
}
