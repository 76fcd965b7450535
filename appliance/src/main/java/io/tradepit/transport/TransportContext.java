package io.tradepit.transport;

import io.tradepit.telemetry.CounterFactory;
import io.tradepit.time.Clock;
import io.tradepit.transport.bypass.BypassPort;
import java.util.Objects;

/** What a transport is opened with. Nothing can be set after {@link #conclude()}. */
public final class TransportContext {
  /** Connections at a time, at most. */
  public static final int MAX_CONNECTIONS = 1 << 16;

  private static final int MIN_SEND_BUFFER_BYTES = 1 << 12;
  private static final int MAX_SEND_BUFFER_BYTES = 1 << 26;
  private static final int MAX_BACKLOG = 1 << 16;

  private Clock clock;
  private CounterFactory counters = CounterFactory.unexported();
  private int sendBufferBytes = 1 << 18;
  private int maxConnections = 1024;
  private int backlog = 512;
  private BypassPort bypassPort;
  private boolean concluded;

  /** The clock that bytes are stamped by, read once in a poll that received some. No default. */
  public TransportContext clock(Clock clock) {
    requireOpen();
    this.clock = clock;
    return this;
  }

  /** Where counters come from; by default no one exports them. */
  public TransportContext counters(CounterFactory counters) {
    requireOpen();
    this.counters = counters;
    return this;
  }

  /**
   * Bytes that a connection holds for a peer which does not read, on top of what the kernel holds:
   * a power of two from 4 KiB to 64 MiB, 256 KiB by default. It never grows. A connection that ever
   * was open at the same time as {@code n} others costs it once; it is used again by later ones.
   */
  public TransportContext sendBufferBytes(int sendBufferBytes) {
    requireOpen();
    this.sendBufferBytes = sendBufferBytes;
    return this;
  }

  /** Connections at a time, 1 to 65,536, by default 1,024; one more is closed when accepted. */
  public TransportContext maxConnections(int maxConnections) {
    requireOpen();
    this.maxConnections = maxConnections;
    return this;
  }

  /**
   * Connections that the kernel holds until they are accepted, 1 to 65,536, by default 512; under
   * bypass, handshakes at a time, at most 4,096.
   */
  public TransportContext backlog(int backlog) {
    requireOpen();
    this.backlog = backlog;
    return this;
  }

  /** The port that {@code bypass} is opened over, which it has to itself; none by default. */
  public TransportContext bypassPort(BypassPort bypassPort) {
    requireOpen();
    this.bypassPort = bypassPort;
    return this;
  }

  public Clock clock() {
    return clock;
  }

  public CounterFactory counters() {
    return counters;
  }

  public int sendBufferBytes() {
    return sendBufferBytes;
  }

  public int maxConnections() {
    return maxConnections;
  }

  public int backlog() {
    return backlog;
  }

  public BypassPort bypassPort() {
    return bypassPort;
  }

  /**
   * Checks every value and freezes them.
   *
   * @throws IllegalArgumentException naming the value and what is allowed
   */
  public TransportContext conclude() {
    Objects.requireNonNull(clock, "clock=null");
    Objects.requireNonNull(counters, "counters=null");
    require("sendBufferBytes", sendBufferBytes, MIN_SEND_BUFFER_BYTES, MAX_SEND_BUFFER_BYTES);
    if (Integer.bitCount(sendBufferBytes) != 1) {
      throw new IllegalArgumentException(
          "sendBufferBytes=" + sendBufferBytes + " allowed=a power of two");
    }
    require("maxConnections", maxConnections, 1, MAX_CONNECTIONS);
    require("backlog", backlog, 1, MAX_BACKLOG);
    concluded = true;
    return this;
  }

  private static void require(String name, int value, int least, int most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(name + "=" + value + " allowed=" + least + ".." + most);
    }
  }

  private void requireOpen() {
    if (concluded) {
      throw new IllegalStateException("context=concluded");
    }
  }
}
