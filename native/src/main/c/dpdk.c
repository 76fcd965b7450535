/* The environment of DPDK 22.11: start, stop, threads, what it logs. Holds no policy. */
#include "environment.h"
#include "port.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <rte_eal.h>
#include <rte_errno.h>
#include <rte_lcore.h>
#include <rte_log.h>
#include <rte_version.h>

#define ARGUMENTS_LIMIT 64
#define LINE_BYTES 256

/*
 * The first error that was logged since tp_forget_errors, without its line feed: those after it are consequences. Written by
 * whichever thread logs; a torn line is no worse than none.
 */
static char first_error[LINE_BYTES];

void tp_forget_errors(void) {
  first_error[0] = 0;
}

int tp_refuse(int error, const char *step, char *reason, uint32_t reason_bytes) {
  int code = error < 0 ? error : -EIO;
  snprintf(reason, reason_bytes, "%s: %s", step, first_error[0] != 0 ? first_error : strerror(-code));
  return code;
}

static void keep(const char *text, size_t length) {
  size_t kept = length < LINE_BYTES ? length : LINE_BYTES - 1;
  if (first_error[0] != 0) {
    return;
  }
  while (kept > 0 && (text[kept - 1] == '\n' || text[kept - 1] == ' ')) {
    kept--;
  }
  memcpy(first_error, text, kept);
  first_error[kept] = 0;
}

static ssize_t keep_error(void *cookie, const char *text, size_t length) {
  (void)cookie;
  if (rte_log_cur_msg_loglevel() <= (int)RTE_LOG_ERR) {
    keep(text, length);
  }
  return (ssize_t)length;
}

/* Nothing of DPDK goes to the terminal or to syslog: what matters is in the reason of a call that fails. */
static int log_to_memory(void) {
  static FILE *log;
  cookie_io_functions_t functions = {.write = keep_error};
  if (log == NULL) {
    log = fopencookie(NULL, "w", functions);
    if (log == NULL) {
      return -errno;
    }
    setvbuf(log, NULL, _IONBF, 0);
  }
  return rte_openlog_stream(log);
}

/* The command line of the environment's arguments writes to standard error what it does not know. */
static ssize_t keep_complaint(void *cookie, const char *text, size_t length) {
  (void)cookie;
  keep(text, length);
  return (ssize_t)length;
}

/* Wrong arguments make DPDK print its usage, some hundred lines, and getopt(3) a complaint, which is a better reason. */
static int start_silently(int count, char **argv) {
  cookie_io_functions_t functions = {.write = keep_complaint};
  FILE *output = stdout, *errors = stderr;
  FILE *nowhere = fopen("/dev/null", "we");
  FILE *complaints = fopencookie(NULL, "w", functions);
  int result = -1;
  if (nowhere == NULL || complaints == NULL) {
    rte_errno = errno;
  } else {
    setvbuf(complaints, NULL, _IONBF, 0);
    stdout = nowhere;
    stderr = complaints;
    result = rte_eal_init(count, argv);
    stdout = output;
    stderr = errors;
  }
  if (nowhere != NULL) {
    fclose(nowhere);
  }
  if (complaints != NULL) {
    fclose(complaints);
  }
  return result;
}

int tp_eal_start(const char *const *arguments, uint32_t count, char *reason, uint32_t reason_bytes) {
  static char name[] = "tradepit";
  char *argv[ARGUMENTS_LIMIT + 2] = {name};
  int error = log_to_memory();
  tp_forget_errors();
  if (error != 0) {
    return tp_refuse(error, "log", reason, reason_bytes);
  }
  if (count > ARGUMENTS_LIMIT) {
    return tp_refuse(-E2BIG, "arguments", reason, reason_bytes);
  }
  for (uint32_t i = 0; i < count; i++) {
    argv[i + 1] = strdup(arguments[i]); /* The environment keeps some of them for good. */
    if (argv[i + 1] == NULL) {
      return tp_refuse(-ENOMEM, "arguments", reason, reason_bytes);
    }
  }
  return start_silently((int)count + 1, argv) >= 0 ? 0 : tp_refuse(-rte_errno, "rte_eal_init", reason, reason_bytes);
}

const char *tp_dpdk_version(void) {
  return rte_version();
}

int tp_eal_stop(void) {
  char folder[PATH_MAX];
  int error;
  snprintf(folder, sizeof folder, "%s", rte_eal_get_runtime_dir());
  error = rte_eal_cleanup();
  if (error == 0) {
    rmdir(folder); /* DPDK leaves it; where another process has files in it, it stays */
  }
  return error;
}

int tp_thread_register(void) {
  return rte_thread_register() == 0 ? 0 : -rte_errno;
}

void tp_thread_unregister(void) {
  rte_thread_unregister();
}
