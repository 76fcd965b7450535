package io.tradepit.tools.client;

import java.net.InetSocketAddress;

/**
 * What one line of a feed brought. Written by the thread that polls the receiver; counts are since
 * it was opened.
 */
public final class ReceivedLine {
  /** How a line is. */
  public enum State {
    NOTHING_YET,
    UP,
    SILENT;

    @Override
    public String toString() {
      return switch (this) {
        case NOTHING_YET -> "nothing yet";
        case UP -> "up";
        case SILENT -> "silent";
      };
    }
  }

  private final String name;
  private final InetSocketAddress group;
  private final int receiveBufferAsked;
  private final int receiveBufferObtained;
  private final long silentAfterNs;
  private long packets;
  private long bytes;
  private long heartbeats;
  private long messages;
  private long first;
  private long duplicates;
  private long malformed;
  private long foreign;
  private long sessionFrom;
  private long sessionNext;
  private long sessionMessages;
  private long lastPacketNs;
  private State state = State.NOTHING_YET;

  ReceivedLine(
      String name,
      InetSocketAddress group,
      int receiveBufferAsked,
      int receiveBufferObtained,
      long silentAfterNs) {
    this.name = name;
    this.group = group;
    this.receiveBufferAsked = receiveBufferAsked;
    this.receiveBufferObtained = receiveBufferObtained;
    this.silentAfterNs = silentAfterNs;
  }

  /** A or B. */
  public String name() {
    return name;
  }

  /** The multicast group and port that it listens to. */
  public InetSocketAddress group() {
    return group;
  }

  /** SO_RCVBUF asked for, bytes. */
  public int receiveBufferAsked() {
    return receiveBufferAsked;
  }

  /** SO_RCVBUF that the kernel gave, bytes. */
  public int receiveBufferObtained() {
    return receiveBufferObtained;
  }

  public State state() {
    return state;
  }

  /** Datagrams, whatever was in them. */
  public long packets() {
    return packets;
  }

  /** Payload of all datagrams. */
  public long bytes() {
    return bytes;
  }

  /** Packets without a message: heartbeats and ends of session. */
  public long heartbeats() {
    return heartbeats;
  }

  /** Messages in this feed's packets, whether they came first or not. */
  public long messages() {
    return messages;
  }

  /** Packets of messages that no other line had brought before. */
  public long first() {
    return first;
  }

  /** Packets of messages that had all come before, mostly by the other line. */
  public long duplicates() {
    return duplicates;
  }

  /** Datagrams that are no MoldUDP64 packet. */
  public long malformed() {
    return malformed;
  }

  /** Packets of another session than the one that is followed. */
  public long foreign() {
    return foreign;
  }

  /** Messages of the current session that this line did not bring, between its first and last. */
  public long missing() {
    return Math.max(0, sessionNext - sessionFrom - sessionMessages);
  }

  /** The number that this line's next message should have. */
  public long nextSequenceNumber() {
    return sessionNext;
  }

  void onDatagram(int length, long nowNs) {
    packets++;
    bytes += length;
    lastPacketNs = nowNs;
    state = State.UP;
  }

  void onTime(long nowNs) {
    if (state == State.UP && nowNs - lastPacketNs >= silentAfterNs) {
      state = State.SILENT;
    }
  }

  void onSession() {
    sessionFrom = 0;
    sessionNext = 0;
    sessionMessages = 0;
  }

  void onPacket(long sequenceNumber, int count) {
    if (sessionFrom == 0) {
      sessionFrom = sequenceNumber;
    }
    sessionNext = Math.max(sessionNext, sequenceNumber + count);
    sessionMessages += count;
    messages += count;
    if (count == 0) {
      heartbeats++;
    }
  }

  void onFirst() {
    first++;
  }

  void onDuplicate() {
    duplicates++;
  }

  void onMalformed() {
    malformed++;
  }

  void onForeign() {
    foreign++;
  }

  @Override
  public String toString() {
    return name + "=" + state + " next=" + sessionNext + " missing=" + missing();
  }
}
