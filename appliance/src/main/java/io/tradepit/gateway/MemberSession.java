package io.tradepit.gateway;

import io.tradepit.stream.MessageIndex;
import io.tradepit.stream.StreamTable;

/** A session that is defined for this gateway, connected or not. Gateway thread. */
final class MemberSession {
  final int id;
  final String username;
  final MessageIndex index = new MessageIndex(StreamTable.SESSION_ENTRIES);

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

  /** Takes over what the stream has told of the session before. */
  void restore(StreamTable.Session told) {
    index.copyOf(told.index());
    lastNumber = told.lastNumber();
    lastEpoch = Math.max(lastEpoch, told.lastEpoch());
    connectedEpoch = told.connectedEpoch();
  }
}
