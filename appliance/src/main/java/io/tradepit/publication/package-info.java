/**
 * Market data: events of the stream become ITCH 5.0 messages in MoldUDP64 packets on two lines; and
 * what brings a receiver back that lost some or came late: retransmissions and GLIMPSE snapshots.
 *
 * <p>The publisher runs in the duty cycle of one agent, which may share a thread with a gateway. It
 * reads the live event stream and sends datagrams through a seam. Message numbers come from the
 * matcher and are checked, never given, here.
 *
 * <p>Feed recovery is another agent, on a thread of its own and on no order's path: it reads the
 * recorded event stream, and gets images of the books from whoever follows the log with a state of
 * its own ({@link io.tradepit.publication.ImageExchange}). Both write messages with one encoder, so
 * that what is sent again is what was sent.
 *
 * <p>Nothing here depends on another station, on Netty or on how a datagram leaves.
 */
package io.tradepit.publication;
