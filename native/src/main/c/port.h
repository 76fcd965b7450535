/*
 * An Ethernet port driven by DPDK. All calls of a port come from one thread, which has registered itself; the environment (EAL) is
 * one a process and is started from a thread that ends. Calls return 0 or a count, or -errno; those with a reason leave one line there.
 */
#ifndef TRADEPIT_PORT_H
#define TRADEPIT_PORT_H

#include "abi.h"
#include "device.h"

struct tp_port;

struct tp_port_options {
  const char *device;    /* DPDK's name of it: net_af_packet_members, 0000:17:00.1 */
  const char *arguments; /* of its driver: iface=eth2; empty: none */
  uint32_t buffers;      /* frames that the pool holds */
  uint16_t receive_ring; /* descriptors; as near as the driver allows */
  uint16_t send_ring;
  uint16_t mtu;          /* bytes of an IP packet, 576 to 9000 */
};

/* Table of names and numbers, ended by a null name. */
TP_API const struct tp_abi_entry *tp_dpdk_abi(void);

/* Starts the environment with these arguments, without the program's name. The calling thread is pinned to the lcore's CPU. */
TP_API int tp_eal_start(const char *const *arguments, uint32_t count, char *reason, uint32_t reason_bytes);
TP_API int tp_eal_stop(void);

/* The calling thread becomes one of DPDK's, with a cache of buffers of its own. */
TP_API int tp_thread_register(void);
TP_API void tp_thread_unregister(void);

TP_API int tp_port_open(const struct tp_port_options *options, struct tp_port **port, char *reason, uint32_t reason_bytes);
TP_API int tp_port_close(struct tp_port *port);

/* The port as the TCP stack sees it; lives as long as the port. */
TP_API struct tp_device *tp_port_device(struct tp_port *port);

/* The functions of the device, for a caller that has no C. */
TP_API uint16_t tp_port_receive(struct tp_port *port, struct tp_frame *frames, uint16_t limit);
TP_API void tp_port_release(struct tp_port *port, struct tp_frame *frames, uint16_t count);
TP_API uint8_t *tp_port_reserve(struct tp_port *port, uint16_t length);
TP_API uint16_t tp_port_flush(struct tp_port *port);

#endif
