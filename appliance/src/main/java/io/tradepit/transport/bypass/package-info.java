/**
 * Member connections past the kernel: TCP of {@code io.tradepit.lwip} over an Ethernet port, on the
 * gateway's thread.
 *
 * <p>A poll is one call into the stack. What came lies in the connection's receive ring and is
 * handed to the listener from there; what is sent is copied into the connection's send ring, which
 * TCP sends from. A connection's memory is there from the start; a small message in and its answer
 * out allocate nothing, nor does a poll that finds nothing.
 */
package io.tradepit.transport.bypass;
