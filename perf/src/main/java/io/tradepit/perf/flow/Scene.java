package io.tradepit.perf.flow;

/**
 * A flow that shows one thing: the messages before {@code from} prepare it.
 *
 * @param from the first message that counts
 */
public record Scene(Flow flow, int from) {
  /** Messages that count. */
  public int messages() {
    return flow.messages() - from;
  }
}
