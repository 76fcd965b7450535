package io.tradepit.publication;

/** Which messages of a feed are wanted, and where they are written. One thread. */
interface FeedSink extends MessagePlace {
  /**
   * Whether the message of a number is to be written. Numbers come in order; an answer of true is
   * followed by {@link #claim}.
   *
   * @param number from 1
   */
  boolean accepts(long number);
}
