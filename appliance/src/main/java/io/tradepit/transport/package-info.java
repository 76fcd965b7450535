/**
 * Member connections behind one interface: bytes in, bytes out, on the gateway's thread.
 *
 * <p>{@code io_uring} and {@code epoll} are Netty transports driven by the gateway's duty cycle; no
 * type of Netty leaves this package. Nothing here knows what the bytes mean.
 */
package io.tradepit.transport;
