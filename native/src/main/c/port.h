/*
 * An Ethernet port driven by DPDK, and the process's environment (EAL) for it. The environment is started from a thread that ends; all
 * calls of a port come from one thread, which has registered itself. Calls return 0 or a count, or -errno; those with a reason leave
 * one line there. Nothing exits, prints or waits, but for what
 * opens and closes, and for drivers of virtual devices, which may wait for the kernel while a ring is full.
 */
#ifndef TRADEPIT_PORT_H
#define TRADEPIT_PORT_H

#include "abi.h"
#include "device.h"

#define TP_NAME_BYTES 64

/* What a device may be able to do, and what it was told to. */
#define TP_CAN_CHECK_CHECKSUMS 1u /* proves those of IPv4, TCP and UDP of what comes in */
#define TP_CAN_FILL_CHECKSUMS 2u  /* fills them in of what goes out */
#define TP_CAN_STAMP 4u           /* says when a frame came in, by its own clock */
#define TP_CAN_STEER 8u           /* takes rules for what comes in to which queue */

struct tp_port_options {
  const char *device;    /* DPDK's name of it: net_af_packet_members, 0000:17:00.1 */
  const char *arguments; /* of its driver: iface=eth2; empty: none */
  uint32_t buffers;      /* frames that the pool holds */
  uint32_t offloads;     /* TP_CAN_*: taken where the device can */
  uint16_t receive_ring; /* descriptors; as near as the driver allows */
  uint16_t send_ring;
  uint16_t mtu;          /* bytes of an IP packet, 576 to 9000 */
  uint16_t stamp_tick_ns; /* nanoseconds of one tick of the device's stamps; 0: only where the device says that it can, by 1 */
  int64_t stamp_offset_ns; /* added to a stamp: -37 s where the device's clock is TAI */
};

struct tp_port_description {
  char driver[TP_NAME_BYTES];
  uint32_t can;     /* TP_CAN_* */
  uint32_t does;    /* of these, what it was told to */
  int32_t node;     /* of memory; -1: none */
  uint32_t link_mbps; /* 0: not known */
  uint16_t link_is_up;
  uint16_t receive_ring;
  uint16_t send_ring;
  uint16_t mtu;
  uint16_t may_wait; /* 1: its driver asks the kernel for each burst, and may wait for it */
};

/* Since the port was opened. The first six are the device's own, the rest this file's. */
struct tp_port_statistics {
  uint64_t received_frames;
  uint64_t received_bytes;
  uint64_t sent_frames;
  uint64_t sent_bytes;
  uint64_t missed_frames;   /* the ring was full: nobody polled in time */
  uint64_t receive_errors;
  uint64_t send_errors;
  uint64_t without_buffer;  /* received, and no buffer for it */
  uint64_t in_pieces;       /* dropped: longer than a buffer */
  uint64_t refused_room;    /* reserve found no buffer, or too many frames waiting */
  uint64_t foreign_stamps;  /* not within a second of this machine's clock, so not used */
  uint64_t dropped;         /* to be sent, but the link was down, or the device had taken nothing for a second */
};

struct tp_port;

TP_API const struct tp_abi_entry *tp_dpdk_abi(void);

/* Of the DPDK that was loaded, such as "DPDK 22.11.11". */
TP_API const char *tp_dpdk_version(void);

/* Starts the environment, once a process, without the program's name. Pins the calling thread to the lcore's CPU. */
TP_API int tp_eal_start(const char *const *arguments, uint32_t count, char *reason, uint32_t reason_bytes);
/* All ports are closed before. It cannot be started again. */
TP_API int tp_eal_stop(void);

/* The calling thread becomes one of DPDK's, with a cache of buffers of its own. */
TP_API int tp_thread_register(void);
TP_API void tp_thread_unregister(void);

/* Finds the device that the environment's arguments attached, else attaches it; starts it. What fails leaves nothing attached. */
TP_API int tp_port_open(const struct tp_port_options *options, struct tp_port **port, char *reason, uint32_t reason_bytes);
/* Stops and detaches. Frames that were received are given back before. */
TP_API int tp_port_close(struct tp_port *port);

/* The port as the TCP stack sees it; lives as long as the port. */
TP_API struct tp_device *tp_port_device(struct tp_port *port);

/* These two may be called from another thread than the port's, while the port is open. */
TP_API int tp_port_describe(struct tp_port *port, struct tp_port_description *description);
TP_API int tp_port_statistics(struct tp_port *port, struct tp_port_statistics *statistics);

/*
 * Whether the link is up, 1 or 0, or -errno: of a kernel's interface as the kernel says (IFF_RUNNING), else as the driver says. From
 * now on frames are dropped and not handed to the device if it is down: who asks once asks on, at a slow pace, from any thread, in any
 * network namespace.
 */
TP_API int tp_port_link(struct tp_port *port);

/* From now on TCP to this address and port (host byte order) comes to the queue that is polled. */
TP_API int tp_port_steer(struct tp_port *port, uint32_t address, uint16_t tcp_port, char *reason, uint32_t reason_bytes);

/* The functions of the device (device.h), for a caller that has no C. */
TP_API uint16_t tp_port_receive(void *port, struct tp_frame *frames, uint16_t limit);
TP_API void tp_port_release(void *port, struct tp_frame *frames, uint16_t count);
TP_API uint8_t *tp_port_reserve(void *port, uint16_t length);
TP_API uint16_t tp_port_flush(void *port);

/* The flags of an interface, IFF_* of netdevice(7); -ENODEV without it. */
TP_API int tp_interface_flags(const char *interface);

/* The number of the XDP program on an interface and its name; 0: none. -ELIBACC without libxdp. */
TP_API int tp_xdp_program(const char *interface, uint32_t *program, char *name, uint32_t name_bytes);
/* Takes it off, if it is this one; -ESTALE: another one, or none. */
TP_API int tp_xdp_detach(const char *interface, uint32_t program);

#endif
