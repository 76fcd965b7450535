/**
 * Market data: events of the stream become ITCH 5.0 messages in MoldUDP64 packets on two lines.
 *
 * <p>Runs in the duty cycle of one agent, which may share a thread with a gateway. It reads the
 * event stream and sends datagrams through a seam; it never depends on another station, on Netty or
 * on how a datagram leaves. Message numbers come from the matcher and are checked, never given,
 * here.
 */
package io.tradepit.publication;
