package io.tradepit.lwip;

/**
 * Where the memory lies that Java shares with an open stack; addresses in this process.
 *
 * @param connections one {@link ConnectionLayout} a slot, {@code maxConnections} of them
 * @param ready slots with news, written by a poll, read after it: a {@link SlotsLayout}
 * @param work slots with work for the next poll, which empties it, each at most once: a {@link
 *     SlotsLayout}
 * @param receiveRings the receive rings, {@link #receiveBytes} for each slot
 * @param sendRings the send rings, {@link StackOptions#sendBytes} for each slot
 * @param statistics a {@link StatisticsLayout}
 * @param receiveBytes of each receive ring, a power of two
 */
public record StackView(
    long connections,
    long ready,
    long work,
    long receiveRings,
    long sendRings,
    long statistics,
    int receiveBytes) {}
