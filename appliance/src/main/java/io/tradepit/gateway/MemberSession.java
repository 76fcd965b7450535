package io.tradepit.gateway;

import io.tradepit.stream.MessageIndex;

/** A session that is defined for this gateway, connected or not. Gateway thread. */
final class MemberSession {
  private static final int INDEX_CAPACITY = 4_096;

  final int id;
  final String username;
  final MessageIndex index = new MessageIndex(INDEX_CAPACITY);

  /** Number of the last message in the event stream, 0 = none. */
  long lastNumber;

  /** The highest connection epoch that is known to be in use. */
  int lastEpoch;

  /** Epoch of the connection that the matcher holds for open, 0 = none. */
  int connectedEpoch;

  /** The connection that gets the stream, or null. */
  Connection connection;

  MemberSession(int id, String username, int lastEpoch) {
    this.id = id;
    this.username = username;
    this.lastEpoch = lastEpoch;
  }
}
