/*
 * The XDP program of an interface. A process that is killed leaves that of its AF_XDP socket attached; the next one would be counted on
 * top of it, and it would never go. The libraries are opened when they are asked for: only the driver net_af_xdp needs them.
 */
#include "environment.h"
#include "port.h"

#include <dlfcn.h>
#include <errno.h>
#include <net/if.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <bpf/bpf.h>
#include <bpf/libbpf.h>
#include <xdp/libxdp.h>

#define FUNCTION(name) __typeof__(name) *name

static struct {
  FUNCTION(libbpf_set_print);
  FUNCTION(bpf_xdp_query_id);
  FUNCTION(bpf_xdp_detach);
  FUNCTION(bpf_prog_get_fd_by_id);
  FUNCTION(bpf_obj_get_info_by_fd);
  FUNCTION(libxdp_set_print);
  FUNCTION(libxdp_get_error);
  FUNCTION(xdp_multiprog__get_from_ifindex);
  FUNCTION(xdp_multiprog__next_prog);
  FUNCTION(xdp_multiprog__detach);
  FUNCTION(xdp_multiprog__close);
  FUNCTION(xdp_program__name);
} xdp;

#define FIND(library, name) ((xdp.name = (__typeof__(xdp.name))dlsym(library, #name)) != NULL)

static bool find_functions(void) {
  void *bpf = dlopen("libbpf.so.1", RTLD_NOW | RTLD_LOCAL);
  void *own = dlopen("libxdp.so.1", RTLD_NOW | RTLD_LOCAL);
  return bpf != NULL && own != NULL && FIND(bpf, libbpf_set_print) && FIND(bpf, bpf_xdp_query_id) && FIND(bpf, bpf_xdp_detach) &&
         FIND(bpf, bpf_prog_get_fd_by_id) && FIND(bpf, bpf_obj_get_info_by_fd) && FIND(own, libxdp_set_print) &&
         FIND(own, libxdp_get_error) && FIND(own, xdp_multiprog__get_from_ifindex) && FIND(own, xdp_multiprog__next_prog) &&
         FIND(own, xdp_multiprog__detach) && FIND(own, xdp_multiprog__close) && FIND(own, xdp_program__name);
}

static int say_nothing(int level, const char *format, va_list arguments) {
  (void)level;
  (void)format;
  (void)arguments;
  return 0;
}

/* Both libraries write to the terminal by themselves, of what is no fault too. */
bool tp_xdp_prepare(void) {
  static bool is_prepared;
  if (!is_prepared && find_functions()) {
    xdp.libxdp_set_print((libxdp_print_fn_t)say_nothing);
    xdp.libbpf_set_print((libbpf_print_fn_t)say_nothing);
    is_prepared = true;
  }
  return is_prepared;
}

/* The number of the program that the kernel runs; 0: none. */
static int number_of(int index, uint32_t *program) {
  *program = 0;
  if (index == 0 || !tp_xdp_prepare()) {
    return index == 0 ? -ENODEV : -ELIBACC;
  }
  return xdp.bpf_xdp_query_id(index, 0, program);
}

static int name_of(uint32_t program, char *name, uint32_t name_bytes) {
  struct bpf_prog_info info = {0};
  uint32_t length = sizeof info;
  int descriptor = xdp.bpf_prog_get_fd_by_id(program);
  int error;
  if (descriptor < 0) {
    return -errno;
  }
  error = xdp.bpf_obj_get_info_by_fd(descriptor, &info, &length);
  snprintf(name, name_bytes, "%.*s", (int)sizeof info.name, info.name);
  close(descriptor);
  return error;
}

/*
 * Where libxdp can, it attaches a dispatcher, which calls programs; else the one program. Of the latter its own view is not used: it
 * leaves a descriptor open (1.3.0).
 */
static bool is_dispatcher(const char *name) {
  return strcmp(name, "xdp_dispatcher") == 0;
}

/* The name of the first program that the dispatcher calls. */
static int name_behind(int index, char *name, uint32_t name_bytes) {
  struct xdp_multiprog *programs = xdp.xdp_multiprog__get_from_ifindex(index);
  int error = (int)xdp.libxdp_get_error(programs);
  struct xdp_program *first;
  if (error != 0) {
    return error;
  }
  first = xdp.xdp_multiprog__next_prog(NULL, programs);
  snprintf(name, name_bytes, "%s", first != NULL ? xdp.xdp_program__name(first) : "");
  xdp.xdp_multiprog__close(programs);
  return 0;
}

static int detach_dispatcher(int index) {
  struct xdp_multiprog *programs = xdp.xdp_multiprog__get_from_ifindex(index);
  int error = (int)xdp.libxdp_get_error(programs);
  if (error == 0) {
    error = xdp.xdp_multiprog__detach(programs);
    xdp.xdp_multiprog__close(programs);
  }
  return error;
}

int tp_xdp_program(const char *interface, uint32_t *program, char *name, uint32_t name_bytes) {
  int index = (int)if_nametoindex(interface);
  int error = number_of(index, program);
  if (error != 0 || *program == 0) {
    return error;
  }
  error = name_of(*program, name, name_bytes);
  return error == 0 && is_dispatcher(name) ? name_behind(index, name, name_bytes) : error;
}

int tp_xdp_detach(const char *interface, uint32_t program) {
  char name[BPF_OBJ_NAME_LEN];
  uint32_t found;
  int index = (int)if_nametoindex(interface);
  int error = number_of(index, &found);
  if (error != 0 || found == 0 || found != program) {
    return error != 0 ? error : -ESTALE;
  }
  error = name_of(program, name, sizeof name);
  if (error != 0) {
    return error;
  }
  return is_dispatcher(name) ? detach_dispatcher(index) : xdp.bpf_xdp_detach(index, 0, NULL);
}
