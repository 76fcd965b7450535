/**
 * GLIMPSE 5.0: the one message that a snapshot of the books has beside those of ITCH 5.0. Its
 * carrier is SoupBinTCP.
 *
 * <p>Any thread; allocates nothing. Depends on {@code protocol.soupbin} and Agrona's buffers only.
 */
package io.tradepit.protocol.glimpse;
