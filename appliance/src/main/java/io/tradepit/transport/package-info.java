/**
 * Member connections behind one interface: bytes in, bytes out, on the gateway's thread.
 *
 * <p>{@code io_uring} and {@code epoll} are Netty transports driven by the gateway's duty cycle; no
 * type of Netty leaves this package. Nothing here knows what the bytes mean. It depends on {@code
 * time} and {@code telemetry} and on no station.
 *
 * <p>{@code bypass}, in the room of this name, is TCP of our own over an Ethernet port that DPDK
 * drives, past the kernel.
 *
 * <p>The kernel transports say <em>poll</em> of a stamp, never <em>kernel</em>. The kernel has the
 * time of a TCP segment (SO_TIMESTAMPING) and gives it only as control data of recvmsg(2), for the
 * last segment of what was read; Netty 4.2.18 reads a stream by recv(2) under epoll and by
 * IORING_OP_RECV under io_uring, which have no place for control data.
 *
 * <p>{@link io.tradepit.transport.TransportFactory} takes the port on any thread; the thread of the
 * first poll owns the transport from then on. A connection's memory is allocated when the
 * connection is accepted and kept for the next one in its slot.
 *
 * <p>A small message in and its answer out allocate nothing, Netty included, and neither does a
 * poll that finds nothing, under both transports, when the polling thread is one of {@link
 * io.tradepit.transport.TransportThreads}: on another one each send costs 64 bytes. Connecting,
 * closing, a change between reading and not reading under epoll (32 bytes), and the time until the
 * JIT is done do allocate.
 */
package io.tradepit.transport;
