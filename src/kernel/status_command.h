/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * status_command - one line written to /proc/mp3/status
 *
 *   R PID [follow]     U PID     U *
 *
 * Words stand between blanks (spaces and tabs). Text only: it compiles in user
 * space too, where it is fuzzed.
 */
#ifndef MP3_STATUS_COMMAND_H
#define MP3_STATUS_COMMAND_H

#ifdef __KERNEL__
#include <linux/limits.h>
#include <linux/types.h>
#else
#include <limits.h>
#include <stdbool.h>
#include <stddef.h>
#endif

enum mp3_status_verb {
	MP3_STATUS_REGISTER,
	MP3_STATUS_UNREGISTER,
	MP3_STATUS_UNREGISTER_ALL,
};

struct mp3_status_command {
	enum mp3_status_verb verb;
	int pid;     /* not with UNREGISTER_ALL */
	bool follow; /* with REGISTER only */
};

struct mp3_status_word {
	const char *text;
	size_t length;
};

/* Cut the next word off @line; its length is 0 when there is none. */
static inline struct mp3_status_word
mp3_status_next_word(struct mp3_status_word *line)
{
	struct mp3_status_word word = { line->text, 0 };
	size_t at = 0;

	while (at < line->length &&
	       (line->text[at] == ' ' || line->text[at] == '\t'))
		at++;
	word.text = line->text + at;
	while (at < line->length && line->text[at] != ' ' &&
	       line->text[at] != '\t') {
		at++;
		word.length++;
	}
	line->text += at;
	line->length -= at;
	return word;
}

static inline bool mp3_status_word_is(struct mp3_status_word word,
				      const char *text)
{
	size_t at;

	for (at = 0; at < word.length; at++)
		if (!text[at] || text[at] != word.text[at])
			return false;
	return text[at] == '\0' && at > 0;
}

/* A number too large for a PID becomes INT_MAX, which no process has. */
static inline bool mp3_status_word_to_pid(struct mp3_status_word word, int *pid)
{
	long long value = 0;
	size_t at;

	for (at = 0; at < word.length; at++) {
		if (word.text[at] < '0' || word.text[at] > '9')
			return false;
		value = value * 10 + (word.text[at] - '0');
		if (value > INT_MAX)
			value = INT_MAX;
	}
	*pid = (int)value;
	return word.length > 0;
}

/*
 * Parse the @length bytes at @text, one line without its newline. Returns
 * false when that is not a command; *@command is undefined then.
 */
static inline bool mp3_status_command_parse(const char *text, size_t length,
					    struct mp3_status_command *command)
{
	struct mp3_status_word line = { text, length };
	struct mp3_status_word verb = mp3_status_next_word(&line);
	struct mp3_status_word object = mp3_status_next_word(&line);
	struct mp3_status_word option = mp3_status_next_word(&line);

	if (mp3_status_next_word(&line).length)
		return false;

	command->pid = 0;
	command->follow = mp3_status_word_is(option, "follow");
	if (mp3_status_word_is(verb, "R")) {
		command->verb = MP3_STATUS_REGISTER;
		return mp3_status_word_to_pid(object, &command->pid) &&
		       (command->follow || !option.length);
	}
	if (!mp3_status_word_is(verb, "U") || option.length)
		return false;
	if (mp3_status_word_is(object, "*")) {
		command->verb = MP3_STATUS_UNREGISTER_ALL;
		return true;
	}
	command->verb = MP3_STATUS_UNREGISTER;
	return mp3_status_word_to_pid(object, &command->pid);
}

#endif /* MP3_STATUS_COMMAND_H */
