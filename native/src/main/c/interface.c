/* Interfaces of the kernel, and whether the link of a port is up. */
#include "port-state.h"

#include <errno.h>
#include <net/if.h>
#include <stdio.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

static int flags(int descriptor, const char *interface) {
  struct ifreq request = {0};
  snprintf(request.ifr_name, sizeof request.ifr_name, "%s", interface);
  return ioctl(descriptor, SIOCGIFFLAGS, &request) == 0 ? (uint16_t)request.ifr_flags : -errno;
}

int tp_interface_flags(const char *interface) {
  int descriptor = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  int result;
  if (descriptor < 0) {
    return -errno;
  }
  result = flags(descriptor, interface);
  close(descriptor);
  return result;
}

/* The drivers of a kernel's interface say that the link is up, whatever it is. An interface that has gone has no link. */
int tp_link_of(struct tp_port *port) {
  struct rte_eth_link link = {0};
  int result;
  if (port->link_socket >= 0) {
    result = flags(port->link_socket, port->interface);
    return result == -ENODEV ? 0 : result < 0 ? result : (result & IFF_RUNNING) != 0;
  }
  result = rte_eth_link_get_nowait(port->id, &link);
  return result < 0 ? result : link.link_status == RTE_ETH_LINK_UP;
}

int tp_port_link(struct tp_port *port) {
  int result = tp_link_of(port);
  if (result >= 0) {
    atomic_store_explicit(&port->is_link_down, result == 0, memory_order_relaxed);
  }
  return result;
}
