/*
 * The XDP program of an interface. A process that is killed leaves that of its AF_XDP socket attached; the next one would be counted on
 * top of it, and it would never go. libxdp is opened when it is asked for: only the driver net_af_xdp needs it.
 */
#include "environment.h"
#include "port.h"

#include <dlfcn.h>
#include <errno.h>
#include <net/if.h>
#include <stdbool.h>
#include <stdio.h>

#include <xdp/libxdp.h>

#define FUNCTION(name) __typeof__(name) *name

static struct {
  FUNCTION(libxdp_get_error);
  FUNCTION(libxdp_set_print);
  FUNCTION(libbpf_set_print);
  FUNCTION(xdp_multiprog__get_from_ifindex);
  FUNCTION(xdp_multiprog__main_prog);
  FUNCTION(xdp_multiprog__next_prog);
  FUNCTION(xdp_multiprog__detach);
  FUNCTION(xdp_multiprog__close);
  FUNCTION(xdp_program__id);
  FUNCTION(xdp_program__name);
} xdp;

#define FIND(library, name) ((xdp.name = (__typeof__(xdp.name))dlsym(library, #name)) != NULL)

static bool find_functions(void) {
  void *libxdp = dlopen("libxdp.so.1", RTLD_NOW | RTLD_LOCAL);
  void *libbpf = dlopen("libbpf.so.1", RTLD_NOW | RTLD_LOCAL);
  return libxdp != NULL && libbpf != NULL && FIND(libbpf, libbpf_set_print) && FIND(libxdp, libxdp_set_print) &&
         FIND(libxdp, libxdp_get_error) && FIND(libxdp, xdp_multiprog__get_from_ifindex) && FIND(libxdp, xdp_multiprog__main_prog) &&
         FIND(libxdp, xdp_multiprog__next_prog) && FIND(libxdp, xdp_multiprog__detach) && FIND(libxdp, xdp_multiprog__close) &&
         FIND(libxdp, xdp_program__id) && FIND(libxdp, xdp_program__name);
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

/* The programs of an interface; NULL with an error of 0 when there are none. */
static struct xdp_multiprog *programs_of(const char *interface, int *error) {
  unsigned index = if_nametoindex(interface);
  struct xdp_multiprog *programs;
  *error = 0;
  if (index == 0 || !tp_xdp_prepare()) {
    *error = index == 0 ? -ENODEV : -ELIBACC;
    return NULL;
  }
  programs = xdp.xdp_multiprog__get_from_ifindex((int)index);
  *error = (int)xdp.libxdp_get_error(programs);
  if (*error == 0) {
    return programs;
  }
  *error = *error == -ENOENT ? 0 : *error;
  return NULL;
}

int tp_xdp_program(const char *interface, uint32_t *program, char *name, uint32_t name_bytes) {
  int error;
  struct xdp_multiprog *programs = programs_of(interface, &error);
  struct xdp_program *dispatcher;
  struct xdp_program *first;
  *program = 0;
  if (programs == NULL) {
    return error;
  }
  dispatcher = xdp.xdp_multiprog__main_prog(programs);
  first = xdp.xdp_multiprog__next_prog(NULL, programs);
  *program = xdp.xdp_program__id(dispatcher);
  snprintf(name, name_bytes, "%s", xdp.xdp_program__name(first != NULL ? first : dispatcher));
  xdp.xdp_multiprog__close(programs);
  return 0;
}

int tp_xdp_detach(const char *interface, uint32_t program) {
  int error;
  struct xdp_multiprog *programs = programs_of(interface, &error);
  if (programs == NULL) {
    return error != 0 ? error : -ESTALE;
  }
  error = -ESTALE;
  if (xdp.xdp_program__id(xdp.xdp_multiprog__main_prog(programs)) == program) {
    error = xdp.xdp_multiprog__detach(programs);
  }
  xdp.xdp_multiprog__close(programs);
  return error;
}
