/**
 * SoupBinTCP 3.00, 4.00 and 4.10: framing of a member's connection, in both directions.
 *
 * <p>Static writers and flyweight readers over Agrona buffers, used on any thread; nothing
 * allocates. Depends on Agrona only; never on a transport, a session or a message inside a packet.
 */
package io.tradepit.protocol.soupbin;
