/* Opens and closes ports, says what they are and have counted, steers to them. */
#include "environment.h"
#include "port-state.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include <rte_dev.h>
#include <rte_errno.h>
#include <rte_flow.h>
#include <rte_malloc.h>

#define DEVICE_LINE_BYTES 256
#define POOL_CACHE 128

#define CHECKED_OFFLOADS (RTE_ETH_RX_OFFLOAD_IPV4_CKSUM | RTE_ETH_RX_OFFLOAD_TCP_CKSUM | RTE_ETH_RX_OFFLOAD_UDP_CKSUM)
#define FILLED_OFFLOADS (RTE_ETH_TX_OFFLOAD_IPV4_CKSUM | RTE_ETH_TX_OFFLOAD_TCP_CKSUM | RTE_ETH_TX_OFFLOAD_UDP_CKSUM)

/* An opening goes on from step to step; the name of the one that failed is part of the reason. */
struct step {
  const char *name;
  int (*run)(const struct tp_port_options *options, struct tp_port *port);
};

/* Takes the device off its bus. */
static void take_off(const struct tp_port *port) {
  rte_eal_hotplug_remove(port->is_virtual ? "vdev" : "pci", port->name);
}

/* Of a kernel's interface that a driver takes over, IFF_RUNNING says what the link is; a tap's link is the driver's own. */
static bool has_kernel_link(const char *device) {
  return strncmp(device, "net_af_packet", 13) == 0 || strncmp(device, "net_af_xdp", 10) == 0 || strncmp(device, "net_pcap", 8) == 0;
}

/* Whether its driver may wait in a burst: those of virtual devices ask the kernel, but for the ring, which is memory. */
static bool may_wait(const char *device) {
  return strncmp(device, "net_", 4) == 0 && strncmp(device, "net_ring", 8) != 0;
}

/* Copies what stands behind iface= in the arguments. */
static void find_interface(const char *arguments, char *interface) {
  const char *found = strstr(arguments, "iface=");
  if (found != NULL) {
    found += strlen("iface=");
    snprintf(interface, IFNAMSIZ, "%.*s", (int)strcspn(found, ","), found);
  }
}

/* Names the device with its driver's arguments, as the environment's command line would. */
static int attach(const struct tp_port_options *options, struct tp_port *port) {
  char line[DEVICE_LINE_BYTES];
  int length;
  int error;
  port->is_virtual = strncmp(options->device, "net_", 4) == 0;
  if (snprintf(port->name, sizeof port->name, "%s", options->device) >= (int)sizeof port->name) {
    return -ENAMETOOLONG;
  }
  if (rte_eth_dev_get_port_by_name(options->device, &port->id) == 0) {
    return 0;
  }
  length = snprintf(line, sizeof line, "%s%s%s", options->device, options->arguments[0] != 0 ? "," : "", options->arguments);
  if (length >= (int)sizeof line) {
    return -ENAMETOOLONG;
  }
  error = rte_dev_probe(line);
  if (error == 0 && (error = rte_eth_dev_get_port_by_name(options->device, &port->id)) != 0) {
    take_off(port);
  }
  return error;
}

/* Whether one rule could be set and taken back: some drivers find a rule valid that the kernel below them then refuses. */
static bool takes_rules(uint16_t id);

static int learn(const struct tp_port_options *options, struct tp_port *port) {
  struct rte_eth_dev_info info;
  int error = rte_eth_dev_info_get(port->id, &info);
  if (error != 0) {
    return error;
  }
  port->is_of_kernel_rings = strcmp(info.driver_name, "net_af_xdp") == 0;
  port->can = ((info.rx_offload_capa & CHECKED_OFFLOADS) == CHECKED_OFFLOADS ? TP_CAN_CHECK_CHECKSUMS : 0) |
              ((info.tx_offload_capa & FILLED_OFFLOADS) == FILLED_OFFLOADS ? TP_CAN_FILL_CHECKSUMS : 0) |
              ((info.rx_offload_capa & RTE_ETH_RX_OFFLOAD_TIMESTAMP) != 0 ? TP_CAN_STAMP : 0);
  port->does = port->can & options->offloads;
  return 0;
}

static int configure(const struct tp_port_options *options, struct tp_port *port) {
  struct rte_eth_conf configuration = {
      .rxmode.offloads = ((port->does & TP_CAN_CHECK_CHECKSUMS) != 0 ? CHECKED_OFFLOADS : 0) |
                         ((port->does & TP_CAN_STAMP) != 0 ? RTE_ETH_RX_OFFLOAD_TIMESTAMP : 0),
      .txmode.offloads = (port->does & TP_CAN_FILL_CHECKSUMS) != 0 ? FILLED_OFFLOADS : 0,
  };
  (void)options;
  return rte_eth_dev_configure(port->id, 1, 1, &configuration);
}

static int set_mtu(const struct tp_port_options *options, struct tp_port *port) {
  uint16_t now = 0;
  int error = rte_eth_dev_get_mtu(port->id, &now);
  if (error != 0 || now == options->mtu) {
    return error;
  }
  error = rte_eth_dev_set_mtu(port->id, options->mtu);
  return error == -ENOTSUP ? 0 : error; /* A ring carries what fits in a buffer. */
}

/*
 * One piece of memory, a buffer behind the other: net_af_xdp tells the kernel of as many bytes as all of them have from the first
 * on, and what lies beyond is a descriptor that the kernel drops without a word. By itself DPDK lets no buffer cross a page. A card
 * must not have such a pool: its buffers have no address on the bus.
 */
static struct rte_mempool *packed_pool(const char *name, uint32_t buffers, uint16_t room, int node) {
  struct rte_pktmbuf_pool_private private = {.mbuf_data_room_size = room};
  struct rte_mempool *pool = rte_mempool_create_empty(name, buffers, sizeof(struct rte_mbuf) + room, POOL_CACHE,
                                                      sizeof private, node, RTE_MEMPOOL_F_NO_IOVA_CONTIG);
  if (pool == NULL) {
    return NULL;
  }
  rte_pktmbuf_pool_init(pool, &private);
  if (rte_mempool_populate_default(pool) != (int)buffers || pool->nb_mem_chunks != 1) {
    rte_mempool_free(pool);
    rte_errno = ENOMEM;
    return NULL;
  }
  rte_mempool_obj_iter(pool, rte_pktmbuf_init, NULL);
  return pool;
}

static int make_pool(const struct tp_port_options *options, struct tp_port *port) {
  char name[RTE_MEMPOOL_NAMESIZE];
  uint32_t room = RTE_PKTMBUF_HEADROOM + TP_HEADER_BYTES + RTE_ETHER_CRC_LEN + options->mtu;
  if (room < RTE_MBUF_DEFAULT_BUF_SIZE) {
    room = RTE_MBUF_DEFAULT_BUF_SIZE;
  }
  snprintf(name, sizeof name, "tp-port-%u", port->id);
  int node = rte_eth_dev_socket_id(port->id);
  port->pool = port->is_of_kernel_rings ? packed_pool(name, options->buffers, (uint16_t)room, node)
                                        : rte_pktmbuf_pool_create(name, options->buffers, POOL_CACHE, 0, (uint16_t)room, node);
  return port->pool != NULL ? 0 : -rte_errno;
}

static int fit_rings(const struct tp_port_options *options, struct tp_port *port) {
  port->receive_ring = options->receive_ring;
  port->send_ring = options->send_ring;
  return rte_eth_dev_adjust_nb_rx_tx_desc(port->id, &port->receive_ring, &port->send_ring);
}

static int set_up_receiving(const struct tp_port_options *options, struct tp_port *port) {
  (void)options;
  return rte_eth_rx_queue_setup(port->id, 0, port->receive_ring, (unsigned)rte_eth_dev_socket_id(port->id), NULL, port->pool);
}

static int set_up_sending(const struct tp_port_options *options, struct tp_port *port) {
  (void)options;
  return rte_eth_tx_queue_setup(port->id, 0, port->send_ring, (unsigned)rte_eth_dev_socket_id(port->id), NULL);
}

static int read_stamps(const struct tp_port_options *options, struct tp_port *port) {
  if ((port->does & TP_CAN_STAMP) == 0 && options->stamp_tick_ns == 0) {
    return 0;
  }
  port->stamp_tick_ns = options->stamp_tick_ns != 0 ? options->stamp_tick_ns : 1;
  port->stamp_offset_ns = options->stamp_offset_ns;
  return rte_mbuf_dyn_rx_timestamp_register(&port->stamp_field, &port->stamp_flag) == 0 ? 0 : -rte_errno;
}

static int start(const struct tp_port_options *options, struct tp_port *port) {
  (void)options;
  int error = rte_eth_dev_start(port->id);
  port->is_started = error == 0;
  return error;
}

/* The socket belongs to the network namespace that the port is opened in; who asks later may be in another. */
static int open_link(const struct tp_port_options *options, struct tp_port *port) {
  if (has_kernel_link(options->device)) {
    find_interface(options->arguments, port->interface);
  }
  if (port->interface[0] != 0) { /* net_pcap also reads and writes files: the driver says what their link is */
    port->link_socket = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    if (port->link_socket < 0) {
      return -errno;
    }
  }
  return 0;
}

static int describe_device(const struct tp_port_options *options, struct tp_port *port) {
  struct rte_ether_addr mac;
  int error = rte_eth_macaddr_get(port->id, &mac);
  port->device = (struct tp_device){
      .context = port,
      .mtu = options->mtu,
      .flags = ((port->does & TP_CAN_FILL_CHECKSUMS) != 0 ? TP_DEVICE_SENDS_CHECKSUMS : 0) |
               (may_wait(options->device) ? TP_DEVICE_MAY_WAIT : 0),
      .receive = tp_port_receive,
      .release = tp_port_release,
      .reserve = tp_port_reserve,
      .flush = tp_port_flush,
  };
  memcpy(port->device.mac, mac.addr_bytes, sizeof port->device.mac);
  port->can |= takes_rules(port->id) ? TP_CAN_STEER : 0;
  return error;
}

static const struct step steps[] = {
    {"rte_eth_dev_info_get", learn},
    {"rte_eth_dev_configure", configure},
    {"rte_eth_dev_set_mtu", set_mtu},
    {"rte_pktmbuf_pool_create", make_pool},
    {"rte_eth_dev_adjust_nb_rx_tx_desc", fit_rings},
    {"rte_eth_rx_queue_setup", set_up_receiving},
    {"rte_eth_tx_queue_setup", set_up_sending},
    {"rte_mbuf_dyn_rx_timestamp_register", read_stamps},
    {"rte_eth_dev_start", start},
    {"socket", open_link},
    {"rte_eth_macaddr_get", describe_device},
};

/* Undoes what was done, however far it came. A device that does not stop keeps its memory: it may still write there. */
static int detach(struct tp_port *port) {
  int error = port->is_started ? rte_eth_dev_stop(port->id) : 0;
  if (port->link_socket >= 0) {
    close(port->link_socket);
    port->link_socket = -1;
  }
  rte_pktmbuf_free_bulk(port->pending, port->pending_count);
  port->pending_count = 0;
  if (error == 0) {
    error = rte_eth_dev_close(port->id);
  }
  if (error != 0) {
    return error;
  }
  take_off(port);
  rte_mempool_free(port->pool);
  rte_free(port);
  return 0;
}

int tp_port_open(const struct tp_port_options *options, struct tp_port **opened, char *reason, uint32_t reason_bytes) {
  struct tp_port *port = rte_zmalloc("tp_port", sizeof *port, RTE_CACHE_LINE_SIZE);
  int error;
  tp_forget_errors();
  tp_xdp_prepare();
  if (port == NULL) {
    return tp_refuse(-ENOMEM, "rte_zmalloc", reason, reason_bytes);
  }
  port->link_socket = -1;
  if ((error = attach(options, port)) != 0) {
    rte_free(port);
    return tp_refuse(error, "rte_dev_probe", reason, reason_bytes);
  }
  for (size_t i = 0; i < RTE_DIM(steps); i++) {
    if ((error = steps[i].run(options, port)) != 0) {
      error = tp_refuse(error, steps[i].name, reason, reason_bytes);
      detach(port);
      return error;
    }
  }
  *opened = port;
  return 0;
}

int tp_port_close(struct tp_port *port) {
  return detach(port);
}

struct tp_device *tp_port_device(struct tp_port *port) {
  return &port->device;
}

int tp_port_describe(struct tp_port *port, struct tp_port_description *description) {
  struct rte_eth_dev_info info;
  struct rte_eth_link link = {0};
  int link_is_up = tp_link_of(port);
  int error = link_is_up < 0 ? link_is_up : rte_eth_dev_info_get(port->id, &info);
  if (error != 0 || (error = rte_eth_link_get_nowait(port->id, &link)) != 0) {
    return error;
  }
  *description = (struct tp_port_description){
      .can = port->can,
      .does = port->does,
      .node = rte_eth_dev_socket_id(port->id),
      .link_mbps = link.link_speed == RTE_ETH_SPEED_NUM_UNKNOWN ? 0 : link.link_speed,
      .link_is_up = (uint16_t)link_is_up,
      .receive_ring = port->receive_ring,
      .send_ring = port->send_ring,
      .mtu = port->device.mtu,
      .may_wait = (port->device.flags & TP_DEVICE_MAY_WAIT) != 0,
  };
  snprintf(description->driver, sizeof description->driver, "%s", info.driver_name);
  return 0;
}

int tp_port_statistics(struct tp_port *port, struct tp_port_statistics *statistics) {
  struct rte_eth_stats stats;
  int error = rte_eth_stats_get(port->id, &stats);
  if (error != 0) {
    return error;
  }
  *statistics = (struct tp_port_statistics){
      .received_frames = stats.ipackets,
      .received_bytes = stats.ibytes,
      .sent_frames = stats.opackets,
      .sent_bytes = stats.obytes,
      .missed_frames = stats.imissed,
      .receive_errors = stats.ierrors,
      .send_errors = stats.oerrors,
      .without_buffer = stats.rx_nombuf,
      .in_pieces = port->in_pieces,
      .refused_room = port->refused_room,
      .foreign_stamps = port->foreign_stamps,
      .dropped = port->dropped,
  };
  return 0;
}

/* TCP to an address and port, into queue 0. */
struct rule {
  struct rte_flow_attr attributes;
  struct rte_flow_item_ipv4 ip;
  struct rte_flow_item_ipv4 ip_mask;
  struct rte_flow_item_tcp tcp;
  struct rte_flow_item_tcp tcp_mask;
  struct rte_flow_action_queue queue;
  struct rte_flow_item items[4];
  struct rte_flow_action actions[2];
};

static void build_rule(struct rule *rule, uint32_t address, uint16_t tcp_port) {
  *rule = (struct rule){
      .attributes.ingress = 1,
      .ip.hdr.dst_addr = rte_cpu_to_be_32(address),
      .ip_mask.hdr.dst_addr = UINT32_MAX,
      .tcp.hdr.dst_port = rte_cpu_to_be_16(tcp_port),
      .tcp_mask.hdr.dst_port = UINT16_MAX,
      .items = {{.type = RTE_FLOW_ITEM_TYPE_ETH},
                {.type = RTE_FLOW_ITEM_TYPE_IPV4, .spec = &rule->ip, .mask = &rule->ip_mask},
                {.type = RTE_FLOW_ITEM_TYPE_TCP, .spec = &rule->tcp, .mask = &rule->tcp_mask},
                {.type = RTE_FLOW_ITEM_TYPE_END}},
      .actions = {{.type = RTE_FLOW_ACTION_TYPE_QUEUE, .conf = &rule->queue}, {.type = RTE_FLOW_ACTION_TYPE_END}},
  };
}

static bool takes_rules(uint16_t id) {
  struct rule rule;
  struct rte_flow_error error;
  struct rte_flow *flow;
  build_rule(&rule, RTE_IPV4(127, 0, 0, 1), 1);
  flow = rte_flow_create(id, &rule.attributes, rule.items, rule.actions, &error);
  return flow != NULL && rte_flow_destroy(id, flow, &error) == 0;
}

int tp_port_steer(struct tp_port *port, uint32_t address, uint16_t tcp_port, char *reason, uint32_t reason_bytes) {
  struct rule rule;
  struct rte_flow_error error = {0};
  tp_forget_errors();
  build_rule(&rule, address, tcp_port);
  if (rte_flow_create(port->id, &rule.attributes, rule.items, rule.actions, &error) != NULL) {
    return 0;
  }
  return tp_refuse(-rte_errno, error.message != NULL ? error.message : "rte_flow_create", reason, reason_bytes);
}
