/*
 * Tries file accesses under AppArmor profiles, one child process each, and prints what the kernel answered.
 *
 * Reads lines `PROFILE OPERATION UID OWNER PATH OTHER`: the process's user, the owner of what is there before, and two
 * paths in hexadecimal (OTHER is `-` where the operation has one path). Prints `STEP ERRNO` for each: the number of the
 * step that failed, from 1, or `0 0` where none did. Step 0 with an errno: the attempt could not be made. What an
 * operation's steps are, operations.ts says.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

/* A tmpfs; all paths are below it. */
static const char top[] = "/t";

struct answer {
	int step;
	int error;
};

static int is(const char *operation, const char *name)
{
	return strcmp(operation, name) == 0;
}

static int decode(const char *hex, char *out, size_t size)
{
	size_t length = strlen(hex) / 2;
	unsigned int byte;

	if (length >= size)
		return -1;
	for (size_t i = 0; i < length; i++) {
		if (sscanf(hex + 2 * i, "%2x", &byte) != 1)
			return -1;
		out[i] = (char)byte;
	}
	out[length] = 0;
	return 0;
}

static int make_parents(const char *path)
{
	char copy[4096];

	strcpy(copy, path);
	for (char *at = copy + 1; *at; at++) {
		if (*at != '/' || at[1] == 0)
			continue;
		*at = 0;
		if (mkdir(copy, 0777) && errno != EEXIST)
			return -1;
		*at = '/';
	}
	return 0;
}

/* Before the attempt: the directories on the way, and what the operation finds there. */
static int prepare(const char *operation, uid_t owner, const char *path, const char *other)
{
	int fd;

	if (make_parents(path) || (other && make_parents(other)))
		return -1;
	if (is(operation, "create") || is(operation, "mkdir") || is(operation, "bind") || is(operation, "symlink") ||
	    is(operation, "mkfifo"))
		return 0;
	if (is(operation, "readdir") || is(operation, "rmdir")) {
		if (mkdir(path, 0777))
			return -1;
		return chown(path, owner, owner);
	}
	/* A link is made at PATH, to OTHER. */
	if (is(operation, "link"))
		path = other;
	fd = open(path, O_WRONLY | O_CREAT | O_EXCL, 0666);
	if (fd < 0 || write(fd, "x", 1) != 1 || fchown(fd, owner, owner))
		return -1;
	return close(fd);
}

static int open_fails(const char *path, int flags)
{
	return open(path, flags, 0666) < 0;
}

static int bind_fails(const char *path)
{
	struct sockaddr_un address = { .sun_family = AF_UNIX };
	int fd = socket(AF_UNIX, SOCK_STREAM, 0);

	/* randomAttempts.ts keeps the path short enough. */
	strncpy(address.sun_path, path, sizeof(address.sun_path) - 1);
	return bind(fd, (struct sockaddr *)&address, sizeof(address)) != 0;
}

/* The step that fails, with errno set; 0 where all go well. */
static int attempt(const char *operation, const char *path, const char *other)
{
	struct stat stat_buffer;
	int fd;

	if (is(operation, "read"))
		return open_fails(path, O_RDONLY);
	if (is(operation, "write"))
		return open_fails(path, O_WRONLY);
	if (is(operation, "append"))
		return open_fails(path, O_WRONLY | O_APPEND);
	if (is(operation, "update"))
		return open_fails(path, O_RDWR);
	if (is(operation, "create"))
		return open_fails(path, O_WRONLY | O_CREAT | O_EXCL);
	if (is(operation, "bind"))
		return bind_fails(path);
	if (is(operation, "mkdir"))
		return mkdir(path, 0777) != 0;
	if (is(operation, "rmdir"))
		return rmdir(path) != 0;
	if (is(operation, "readdir"))
		return open_fails(path, O_RDONLY | O_DIRECTORY);
	if (is(operation, "mkfifo"))
		return mkfifo(path, 0666) != 0;
	if (is(operation, "symlink"))
		return symlink("anywhere", path) != 0;
	if (is(operation, "unlink"))
		return unlink(path) != 0;
	if (is(operation, "rename"))
		return rename(path, other) != 0;
	if (is(operation, "link"))
		return link(other, path) != 0;
	if (is(operation, "truncate"))
		return truncate(path, 0) != 0;
	if (is(operation, "chmod"))
		return chmod(path, 0644) != 0;
	if (is(operation, "stat"))
		return stat(path, &stat_buffer) != 0;
	if (is(operation, "lock-shared") || is(operation, "lock-exclusive")) {
		fd = open(path, is(operation, "lock-shared") ? O_RDONLY : O_WRONLY);
		if (fd < 0)
			return 1;
		return flock(fd, is(operation, "lock-shared") ? LOCK_SH : LOCK_EX) ? 2 : 0;
	}
	if (is(operation, "map-executable")) {
		fd = open(path, O_RDONLY);
		if (fd < 0)
			return 1;
		return mmap(NULL, 1, PROT_READ | PROT_EXEC, MAP_PRIVATE, fd, 0) == MAP_FAILED ? 2 : 0;
	}
	errno = ENOSYS;
	return 1;
}

static int confine(const char *profile)
{
	int fd = open("/proc/self/attr/apparmor/current", O_WRONLY);

	return fd < 0 || dprintf(fd, "changeprofile %s", profile) < 0 ? -1 : 0;
}

static int remove_entry(const char *path, const struct stat *status, int type, struct FTW *place)
{
	(void)status;
	(void)type;
	return place->level == 0 ? 0 : remove(path);
}

int main(void)
{
	static char profile[256], operation[32], path_hex[8192], other_hex[8192], path[4096], other[4096];
	unsigned int uid, owner;
	struct answer *answer =
		mmap(NULL, sizeof(*answer), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);

	umask(0);
	while (scanf("%255s %31s %u %u %8191s %8191s", profile, operation, &uid, &owner, path_hex, other_hex) == 6) {
		const char *second = is(other_hex, "-") ? NULL : other;

		answer->step = 0;
		answer->error = 0;
		if (decode(path_hex, path, sizeof(path)) || (second && decode(other_hex, other, sizeof(other))) ||
		    prepare(operation, owner, path, second)) {
			answer->error = errno ? errno : EINVAL;
		} else if (fork() == 0) {
			if (setresgid(uid, uid, uid) || setresuid(uid, uid, uid) || confine(profile)) {
				answer->error = errno;
				_exit(1);
			}
			answer->step = attempt(operation, path, second);
			answer->error = answer->step ? errno : 0;
			_exit(0);
		} else {
			wait(NULL);
		}
		printf("%d %d\n", answer->step, answer->error);
		fflush(stdout);
		nftw(top, remove_entry, 32, FTW_DEPTH | FTW_PHYS);
	}
	return 0;
}
