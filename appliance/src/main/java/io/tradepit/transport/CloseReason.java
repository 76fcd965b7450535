package io.tradepit.transport;

/**
 * Why a connection is closed; {@link #code} stands in the logged {@code DisconnectSession} command.
 */
public enum CloseReason {
  /** The member sent a logout request. */
  LOGOUT('L'),
  /** The member closed or reset the connection. */
  PEER('C'),
  /** Nothing came from the member within its timeout. */
  HEARTBEAT('H'),
  /** The member read too slowly and reached its buffer limit. */
  SLOW_READER('S'),
  /** The member broke the protocol: bad framing, no or bad login, above a hard limit. */
  PROTOCOL('P'),
  /** An operator asked for it, or a newer login took the session over. */
  OPERATOR('O'),
  /** The segment stops or the session ended. */
  SHUTDOWN('R');

  /** One ASCII letter. */
  public final byte code;

  CloseReason(char code) {
    this.code = (byte) code;
  }
}
