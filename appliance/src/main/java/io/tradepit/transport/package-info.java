/**
 * Member connections behind one interface: bytes in, bytes out, on the gateway's thread.
 *
 * <p>{@code io_uring} and {@code epoll} are Netty transports driven by the gateway's duty cycle; no
 * type of Netty leaves this package. Nothing here knows what the bytes mean. It depends on {@code
 * time} and {@code telemetry} and on no station.
 *
 * <p>{@link io.tradepit.transport.TransportFactory} takes the port on any thread; the thread of the
 * first poll owns the transport from then on. A connection's memory is allocated when the
 * connection is accepted and kept for the next one in its slot.
 *
 * <p>Allocation for a small message in and its answer out, by the whole polling thread over 10^6 of
 * them: 96 bytes under both transports, which by Netty's source is an entry of its outbound queue,
 * and under io_uring 16 more for each poll that finds nothing. The share of this package's own code
 * is not measured apart.
 */
package io.tradepit.transport;
