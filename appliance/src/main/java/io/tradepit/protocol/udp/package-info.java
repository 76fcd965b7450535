/**
 * Datagrams as they stand in Ethernet frames, for a sender that goes past the kernel: Ethernet II,
 * 802.1Q, IPv4 and UDP.
 *
 * <p>The publisher encodes on its thread. Views over Agrona's buffers that allocate nothing after
 * construction and depend on nothing else. What a datagram carries is not known here.
 */
package io.tradepit.protocol.udp;
