package io.tradepit.gateway;

import io.tradepit.stream.EventHistory;
import io.tradepit.stream.EventReader;
import io.tradepit.telemetry.AnswerStamps;
import io.tradepit.telemetry.CounterFactory;
import io.tradepit.time.Clock;
import io.tradepit.transport.Transport;
import io.tradepit.transport.TransportListener;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import org.agrona.concurrent.NanoClock;
import org.agrona.concurrent.SystemNanoClock;
import org.agrona.concurrent.ringbuffer.RingBuffer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Configuration of a {@link GatewayAgent}: what it is given, and its limits. */
public final class GatewayContext {
  private static final int MAX_GATEWAY_ID = 255;
  private static final int MIN_PACKET_BYTES = 64;
  private static final int MAX_PACKET_BYTES = 65_535;

  int gatewayId = 1;
  Function<TransportListener, Transport> transport;
  Clock clock;
  NanoClock timer = SystemNanoClock.INSTANCE;
  RingBuffer commands;
  EventReader events;
  Supplier<EventHistory> histories;
  Authenticator authenticator;
  CounterFactory counters = CounterFactory.unexported();
  AnswerStamps stamps = AnswerStamps.NONE;
  Logger logger = LoggerFactory.getLogger(GatewayAgent.class);
  Map<String, SessionLimits> sessionLimits = Map.of();
  long firstGatewaySequence = 1;
  int firstConnectionEpoch = 1;
  int maxPacketBytes = 1_024;
  int maxConnections = 256;
  int maxPendingOfSource = 32;
  int maxReplays = 16;
  int maxFailuresPerMinute = 10;
  int maxMalformed = 10;
  int maxMessagesPerSecond;
  int replayFramesPerTurn = 64;
  int eventsPerTurn = 64;
  int lingerMs = 1_000;
  long sendBufferLimitBytes = 4L << 20;
  long loginTimeoutNs = TimeUnit.SECONDS.toNanos(30);
  long clientTimeoutNs = TimeUnit.SECONDS.toNanos(15);
  long minClientTimeoutNs = TimeUnit.SECONDS.toNanos(1);
  long maxClientTimeoutNs = TimeUnit.SECONDS.toNanos(60);
  long heartbeatNs = TimeUnit.SECONDS.toNanos(1);

  /** Number of the gateway, 1 to 255: the {@code homeGateway} of its sessions. */
  public GatewayContext gatewayId(int id) {
    gatewayId = id;
    return this;
  }

  /** Makes the transport for its listener, the agent. */
  public GatewayContext transport(Function<TransportListener, Transport> factory) {
    transport = factory;
    return this;
  }

  /** Stamps what the gateway itself enters: logins and closes. */
  public GatewayContext clock(Clock source) {
    clock = source;
    return this;
  }

  /** Times heartbeats, time limits and rates; read once a duty cycle. It never steps. */
  public GatewayContext timer(NanoClock source) {
    timer = source;
    return this;
  }

  /** Where commands go, each a record of type {@link CommandWriter#MESSAGE_TYPE}. */
  public GatewayContext commands(RingBuffer ring) {
    commands = ring;
    return this;
  }

  /** The live event stream. */
  public GatewayContext events(EventReader reader) {
    events = reader;
    return this;
  }

  /** Makes readers of the recorded event stream, one for each replay at a time. */
  public GatewayContext histories(Supplier<EventHistory> factory) {
    histories = factory;
    return this;
  }

  /** Closed with the agent. */
  public GatewayContext authenticator(Authenticator checker) {
    authenticator = checker;
    return this;
  }

  /** Default: counters that no one sees. */
  public GatewayContext counters(CounterFactory factory) {
    counters = factory;
    return this;
  }

  /** Where it is stamped that an answer went out; default: nowhere. */
  public GatewayContext stamps(AnswerStamps ofGateway) {
    stamps = ofGateway;
    return this;
  }

  /** For rare lines: logins, closes. */
  public GatewayContext logger(Logger log) {
    logger = log;
    return this;
  }

  /** By username, without padding, in upper case; default: no limits. */
  public GatewayContext sessionLimits(Map<String, SessionLimits> limits) {
    sessionLimits = Map.copyOf(limits);
    return this;
  }

  /** Number of the next command, at least 1: one more than the last that is in the log. */
  public GatewayContext firstGatewaySequence(long sequence) {
    firstGatewaySequence = sequence;
    return this;
  }

  /**
   * Lowest connection epoch of any session, at least 1; {@link GatewayAgent#rebuild} raises it to
   * what each session had.
   */
  public GatewayContext firstConnectionEpoch(int epoch) {
    firstConnectionEpoch = epoch;
    return this;
  }

  /** Longest packet of a member, type and payload, 64 to 65,535 bytes; default 1,024. */
  public GatewayContext maxPacketBytes(int bytes) {
    maxPacketBytes = bytes;
    return this;
  }

  /** Open connections at a time, logged in or not; default 256. */
  public GatewayContext maxConnections(int count) {
    maxConnections = count;
    return this;
  }

  /** Connections of one source address that are not logged in yet; default 32. */
  public GatewayContext maxPendingOfSource(int count) {
    maxPendingOfSource = count;
    return this;
  }

  /** Replays at a time, further ones wait; default 16. */
  public GatewayContext maxReplays(int count) {
    maxReplays = count;
    return this;
  }

  /** Failed logins of one source address before its logins are refused unseen; default 10. */
  public GatewayContext maxFailuresPerMinute(int count) {
    maxFailuresPerMinute = count;
    return this;
  }

  /** Malformed messages of a connection before it is closed; default 10. */
  public GatewayContext maxMalformed(int count) {
    maxMalformed = count;
    return this;
  }

  /** Messages a second of one connection before it is closed; default 0 = no limit. */
  public GatewayContext maxMessagesPerSecond(int count) {
    maxMessagesPerSecond = count;
    return this;
  }

  /**
   * Bytes that a member may be behind, 1,024 to 2^32; default 4 MiB. One that is further behind is
   * cut when it takes less than a quarter of this in a second.
   */
  public GatewayContext sendBufferLimitBytes(long bytes) {
    sendBufferLimitBytes = bytes;
    return this;
  }

  /** Frames that each replay reads in one duty cycle; default 64. */
  public GatewayContext replayFramesPerTurn(int count) {
    replayFramesPerTurn = count;
    return this;
  }

  /** Time from the connection to its login request, ns; default 30 s. */
  public GatewayContext loginTimeoutNs(long durationNs) {
    loginTimeoutNs = durationNs;
    return this;
  }

  /** Silence of a member that asks for no timeout, ns; default 15 s. */
  public GatewayContext clientTimeoutNs(long durationNs) {
    clientTimeoutNs = durationNs;
    return this;
  }

  /** Silence of the gateway before it sends a heartbeat, ns; default 1 s. */
  public GatewayContext heartbeatNs(long durationNs) {
    heartbeatNs = durationNs;
    return this;
  }

  /** How long a close waits for bytes to leave, ms; default 1,000. */
  public GatewayContext lingerMs(int durationMs) {
    lingerMs = durationMs;
    return this;
  }

  /**
   * Validates.
   *
   * @throws IllegalArgumentException that names a value out of its range
   * @throws NullPointerException that names what is missing
   */
  public GatewayContext conclude() {
    Objects.requireNonNull(transport, "transport");
    Objects.requireNonNull(clock, "clock");
    Objects.requireNonNull(commands, "commands");
    Objects.requireNonNull(events, "events");
    Objects.requireNonNull(histories, "histories");
    Objects.requireNonNull(authenticator, "authenticator");
    requireRange("gatewayId", gatewayId, 1, MAX_GATEWAY_ID);
    requireRange("maxPacketBytes", maxPacketBytes, MIN_PACKET_BYTES, MAX_PACKET_BYTES);
    requireRange("maxConnections", maxConnections, 1, 1 << 16);
    requireRange("maxPendingOfSource", maxPendingOfSource, 1, maxConnections);
    requireRange("maxReplays", maxReplays, 1, 1 << 10);
    requireRange("maxMalformed", maxMalformed, 1, 1 << 20);
    requireRange("replayFramesPerTurn", replayFramesPerTurn, 1, 1 << 16);
    requireRange("firstGatewaySequence", firstGatewaySequence, 1, Long.MAX_VALUE);
    requireRange("firstConnectionEpoch", firstConnectionEpoch, 1, Integer.MAX_VALUE);
    requireRange("sendBufferLimitBytes", sendBufferLimitBytes, 1 << 10, 1L << 32);
    return this;
  }

  private static void requireRange(String name, long value, long least, long most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(name + "=" + value + " allowed=" + least + ".." + most);
    }
  }
}
