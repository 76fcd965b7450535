package io.tradepit.lwip;

/**
 * {@code struct tp_stack_statistics} of {@code stack.h}: 8 bytes each, since the stack's opening.
 */
public final class StatisticsLayout {
  public static final int LENGTH = 96;

  public static final int FRAMES_IN_OFFSET = 0;
  public static final int FRAMES_OUT_OFFSET = 8;

  /** Of another VLAN, too short, or of a protocol that is not spoken. */
  public static final int FRAMES_NOT_OURS_OFFSET = 16;

  /** The device had no room; TCP sends them again. */
  public static final int FRAMES_NOT_SENT_OFFSET = 24;

  /** They came when there was no memory to hold them. */
  public static final int FRAMES_NO_MEMORY_OFFSET = 32;

  public static final int CHECKSUM_ERRORS_OFFSET = 40;
  public static final int SEGMENTS_SENT_AGAIN_OFFSET = 48;

  /** There were as many connections as allowed. */
  public static final int CONNECTIONS_REFUSED_OFFSET = 56;

  /** Handshakes that are not done now. */
  public static final int HALF_OPEN_OFFSET = 64;

  /** Handshakes that were dropped: there were as many as allowed, or they took 5 seconds. */
  public static final int HALF_OPEN_DROPPED_OFFSET = 72;

  /** Bytes that TCP took of the send rings. */
  public static final int BYTES_OUT_OFFSET = 80;

  /** Connections in TCP's memory now, half-open ones and those that it finishes alone included. */
  public static final int FLOWS_OFFSET = 88;

  private StatisticsLayout() {}
}
