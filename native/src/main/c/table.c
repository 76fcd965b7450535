/* What the DPDK shim says of itself. */
#include "port.h"

#include <stddef.h>

#define TP_ABI 6

#define FIELD(name, type, field) {name, offsetof(struct type, field)}

static const struct tp_abi_entry table[] = {
    {"abi", TP_ABI},
    {"frame.bytes", sizeof(struct tp_frame)},
    FIELD("frame.data", tp_frame, data),
    FIELD("frame.length", tp_frame, length),
    FIELD("frame.flags", tp_frame, flags),
    FIELD("frame.stamp", tp_frame, stamp_ns),
    FIELD("frame.handle", tp_frame, handle),
    {"frame.checksum-good", TP_FRAME_CHECKSUM_GOOD},
    {"device.bytes", sizeof(struct tp_device)},
    FIELD("device.mac", tp_device, mac),
    FIELD("device.flags", tp_device, flags),
    {"device.may-wait", TP_DEVICE_MAY_WAIT},
    {"can.check-checksums", TP_CAN_CHECK_CHECKSUMS},
    {"can.fill-checksums", TP_CAN_FILL_CHECKSUMS},
    {"can.stamp", TP_CAN_STAMP},
    {"can.steer", TP_CAN_STEER},
    {"options.bytes", sizeof(struct tp_port_options)},
    FIELD("options.device", tp_port_options, device),
    FIELD("options.arguments", tp_port_options, arguments),
    FIELD("options.buffers", tp_port_options, buffers),
    FIELD("options.offloads", tp_port_options, offloads),
    FIELD("options.receive-ring", tp_port_options, receive_ring),
    FIELD("options.send-ring", tp_port_options, send_ring),
    FIELD("options.mtu", tp_port_options, mtu),
    FIELD("options.stamp-tick", tp_port_options, stamp_tick_ns),
    FIELD("options.stamp-offset", tp_port_options, stamp_offset_ns),
    {"description.bytes", sizeof(struct tp_port_description)},
    FIELD("description.driver", tp_port_description, driver),
    FIELD("description.can", tp_port_description, can),
    FIELD("description.does", tp_port_description, does),
    FIELD("description.node", tp_port_description, node),
    FIELD("description.link-mbps", tp_port_description, link_mbps),
    FIELD("description.link-is-up", tp_port_description, link_is_up),
    FIELD("description.receive-ring", tp_port_description, receive_ring),
    FIELD("description.send-ring", tp_port_description, send_ring),
    FIELD("description.mtu", tp_port_description, mtu),
    FIELD("description.may-wait", tp_port_description, may_wait),
    {"statistics.bytes", sizeof(struct tp_port_statistics)},
    FIELD("statistics.received-frames", tp_port_statistics, received_frames),
    FIELD("statistics.received-bytes", tp_port_statistics, received_bytes),
    FIELD("statistics.sent-frames", tp_port_statistics, sent_frames),
    FIELD("statistics.sent-bytes", tp_port_statistics, sent_bytes),
    FIELD("statistics.missed-frames", tp_port_statistics, missed_frames),
    FIELD("statistics.receive-errors", tp_port_statistics, receive_errors),
    FIELD("statistics.send-errors", tp_port_statistics, send_errors),
    FIELD("statistics.without-buffer", tp_port_statistics, without_buffer),
    FIELD("statistics.in-pieces", tp_port_statistics, in_pieces),
    FIELD("statistics.refused-room", tp_port_statistics, refused_room),
    FIELD("statistics.foreign-stamps", tp_port_statistics, foreign_stamps),
    FIELD("statistics.dropped", tp_port_statistics, dropped),
    {NULL, 0},
};

const struct tp_abi_entry *tp_dpdk_abi(void) {
  return table;
}
