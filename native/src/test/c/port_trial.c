/*
 * Trials of the DPDK shim, each in a process of its own, for a process starts DPDK once; each prints one line and ends with 0, or says
 * what broke. `packets` and `link` make a network namespace with a cable of their own, so they need root.
 *   arguments           wrong ones are refused with a reason, and nothing is printed
 *   ring FRAMES         frames through a ring come back as they were sent; what a full ring does not take is dropped after a second
 *   refused             a port whose device does not say what it is leaves nothing attached
 *   packets DRIVER FRAMES  frames in and out through a cable, over net_af_packet or net_af_xdp
 *   link DRIVER         the link as the kernel says; what is sent while it is down does not come when it is back
 * That all leave no folder of DPDK's behind is a part of each.
 */
#include <arpa/inet.h>
#include <errno.h>
#include <linux/if_packet.h>
#include <net/ethernet.h>
#include <net/if.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include <rte_eal.h>
#include <rte_ethdev.h>

#include "port.h"

#define BURST 64
#define REASON_BYTES 256
#define LONGEST (1500 + 18)

static char reason[REASON_BYTES];
static uint64_t random_state = 88172645463325252ULL;
static int is_info_refused;

static void require(int is_true, const char *what, long long value) {
  if (!is_true) {
    fprintf(stderr, "broken: %s value=%lld reason=%s\n", what, value, reason);
    exit(1);
  }
}

/* What DPDK, libxdp and the arguments that DPDK keeps do not give back when they end. */
TP_API const char *__lsan_default_options(void);
const char *__lsan_default_options(void) { return "print_suppressions=0"; }
TP_API const char *__lsan_default_suppressions(void);
const char *__lsan_default_suppressions(void) { return "leak:librte_eal\nleak:libxdp\nleak:tp_eal_start\n"; }

static uint32_t random_below(uint32_t below) { /* xorshift */
  random_state ^= random_state << 13;
  random_state ^= random_state >> 7;
  random_state ^= random_state << 17;
  return (uint32_t)(random_state >> 32) % below;
}

static void sleep_ms(long ms) {
  struct timespec time = {.tv_sec = ms / 1000, .tv_nsec = ms % 1000 * 1000000};
  nanosleep(&time, NULL);
}

/* The linker puts this in place of DPDK's own. */
int __real_rte_eth_dev_info_get(uint16_t id, struct rte_eth_dev_info *info);
int __wrap_rte_eth_dev_info_get(uint16_t id, struct rte_eth_dev_info *info);
int __wrap_rte_eth_dev_info_get(uint16_t id, struct rte_eth_dev_info *info) {
  return is_info_refused ? -EIO : __real_rte_eth_dev_info_get(id, info);
}

/* Begin and end. */

static void start(void) {
  char prefix[64];
  snprintf(prefix, sizeof prefix, "--file-prefix=tp-trial-%d", getpid());
  const char *const arguments[] = {"--no-huge", "-m", "128", "--no-pci", "--no-telemetry", "--no-shconf", "--lcores=0@0", prefix};
  int error = tp_eal_start(arguments, 8, reason, sizeof reason);
  require(error == 0, "start", error);
  require(tp_thread_register() == 0 || rte_lcore_id() != LCORE_ID_ANY, "thread", 0);
}

static void stop(void) {
  char folder[256];
  struct stat found;
  snprintf(folder, sizeof folder, "%s", rte_eal_get_runtime_dir());
  int error = tp_eal_stop();
  require(error == 0, "stop", error);
  require(stat(folder, &found) != 0 && errno == ENOENT, "folder left", 0);
}

static struct tp_port *opened(const char *device, const char *arguments) {
  struct tp_port_options options = {.device = device, .arguments = arguments, .buffers = 4095, .receive_ring = 512, .send_ring = 512, .mtu = 1500};
  struct tp_port *port;
  int error = tp_port_open(&options, &port, reason, sizeof reason);
  require(error == 0, "open", error);
  return port;
}

static void closed(struct tp_port *port, const char *device) {
  uint16_t id;
  int error = tp_port_close(port);
  require(error == 0, "close", error);
  require(rte_eth_dev_get_port_by_name(device, &id) != 0, "still attached", 0);
}

static uint64_t dropped(struct tp_port *port) {
  struct tp_port_statistics statistics;
  require(tp_port_statistics(port, &statistics) == 0, "statistics", 0);
  return statistics.dropped;
}

/* Frames. */

static uint8_t byte_of(uint32_t seed, uint32_t at) { return (uint8_t)(seed * 31 + at * 7 + (at >> 8)); }

/* Type 0x88b5 is for experiments; the frame's number stands behind it. */
static void fill(uint8_t *frame, uint32_t length, uint32_t number) {
  static const uint8_t header[14] = {2, 0, 0, 0, 0, 1, 2, 0, 0, 0, 0, 2, 0x88, 0xb5};
  memcpy(frame, header, sizeof header);
  memcpy(frame + 14, &number, sizeof number);
  for (uint32_t i = 18; i < length; i++) {
    frame[i] = byte_of(number, i);
  }
}

static uint32_t number_of(const uint8_t *frame) {
  uint32_t number;
  memcpy(&number, frame + 14, sizeof number);
  return number;
}

static int is_ours(const uint8_t *frame, uint32_t length) { return length >= 60 && frame[12] == 0x88 && frame[13] == 0xb5; }

static int send_one(struct tp_port *port, uint32_t length, uint32_t number) {
  uint8_t *frame = tp_port_reserve(port, (uint16_t)length);
  if (frame != NULL) {
    fill(frame, length, number);
  }
  return frame != NULL;
}

/* Takes a burst, proves its frames; returns how many were ours. */
static uint32_t take(struct tp_port *port, uint32_t *next) {
  struct tp_frame frames[BURST];
  uint32_t ours = 0;
  uint16_t count = tp_port_receive(port, frames, (uint16_t)(1 + random_below(BURST)));
  for (uint16_t i = 0; i < count; i++) {
    const uint8_t *data = frames[i].data;
    if (is_ours(data, frames[i].length)) {
      require(number_of(data) == *next, "frame's number", number_of(data));
      for (uint32_t at = 18; at < frames[i].length && frames[i].length > 60; at++) {
        require(data[at] == byte_of(*next, at), "byte at", at);
      }
      (*next)++;
      ours++;
    }
  }
  tp_port_release(port, frames, count);
  return ours;
}

static int trial_arguments(void) {
  static const char *const wrong[][2] = {{"--nonsense", ""}, {"--lcores", "x@y"}, {"-m", "nothing"}};
  int told = 0;
  for (unsigned i = 0; i < 3; i++) {
    int error = tp_eal_start(wrong[i], 2, reason, sizeof reason);
    require(error != 0, "wrong arguments taken", i);
    require(strchr(reason, '\n') == NULL && strstr(reason, "rte_eal_init: ") == reason, "reason", i);
    told += strstr(reason, "nonsense") != NULL;
  }
  require(told == 1, "reason names the argument", told);
  start();
  stop();
  printf("arguments refused=3\n");
  return 0;
}

static int trial_ring(uint64_t frames) {
  uint32_t sent = 0, received = 0;
  start();
  struct tp_port *port = opened("net_ring_trial", "");
  require(tp_port_link(port) == 1, "link of a ring", tp_port_link(port));
  require(tp_port_reserve(port, LONGEST + 1) == NULL, "room for too much", LONGEST + 1);
  while (received < frames) {
    while (sent < frames && sent - received < 300 && send_one(port, 60 + random_below(LONGEST - 59), sent)) {
      sent++;
    }
    tp_port_flush(port);
    take(port, &received);
  }
  struct tp_port_statistics statistics;
  for (uint32_t waiting = 0; waiting < 64;) { /* until the ring takes no more */
    waiting += send_one(port, 64, sent) ? 0 : 1000;
    waiting += tp_port_flush(port) == 0;
  }
  require(dropped(port) == 0, "dropped at once", (long long)dropped(port));
  sleep_ms(1100);
  tp_port_flush(port);
  uint64_t first = dropped(port);
  require(first >= 64, "dropped after a second", (long long)first);
  for (uint32_t i = 0; i < 64; i++) { /* what comes next waits for no second of its own */
    require(send_one(port, 64, sent), "room after a second", i);
  }
  tp_port_flush(port);
  require(dropped(port) == first + 64, "dropped at once, stuck", (long long)(dropped(port) - first));
  struct tp_frame burst[BURST];
  tp_port_release(port, burst, tp_port_receive(port, burst, BURST));
  require(send_one(port, 64, sent) && tp_port_flush(port) == 1, "taken again", (long long)dropped(port));
  require(tp_port_statistics(port, &statistics) == 0, "statistics", 0);
  closed(port, "net_ring_trial");
  stop();
  printf("ring frames=%u dropped=%llu\n", received, (unsigned long long)statistics.dropped);
  return 0;
}

static int trial_refused(void) {
  struct tp_port_options options = {.device = "net_ring_trial", .arguments = "", .buffers = 1023, .receive_ring = 512, .send_ring = 512, .mtu = 1500};
  struct tp_port *port;
  uint16_t id;
  start();
  is_info_refused = 1;
  int error = tp_port_open(&options, &port, reason, sizeof reason);
  require(error == -EIO, "open", error);
  is_info_refused = 0;
  require(rte_eth_dev_get_port_by_name("net_ring_trial", &id) != 0, "left attached", 0);
  closed(opened("net_ring_trial", ""), "net_ring_trial");
  stop();
  printf("refused attached=0\n");
  return 0;
}

/* A cable in a namespace of this process: v0 is the port's, v1 has a packet socket. */

static void run(const char *command) { require(system(command) == 0, command, 0); }

static int lay_cable(void) {
  require(unshare(CLONE_NEWNET) == 0, "unshare", errno);
  run("ip link add v0 numrxqueues 1 numtxqueues 1 type veth peer name v1 numrxqueues 1 numtxqueues 1");
  run("sysctl -qw net.ipv6.conf.v0.disable_ipv6=1 net.ipv6.conf.v1.disable_ipv6=1");
  run("ip link set v0 up && ip link set v1 up && ip link set v0 promisc on");
  int socket_of_v1 = socket(AF_PACKET, SOCK_RAW | SOCK_NONBLOCK, htons(ETH_P_ALL));
  struct sockaddr_ll address = {.sll_family = AF_PACKET, .sll_protocol = htons(ETH_P_ALL), .sll_ifindex = (int)if_nametoindex("v1")};
  require(bind(socket_of_v1, (struct sockaddr *)&address, sizeof address) == 0, "bind", errno);
  return socket_of_v1;
}

static struct tp_port *port_of_cable(const char *driver, char *device) {
  snprintf(device, TP_NAME_BYTES, "%s_trial", driver);
  return opened(device, "iface=v0");
}

/* Takes what has come to v1, in its order; returns how many frames were ours. */
static uint32_t hear(int from, uint32_t *next) {
  uint8_t frame[2048];
  uint32_t ours = 0;
  struct sockaddr_ll source;
  for (;;) {
    socklen_t size = sizeof source;
    ssize_t length = recvfrom(from, frame, sizeof frame, 0, (struct sockaddr *)&source, &size);
    if (length < 0) {
      return ours;
    }
    if (source.sll_pkttype != PACKET_OUTGOING && is_ours(frame, (uint32_t)length)) {
      require(number_of(frame) == *next, "number of a frame heard", number_of(frame));
      (*next)++;
      ours++;
    }
  }
}

static int trial_packets(const char *driver, uint64_t frames) {
  char device[TP_NAME_BYTES];
  uint32_t sent = 0, heard = 0, said = 0, received = 0;
  uint8_t frame[LONGEST];
  int cable = lay_cable();
  start();
  struct tp_port *port = port_of_cable(driver, device);
  for (uint64_t turn = 0; heard < frames || received < frames; turn++) {
    for (int i = 0; i < 16 && sent < frames && sent - heard < 64; i++) {
      sent += (uint32_t)send_one(port, 60 + random_below(1514 - 59), sent);
    }
    tp_port_flush(port);
    for (int i = 0; i < 16 && said < frames && said - received < 64; i++) {
      uint32_t length = 60 + random_below(1514 - 59);
      fill(frame, length, said);
      said += send(cable, frame, length, 0) == (ssize_t)length;
    }
    hear(cable, &heard);
    take(port, &received);
    require(turn < 1000000 + 100 * frames, "frames heard", heard);
  }
  closed(port, device);
  stop();
  printf("packets driver=%s sent=%u received=%u\n", driver, heard, received);
  return 0;
}

/* Waits for what the kernel says of the link. */
static void await_link(struct tp_port *port, int expected) {
  for (int i = 0; i < 200 && tp_port_link(port) != expected; i++) {
    sleep_ms(10);
  }
  require(tp_port_link(port) == expected, "link", expected);
}

static void send_and_flush(struct tp_port *port, uint32_t number) {
  require(send_one(port, 64, number), "room", number);
  tp_port_flush(port);
}

static int trial_link(const char *driver) {
  static const char *const ends[][2] = {{"ip link set v1 down", "ip link set v1 up"}, {"ip link set v0 down", "ip link set v0 up"}};
  char device[TP_NAME_BYTES];
  uint32_t heard = 0;
  int cable = lay_cable();
  start();
  struct tp_port *port = port_of_cable(driver, device);
  await_link(port, 1);
  for (int end = 0; end < 2; end++) {
    uint64_t before = dropped(port);
    run(ends[end][0]);
    await_link(port, 0);
    for (uint32_t i = 0; i < 10; i++) {
      send_and_flush(port, 1000 + i);
    }
    require(dropped(port) == before + 10, "dropped", (long long)(dropped(port) - before));
    run(ends[end][1]);
    await_link(port, 1);
    sleep_ms(100);
    uint32_t expected = heard + 2;
    send_and_flush(port, expected - 2); /* a packet socket whose interface was down may tell it now, and send this with the next */
    send_and_flush(port, expected - 1);
    for (int i = 0; i < 100 && heard < expected; i++) {
      hear(cable, &heard); /* an old one has a wrong number */
      tp_port_flush(port);
      sleep_ms(5);
    }
    require(heard == expected, "heard after the link came back", heard);
  }
  closed(port, device);
  stop();
  printf("link driver=%s dropped=20 heard=%u\n", driver, heard);
  return 0;
}

int main(int count, char **arguments) {
  const char *trial = count > 1 ? arguments[1] : "";
  const char *driver = count > 2 ? arguments[2] : "net_af_packet";
  if (strcmp(trial, "arguments") == 0) {
    return trial_arguments();
  } else if (strcmp(trial, "ring") == 0) {
    return trial_ring(count > 2 ? strtoull(arguments[2], NULL, 10) : 10000);
  } else if (strcmp(trial, "refused") == 0) {
    return trial_refused();
  } else if (strcmp(trial, "packets") == 0) {
    return trial_packets(driver, count > 3 ? strtoull(arguments[3], NULL, 10) : 10000);
  } else if (strcmp(trial, "link") == 0) {
    return trial_link(driver);
  }
  fprintf(stderr, "trial=%s: none of that name\n", trial);
  return 2;
}
