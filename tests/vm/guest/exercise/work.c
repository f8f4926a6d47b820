// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * work - the workload of the CS 423 exercise, as its handout describes it:
 *
 *     work SIZE_MIB R|L ACCESSES [ITERATIONS]
 *
 * It registers itself through a shell with its thread ID, touches its memory
 * at random (R) or mostly near the last place (L), once a second, and
 * unregisters the same way. The last line is for the test: its page faults
 * and CPU time in microseconds, between the two.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#define MIB (1024L * 1024)
#define BLOCKS 1024

static char *blocks[BLOCKS];

static int tell(char letter, long tid)
{
	char command[100];

	snprintf(command, sizeof(command), "echo '%c %ld' > //proc/mp3/status",
		 letter, tid);
	return system(command);
}

static void touch(long size, int local, long accesses)
{
	long at = 0;

	for (long i = 0; i < accesses; i++) {
		if (!local || i % 5 == 0)
			at = (((long)rand() << 16) ^ rand()) % (size * MIB);
		else
			at = (at + rand() % 300) % (size * MIB);
		blocks[at / MIB][at % MIB] = (char)i;
	}
}

static long microseconds(const struct rusage *usage)
{
	return (usage->ru_utime.tv_sec + usage->ru_stime.tv_sec) * 1000000L +
	       usage->ru_utime.tv_usec + usage->ru_stime.tv_usec;
}

int main(int argc, char **argv)
{
	struct rusage before, after;

	if (argc < 4 || atol(argv[1]) < 1 || atol(argv[1]) > BLOCKS)
		return 2;
	long size = atol(argv[1]);
	int local = argv[2][0] == 'L';
	long accesses = atol(argv[3]);
	int iterations = argc > 4 ? atoi(argv[4]) : 20;
	long tid = syscall(SYS_gettid);

	printf("A work prcess starts (configuration: %ld %d %ld)\n", size, local,
	       accesses);
	fflush(stdout);
	if (tell('R', tid) != 0)
		return 1;
	getrusage(RUSAGE_SELF, &before);
	for (long i = 0; i < size; i++) {
		blocks[i] = malloc(MIB);
		if (!blocks[i])
			return 1;
	}
	for (int i = 0; i < iterations; i++) {
		printf("[%ld] %d iteration\n", tid, i);
		touch(size, local, accesses);
		sleep(1);
	}
	getrusage(RUSAGE_SELF, &after);
	if (tell('U', tid) != 0)
		return 1;
	printf("[%ld] %ld %ld %ld\n", tid, after.ru_minflt - before.ru_minflt,
	       after.ru_majflt - before.ru_majflt,
	       microseconds(&after) - microseconds(&before));
	return 0;
}
