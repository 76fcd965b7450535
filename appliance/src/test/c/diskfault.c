/*
 * A disk that breaks: preloaded into a segment's process, it lets the n-th call of one kind on a file
 * of a recording (*.rec) fail. Everything else goes to the C library as it is.
 *
 * DISKFAULT=CALL:KIND:N:TIMES
 *   CALL   write (write, pwrite, writev, pwritev) or sync (fsync, fdatasync, sync_file_range)
 *   KIND   EIO, ENOSPC, EROFS   the call fails with this error
 *          SHORT                a write takes half of its bytes, the next one fails with EIO
 *          HALF                 a write takes half of its bytes, and all is well
 *          UNLINK               the call succeeds; then the file's name is removed
 *   N      which call is the first to fail, from 1
 *   TIMES  how many calls in a row fail; 0 = all from then on
 * DISKFAULT_STAMP=FILE gets one line at the first fault: nanoseconds of CLOCK_REALTIME, the file.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

enum call { WRITE, SYNC };

static enum call faulty_call;
static char kind[16];
static long first;
static long times;
static atomic_long calls;
static atomic_int armed; /* set by the constructor, before the JVM makes a thread */

__attribute__((constructor)) static void read_plan(void) {
  char call[16];
  const char *plan = getenv("DISKFAULT");
  if (plan && sscanf(plan, "%15[^:]:%15[^:]:%ld:%ld", call, kind, &first, &times) == 4) {
    faulty_call = strcmp(call, "sync") == 0 ? SYNC : WRITE;
    armed = 1;
  }
}

static int path_of(int fd, char *path, size_t size) {
  char link[32];
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  ssize_t length = readlink(link, path, size - 1);
  if (length < 4) {
    return 0;
  }
  path[length] = 0;
  return strcmp(path + length - 4, ".rec") == 0;
}

static void stamp(const char *path) {
  struct timespec now;
  char line[4200];
  const char *file = getenv("DISKFAULT_STAMP");
  int fd = file ? open(file, O_CREAT | O_EXCL | O_WRONLY, 0600) : -1;
  if (fd < 0) {
    return;
  }
  clock_gettime(CLOCK_REALTIME, &now);
  int length = snprintf(line, sizeof line, "%lld %s\n", now.tv_sec * 1000000000LL + now.tv_nsec, path);
  syscall(SYS_write, fd, line, length);
  close(fd);
}

/* Which fault this call has, or NULL. */
static const char *fault(enum call call, int fd) {
  char path[4096];
  if (!armed || call != faulty_call || !path_of(fd, path, sizeof path)) {
    return NULL;
  }
  long n = atomic_fetch_add(&calls, 1) + 1;
  if (strcmp(kind, "SHORT") == 0 && n == first + 1) {
    return "EIO";
  }
  if (n < first || (times && n >= first + times)) {
    return NULL;
  }
  stamp(path);
  if (strcmp(kind, "UNLINK") == 0) {
    unlink(path);
    return NULL;
  }
  return kind;
}

static int fails(const char *with) {
  if (!with || strcmp(with, "SHORT") == 0 || strcmp(with, "HALF") == 0) {
    return 0;
  }
  errno = strcmp(with, "ENOSPC") == 0 ? ENOSPC : strcmp(with, "EROFS") == 0 ? EROFS : EIO;
  return 1;
}

static size_t taken(const char *with, size_t count) {
  return with && count > 1 ? count / 2 : count;
}

#define NEXT(type, name) \
  static type next;      \
  if (!next) next = (type)dlsym(RTLD_NEXT, name)

typedef ssize_t (*write_call)(int, const void *, size_t);
typedef ssize_t (*pwrite_call)(int, const void *, size_t, off64_t);
typedef ssize_t (*writev_call)(int, const struct iovec *, int);
typedef ssize_t (*pwritev_call)(int, const struct iovec *, int, off64_t);
typedef int (*sync_call)(int);
typedef int (*range_call)(int, off64_t, off64_t, unsigned);

ssize_t write(int fd, const void *bytes, size_t count) {
  NEXT(write_call, "write");
  const char *with = fault(WRITE, fd);
  return fails(with) ? -1 : next(fd, bytes, taken(with, count));
}

ssize_t pwrite64(int fd, const void *bytes, size_t count, off64_t offset) {
  NEXT(pwrite_call, "pwrite64");
  const char *with = fault(WRITE, fd);
  return fails(with) ? -1 : next(fd, bytes, taken(with, count), offset);
}

ssize_t pwrite(int fd, const void *bytes, size_t count, off_t offset) {
  return pwrite64(fd, bytes, count, offset);
}

ssize_t writev(int fd, const struct iovec *parts, int count) {
  NEXT(writev_call, "writev");
  return fails(fault(WRITE, fd)) ? -1 : next(fd, parts, count);
}

ssize_t pwritev64(int fd, const struct iovec *parts, int count, off64_t offset) {
  NEXT(pwritev_call, "pwritev64");
  return fails(fault(WRITE, fd)) ? -1 : next(fd, parts, count, offset);
}

int fsync(int fd) {
  NEXT(sync_call, "fsync");
  return fails(fault(SYNC, fd)) ? -1 : next(fd);
}

int fdatasync(int fd) {
  NEXT(sync_call, "fdatasync");
  return fails(fault(SYNC, fd)) ? -1 : next(fd);
}

int sync_file_range(int fd, off64_t offset, off64_t length, unsigned flags) {
  NEXT(range_call, "sync_file_range");
  return fails(fault(SYNC, fd)) ? -1 : next(fd, offset, length, flags);
}
