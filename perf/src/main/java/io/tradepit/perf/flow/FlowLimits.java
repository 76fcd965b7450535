package io.tradepit.perf.flow;

/**
 * What an engine may size itself by.
 *
 * @param orders ids are 1 to this
 * @param mostOpenOrders no more orders are ever open at once, whatever matches
 * @param instruments numbered 1 to this
 * @param lowestPrice of all messages, in ticks
 * @param highestPrice of all messages, in ticks
 */
public record FlowLimits(
    int orders, int mostOpenOrders, int instruments, int lowestPrice, int highestPrice) {}
