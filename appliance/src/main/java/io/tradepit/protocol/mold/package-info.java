/**
 * MoldUDP64 1.0: packets that carry a numbered stream of messages by multicast, and the request for
 * a part of it again.
 *
 * <p>The publisher encodes on its thread; receivers, tools and tests decode. Views over Agrona's
 * buffers that allocate nothing after construction and depend on nothing else. What the messages
 * say is not known here.
 */
package io.tradepit.protocol.mold;
