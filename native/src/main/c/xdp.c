/*
 * The XDP program of an interface. A process that is killed leaves that of its AF_XDP socket behind, and the next one's would be counted
 * on top of it and stay for good. libbpf is opened when it is asked for, as the driver net_af_xdp does that needs it.
 */
#include "port.h"

#include <dlfcn.h>
#include <errno.h>
#include <net/if.h>
#include <stddef.h>

#include <bpf/libbpf.h>

static void *libbpf(const char *function) {
  void *library = dlopen("libbpf.so.1", RTLD_NOW | RTLD_LOCAL);
  return library != NULL ? dlsym(library, function) : NULL;
}

static int index_of(const char *interface) {
  unsigned index = if_nametoindex(interface);
  return index != 0 ? (int)index : -errno;
}

int tp_xdp_program(const char *interface, uint32_t *program) {
  __typeof__(bpf_xdp_query_id) *query = (__typeof__(query))libbpf("bpf_xdp_query_id");
  int index = index_of(interface);
  if (query == NULL || index < 0) {
    return query == NULL ? -ENOENT : index;
  }
  return query(index, 0, program);
}

int tp_xdp_detach(const char *interface, uint32_t program) {
  __typeof__(bpf_xdp_detach) *detach = (__typeof__(detach))libbpf("bpf_xdp_detach");
  int index = index_of(interface);
  uint32_t found = 0;
  int error;
  if (detach == NULL || index < 0) {
    return detach == NULL ? -ENOENT : index;
  }
  error = tp_xdp_program(interface, &found);
  if (error != 0 || found != program) {
    return error != 0 ? error : -ESTALE;
  }
  return detach(index, 0, NULL);
}
