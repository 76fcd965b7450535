/* An interface of the kernel, in the network namespace of the calling thread. */
#include "port.h"

#include <errno.h>
#include <net/if.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

int tp_interface_flags(const char *interface) {
  struct ifreq request = {0};
  int descriptor = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  int result;
  if (descriptor < 0) {
    return -errno;
  }
  strncpy(request.ifr_name, interface, sizeof request.ifr_name - 1);
  result = ioctl(descriptor, SIOCGIFFLAGS, &request) == 0 ? (uint16_t)request.ifr_flags : -errno;
  close(descriptor);
  return result;
}
