// SPDX-License-Identifier: GPL-2.0-or-later
// A plugin of qemu: counts executed instructions by address while the guest has
// asked for it, and prints "ADDRESS COUNT" at the end. The guest asks by two
// instructions that do nothing: see profile.cpp.
//
// Debian has no header for plugins. What is declared here is what qemu 7.2 and
// its API version 1 have.
#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef uint64_t qemu_plugin_id_t;
struct qemu_plugin_tb;
struct qemu_plugin_insn;
enum { QEMU_PLUGIN_CB_NO_REGS };

void qemu_plugin_register_vcpu_tb_trans_cb(qemu_plugin_id_t id,
	void (*cb)(qemu_plugin_id_t id, struct qemu_plugin_tb *tb));
void qemu_plugin_register_vcpu_insn_exec_cb(struct qemu_plugin_insn *insn,
	void (*cb)(unsigned int cpu, void *data), int flags, void *data);
void qemu_plugin_register_vcpu_tb_exec_cb(struct qemu_plugin_tb *tb,
	void (*cb)(unsigned int cpu, void *data), int flags, void *data);
void qemu_plugin_register_atexit_cb(qemu_plugin_id_t id,
	void (*cb)(qemu_plugin_id_t id, void *data), void *data);
size_t qemu_plugin_tb_n_insns(const struct qemu_plugin_tb *tb);
struct qemu_plugin_insn *qemu_plugin_tb_get_insn(const struct qemu_plugin_tb *tb, size_t i);
const void *qemu_plugin_insn_data(const struct qemu_plugin_insn *insn);
size_t qemu_plugin_insn_size(const struct qemu_plugin_insn *insn);
uint64_t qemu_plugin_insn_vaddr(const struct qemu_plugin_insn *insn);

__attribute__((visibility("default"))) int qemu_plugin_version = 1;

// nopl with an offset of ours.
static const unsigned char start_mark[] = { 0x0f, 0x1f, 0x84, 0x00, 0x01, 'p', 'm', '3' };
static const unsigned char stop_mark[] = { 0x0f, 0x1f, 0x84, 0x00, 0x02, 'p', 'm', '3' };

static bool counting;

// Translated anew, a block gets another of these: who reads the lines adds up.
struct block {
	struct block *next;
	uint64_t address;
	size_t instructions;
	uint64_t times;
};
static struct block *blocks;

static void start(unsigned int cpu, void *data)
{
	counting = true;
}

static void stop(unsigned int cpu, void *data)
{
	counting = false;
}

static void count(unsigned int cpu, void *data)
{
	struct block *block = data;

	if (counting)
		block->times++;
}

static bool is(struct qemu_plugin_insn *insn, const unsigned char mark[8])
{
	return qemu_plugin_insn_size(insn) == 8 &&
	       !memcmp(qemu_plugin_insn_data(insn), mark, 8);
}

static void translated(qemu_plugin_id_t id, struct qemu_plugin_tb *tb)
{
	struct block *block = calloc(1, sizeof(*block));
	size_t i;

	block->instructions = qemu_plugin_tb_n_insns(tb);
	block->address = qemu_plugin_insn_vaddr(qemu_plugin_tb_get_insn(tb, 0));
	block->next = blocks;
	blocks = block;
	qemu_plugin_register_vcpu_tb_exec_cb(tb, count, QEMU_PLUGIN_CB_NO_REGS, block);
	for (i = 0; i < block->instructions; i++) {
		struct qemu_plugin_insn *insn = qemu_plugin_tb_get_insn(tb, i);

		if (is(insn, start_mark))
			qemu_plugin_register_vcpu_insn_exec_cb(insn, start, QEMU_PLUGIN_CB_NO_REGS, NULL);
		else if (is(insn, stop_mark))
			qemu_plugin_register_vcpu_insn_exec_cb(insn, stop, QEMU_PLUGIN_CB_NO_REGS, NULL);
	}
}

static void ended(qemu_plugin_id_t id, void *data)
{
	FILE *out = fopen(data, "w");
	const struct block *block;

	for (block = blocks; out && block; block = block->next)
		if (block->times)
			fprintf(out, "%016" PRIx64 " %" PRIu64 "\n", block->address,
				block->times * block->instructions);
	if (!out || fclose(out))
		perror(data);
}

__attribute__((visibility("default")))
int qemu_plugin_install(qemu_plugin_id_t id, const void *info, int argc, char **argv)
{
	if (argc != 1 || strncmp(argv[0], "out=", 4))
		return -1;
	qemu_plugin_register_vcpu_tb_trans_cb(id, translated);
	qemu_plugin_register_atexit_cb(id, ended, strdup(argv[0] + 4));
	return 0;
}
