/* What io.tradepit.lwip relies on, see stack.h. */
#include <stddef.h>

#include "stack.h"

#define CONNECTION(member) offsetof(struct tp_connection, member)
#define CONFIG(member) offsetof(struct tp_stack_config, member)
#define VIEW(member) offsetof(struct tp_stack_view, member)
#define STATISTICS(member) offsetof(struct tp_stack_statistics, member)

static const struct tp_abi_entry table[] = {
    {"abi", 2},
    {"limit.connections", TP_STACK_MAX_CONNECTIONS},
    {"limit.half-open", TP_STACK_MAX_HALF_OPEN},
    {"connection.bytes", sizeof(struct tp_connection)},
    {"connection.received", CONNECTION(received)},
    {"connection.acknowledged", CONNECTION(acknowledged)},
    {"connection.number", CONNECTION(number)},
    {"connection.state", CONNECTION(state)},
    {"connection.remote-address", CONNECTION(remote_address)},
    {"connection.remote-port", CONNECTION(remote_port)},
    {"connection.mark-count", CONNECTION(mark_count)},
    {"connection.taken", CONNECTION(taken)},
    {"connection.queued", CONNECTION(queued)},
    {"connection.orders", CONNECTION(orders)},
    {"connection.marks-read", CONNECTION(marks_read)},
    {"connection.marks", CONNECTION(marks)},
    {"connection.mark-limit", TP_STACK_MARKS},
    {"mark.bytes", sizeof(struct tp_mark)},
    {"mark.end", offsetof(struct tp_mark, end)},
    {"mark.stamp", offsetof(struct tp_mark, stamp_ns)},
    {"slots.count", offsetof(struct tp_slots, count)},
    {"slots.slots", offsetof(struct tp_slots, slots)},
    {"config.bytes", sizeof(struct tp_stack_config)},
    {"config.address", CONFIG(address)},
    {"config.prefix", CONFIG(prefix)},
    {"config.gateway", CONFIG(gateway)},
    {"config.vlan", CONFIG(vlan)},
    {"config.max-connections", CONFIG(max_connections)},
    {"config.max-half-open", CONFIG(max_half_open)},
    {"config.send-bytes", CONFIG(send_bytes)},
    {"view.bytes", sizeof(struct tp_stack_view)},
    {"view.connections", VIEW(connections)},
    {"view.ready", VIEW(ready)},
    {"view.work", VIEW(work)},
    {"view.receive-rings", VIEW(receive_rings)},
    {"view.send-rings", VIEW(send_rings)},
    {"view.statistics", VIEW(statistics)},
    {"view.receive-bytes", VIEW(receive_bytes)},
    {"view.may-wait", VIEW(may_wait)},
    {"state.open", TP_STATE_OPEN},
    {"state.peer-shut", TP_STATE_PEER_SHUT},
    {"state.gone", TP_STATE_GONE},
    {"order.shut", TP_ORDER_SHUT},
    {"order.reset", TP_ORDER_RESET},
    {"order.release", TP_ORDER_RELEASE},
    {"statistics.frames-in", STATISTICS(frames_in)},
    {"statistics.frames-out", STATISTICS(frames_out)},
    {"statistics.frames-not-ours", STATISTICS(frames_not_ours)},
    {"statistics.frames-not-sent", STATISTICS(frames_not_sent)},
    {"statistics.frames-no-memory", STATISTICS(frames_no_memory)},
    {"statistics.checksum-errors", STATISTICS(checksum_errors)},
    {"statistics.segments-sent-again", STATISTICS(segments_sent_again)},
    {"statistics.connections-refused", STATISTICS(connections_refused)},
    {"statistics.half-open", STATISTICS(half_open)},
    {"statistics.half-open-dropped", STATISTICS(half_open_dropped)},
    {"statistics.bytes-out", STATISTICS(bytes_out)},
    {"statistics.flows", STATISTICS(flows)},
    {"statistics.bytes", sizeof(struct tp_stack_statistics)},
    {NULL, 0},
};

const struct tp_abi_entry *tp_lwip_abi(void) { return table; }
