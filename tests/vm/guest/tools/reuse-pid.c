// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * reuse-pid PAGES_A PAGES_B: two processes with the same PID, one after the
 * other; the second by clone3() with set_tid. Prints "PID MINFLT_A MINFLT_B",
 * the faults as wait4() says. Needs CAP_CHECKPOINT_RESTORE or root.
 */
#define _GNU_SOURCE
#include <linux/sched.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

static void touch(long pages)
{
	long page = sysconf(_SC_PAGESIZE);
	size_t size = (size_t)(pages * page);
	volatile char *memory = mmap(NULL, size, PROT_READ | PROT_WRITE,
				     MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	if (memory == MAP_FAILED)
		_exit(1);
	madvise((void *)memory, size, MADV_NOHUGEPAGE);
	for (size_t at = 0; at < size; at += (size_t)page)
		memory[at] = 1;
}

/* The child's faults as wait4() says; -1 when it failed. */
static long reap(pid_t pid)
{
	struct rusage usage;
	int status;

	if (wait4(pid, &status, 0, &usage) != pid || status != 0)
		return -1;
	return usage.ru_minflt;
}

int main(int argc, char **argv)
{
	if (argc != 3)
		return 2;

	pid_t pid = fork();

	if (pid == 0) {
		touch(atol(argv[1]));
		_exit(0);
	}

	long first = reap(pid);
	struct clone_args args;

	memset(&args, 0, sizeof(args));
	args.exit_signal = SIGCHLD;
	args.set_tid = (uint64_t)(uintptr_t)&pid;
	args.set_tid_size = 1;

	long again = syscall(SYS_clone3, &args, sizeof(args));

	if (again == 0) {
		touch(atol(argv[2]));
		_exit(0);
	}
	if (again != pid) {
		perror("clone3 with set_tid");
		return 1;
	}

	long second = reap(pid);

	printf("%d %ld %ld\n", pid, first, second);
	return first < 0 || second < 0;
}
