/* port.h over DPDK 22.11. Holds no policy: what to open comes in, what happened goes out. */
#include "port.h"

#include <errno.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <rte_dev.h>
#include <rte_eal.h>
#include <rte_errno.h>
#include <rte_ethdev.h>
#include <rte_lcore.h>
#include <rte_log.h>
#include <rte_malloc.h>
#include <rte_mbuf.h>

#define TP_ABI 1
#define TP_ARGUMENTS_LIMIT 64
#define TP_BURST 64
#define TP_PENDING_LIMIT 256
#define TP_POOL_CACHE 128
/* Ethernet header and one VLAN tag. */
#define TP_HEADER_BYTES (RTE_ETHER_HDR_LEN + 4)
#define TP_SHORTEST_FRAME 60
#define TP_LINE_BYTES 256

struct tp_port {
  struct tp_device device;
  struct rte_mempool *pool;
  struct rte_device *bus_device;
  uint16_t id;
  uint16_t pending_count;
  struct rte_mbuf *pending[TP_PENDING_LIMIT];
};

static const struct tp_abi_entry abi[] = {
    {"abi", TP_ABI},
    {"frame.bytes", sizeof(struct tp_frame)},
    {"frame.data", offsetof(struct tp_frame, data)},
    {"frame.length", offsetof(struct tp_frame, length)},
    {"frame.flags", offsetof(struct tp_frame, flags)},
    {"frame.stamp", offsetof(struct tp_frame, stamp_ns)},
    {"frame.handle", offsetof(struct tp_frame, handle)},
    {"frame.checksum-good", TP_FRAME_CHECKSUM_GOOD},
    {"device.mac", offsetof(struct tp_device, mac)},
    {"device.mtu", offsetof(struct tp_device, mtu)},
    {"device.flags", offsetof(struct tp_device, flags)},
    {"device.bytes", sizeof(struct tp_device)},
    {"options.bytes", sizeof(struct tp_port_options)},
    {"options.device", offsetof(struct tp_port_options, device)},
    {"options.arguments", offsetof(struct tp_port_options, arguments)},
    {"options.buffers", offsetof(struct tp_port_options, buffers)},
    {"options.receive-ring", offsetof(struct tp_port_options, receive_ring)},
    {"options.send-ring", offsetof(struct tp_port_options, send_ring)},
    {"options.mtu", offsetof(struct tp_port_options, mtu)},
    {NULL, 0},
};

const struct tp_abi_entry *tp_dpdk_abi(void) {
  return abi;
}

/*
 * The first error that DPDK logged since the last call began, without its line feed: the ones after it are consequences. Written by
 * whichever thread logs; a torn line is no worse than none.
 */
static char first_error[TP_LINE_BYTES];

static ssize_t keep_error(void *cookie, const char *text, size_t length) {
  size_t kept = length < TP_LINE_BYTES ? length : TP_LINE_BYTES - 1;
  (void)cookie;
  if (first_error[0] != 0 || rte_log_cur_msg_loglevel() > (int)RTE_LOG_ERR) {
    return (ssize_t)length;
  }
  while (kept > 0 && (text[kept - 1] == '\n' || text[kept - 1] == ' ')) {
    kept--;
  }
  memcpy(first_error, text, kept);
  first_error[kept] = 0;
  return (ssize_t)length;
}

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

/* Leaves "step: what DPDK said" and gives back the error. */
static int refuse(int error, const char *step, char *reason, uint32_t reason_bytes) {
  int code = error != 0 ? error : -EIO;
  snprintf(reason, reason_bytes, "%s: %s", step, first_error[0] != 0 ? first_error : strerror(-code));
  return code;
}

int tp_eal_start(const char *const *arguments, uint32_t count, char *reason, uint32_t reason_bytes) {
  char *argv[TP_ARGUMENTS_LIMIT + 2];
  int error = log_to_memory();
  if (error != 0) {
    return refuse(error, "log", reason, reason_bytes);
  }
  if (count > TP_ARGUMENTS_LIMIT) {
    snprintf(reason, reason_bytes, "arguments=%u: at most %d", count, TP_ARGUMENTS_LIMIT);
    return -E2BIG;
  }
  argv[0] = (char[]){"tradepit"};
  for (uint32_t i = 0; i < count; i++) {
    argv[i + 1] = strdup(arguments[i]); /* The environment keeps some of them for good. */
    if (argv[i + 1] == NULL) {
      return -ENOMEM;
    }
  }
  argv[count + 1] = NULL;
  first_error[0] = 0;
  if (rte_eal_init((int)count + 1, argv) < 0) {
    return refuse(-rte_errno, "rte_eal_init", reason, reason_bytes);
  }
  return 0;
}

int tp_eal_stop(void) {
  return rte_eal_cleanup();
}

int tp_thread_register(void) {
  return rte_thread_register() == 0 ? 0 : -rte_errno;
}

void tp_thread_unregister(void) {
  rte_thread_unregister();
}

/* Finds the device, which the environment's arguments may have attached, else attaches it. */
static int attach(const struct tp_port_options *options, struct tp_port *port) {
  char line[TP_LINE_BYTES];
  int length;
  if (rte_eth_dev_get_port_by_name(options->device, &port->id) == 0) {
    return 0;
  }
  length = snprintf(line, sizeof line, "%s%s%s", options->device, options->arguments[0] ? "," : "", options->arguments);
  if (length >= (int)sizeof line) {
    return -ENAMETOOLONG;
  }
  int error = rte_dev_probe(line);
  if (error != 0) {
    return error;
  }
  return rte_eth_dev_get_port_by_name(options->device, &port->id);
}

static int make_pool(const struct tp_port_options *options, struct tp_port *port, int node) {
  char name[RTE_MEMPOOL_NAMESIZE];
  uint32_t room = RTE_PKTMBUF_HEADROOM + TP_HEADER_BYTES + RTE_ETHER_CRC_LEN + options->mtu;
  if (room < RTE_MBUF_DEFAULT_BUF_SIZE) {
    room = RTE_MBUF_DEFAULT_BUF_SIZE;
  }
  snprintf(name, sizeof name, "tp-port-%u", port->id);
  port->pool = rte_pktmbuf_pool_create(name, options->buffers, TP_POOL_CACHE, 0, (uint16_t)room, node);
  return port->pool != NULL ? 0 : -rte_errno;
}

/* The largest MTU that a driver takes is what it says; one that cannot be told (net_ring) has none. */
static int set_mtu(const struct tp_port_options *options, struct tp_port *port) {
  uint16_t now = 0;
  int error = rte_eth_dev_get_mtu(port->id, &now);
  if (error != 0 || now == options->mtu) {
    return error;
  }
  error = rte_eth_dev_set_mtu(port->id, options->mtu);
  return error == -ENOTSUP ? 0 : error;
}

static int start_port(const struct tp_port_options *options, struct tp_port *port, const char **step) {
  struct rte_eth_dev_info info;
  struct rte_eth_conf configuration = {0};
  uint16_t receive_ring = options->receive_ring;
  uint16_t send_ring = options->send_ring;
  int node = rte_eth_dev_socket_id(port->id);
  int error;

  *step = "rte_eth_dev_info_get";
  if ((error = rte_eth_dev_info_get(port->id, &info)) != 0) {
    return error;
  }
  port->bus_device = info.device;
  *step = "rte_pktmbuf_pool_create";
  if ((error = make_pool(options, port, node)) != 0) {
    return error;
  }
  *step = "rte_eth_dev_configure";
  if ((error = rte_eth_dev_configure(port->id, 1, 1, &configuration)) != 0) {
    return error;
  }
  *step = "rte_eth_dev_set_mtu";
  if ((error = set_mtu(options, port)) != 0) {
    return error;
  }
  *step = "rte_eth_dev_adjust_nb_rx_tx_desc";
  if ((error = rte_eth_dev_adjust_nb_rx_tx_desc(port->id, &receive_ring, &send_ring)) != 0) {
    return error;
  }
  *step = "rte_eth_rx_queue_setup";
  if ((error = rte_eth_rx_queue_setup(port->id, 0, receive_ring, (unsigned)node, NULL, port->pool)) != 0) {
    return error;
  }
  *step = "rte_eth_tx_queue_setup";
  if ((error = rte_eth_tx_queue_setup(port->id, 0, send_ring, (unsigned)node, NULL)) != 0) {
    return error;
  }
  *step = "rte_eth_dev_start";
  return rte_eth_dev_start(port->id);
}

static uint16_t device_receive(void *context, struct tp_frame *frames, uint16_t limit) {
  return tp_port_receive(context, frames, limit);
}

static void device_release(void *context, struct tp_frame *frames, uint16_t count) {
  tp_port_release(context, frames, count);
}

static uint8_t *device_reserve(void *context, uint16_t length) {
  return tp_port_reserve(context, length);
}

static uint16_t device_flush(void *context) {
  return tp_port_flush(context);
}

static int describe_device(const struct tp_port_options *options, struct tp_port *port) {
  struct rte_ether_addr mac;
  int error = rte_eth_macaddr_get(port->id, &mac);
  port->device = (struct tp_device){
      .context = port,
      .mtu = options->mtu,
      .receive = device_receive,
      .release = device_release,
      .reserve = device_reserve,
      .flush = device_flush,
  };
  memcpy(port->device.mac, mac.addr_bytes, sizeof port->device.mac);
  return error;
}

/* Undoes what was done, however far it came. */
static void detach(struct tp_port *port) {
  rte_eth_dev_close(port->id);
  if (port->bus_device != NULL) {
    rte_dev_remove(port->bus_device);
  }
  rte_mempool_free(port->pool);
  rte_free(port);
}

int tp_port_open(const struct tp_port_options *options, struct tp_port **opened, char *reason, uint32_t reason_bytes) {
  const char *step = "rte_eth_macaddr_get";
  struct tp_port *port = rte_zmalloc("tp_port", sizeof *port, RTE_CACHE_LINE_SIZE);
  int error;
  first_error[0] = 0;
  if (port == NULL) {
    return refuse(-ENOMEM, "rte_zmalloc", reason, reason_bytes);
  }
  if ((error = attach(options, port)) != 0) {
    rte_free(port);
    return refuse(error, "rte_dev_probe", reason, reason_bytes);
  }
  if ((error = describe_device(options, port)) == 0 && (error = start_port(options, port, &step)) == 0) {
    *opened = port;
    return 0;
  }
  error = refuse(error, step, reason, reason_bytes);
  detach(port);
  return error;
}

int tp_port_close(struct tp_port *port) {
  int error = rte_eth_dev_stop(port->id);
  rte_pktmbuf_free_bulk(port->pending, port->pending_count);
  detach(port);
  return error;
}

struct tp_device *tp_port_device(struct tp_port *port) {
  return &port->device;
}

uint16_t tp_port_receive(struct tp_port *port, struct tp_frame *frames, uint16_t limit) {
  struct rte_mbuf *burst[TP_BURST];
  uint16_t count = rte_eth_rx_burst(port->id, 0, burst, limit < TP_BURST ? limit : TP_BURST);
  for (uint16_t i = 0; i < count; i++) {
    frames[i].data = rte_pktmbuf_mtod(burst[i], const uint8_t *);
    frames[i].length = rte_pktmbuf_data_len(burst[i]);
    frames[i].flags = 0;
    frames[i].stamp_ns = 0;
    frames[i].handle = burst[i];
  }
  return count;
}

void tp_port_release(struct tp_port *port, struct tp_frame *frames, uint16_t count) {
  (void)port;
  for (uint16_t i = 0; i < count; i++) {
    rte_pktmbuf_free(frames[i].handle);
  }
}

uint8_t *tp_port_reserve(struct tp_port *port, uint16_t length) {
  uint16_t padded = length < TP_SHORTEST_FRAME ? TP_SHORTEST_FRAME : length;
  struct rte_mbuf *frame;
  uint8_t *bytes;
  if (port->pending_count == TP_PENDING_LIMIT || length > port->device.mtu + TP_HEADER_BYTES) {
    return NULL;
  }
  frame = rte_pktmbuf_alloc(port->pool);
  if (frame == NULL) {
    return NULL;
  }
  bytes = (uint8_t *)rte_pktmbuf_append(frame, padded);
  memset(bytes + length, 0, padded - length);
  port->pending[port->pending_count++] = frame;
  return bytes;
}

uint16_t tp_port_flush(struct tp_port *port) {
  uint16_t count = port->pending_count;
  uint16_t sent;
  if (count == 0) {
    return 0;
  }
  sent = rte_eth_tx_burst(port->id, 0, port->pending, count);
  port->pending_count = count - sent;
  if (sent > 0 && sent < count) {
    memmove(port->pending, port->pending + sent, (count - sent) * sizeof port->pending[0]);
  }
  return sent;
}
