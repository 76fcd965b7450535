/**
 * TotalView-ITCH 5.0: a view for each of its 23 messages, a decoder for the usual framings and a
 * book built from a feed.
 *
 * <p>The publisher writes with these views on its thread; tests, tools and receivers read with
 * them. Views and decoder allocate nothing after construction and depend on nothing but Agrona's
 * buffers. Messages carry no number of their own: that is the transport's.
 */
package io.tradepit.protocol.itch;
