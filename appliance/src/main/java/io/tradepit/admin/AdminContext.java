package io.tradepit.admin;

import io.tradepit.stream.EventReader;
import io.tradepit.telemetry.CounterFactory;
import io.tradepit.time.Clock;
import java.nio.file.Path;
import java.util.Objects;
import java.util.function.Supplier;
import org.agrona.concurrent.NanoClock;
import org.agrona.concurrent.ringbuffer.RingBuffer;

/** What an {@link AdminServer} is made of. */
public final class AdminContext {
  private Path socket;
  private boolean forGroup;
  private RingBuffer ring;
  private EventReader events;
  private AdminDirectory directory = new AdminDirectory();
  private Clock clock;
  private NanoClock nanoClock = System::nanoTime;
  private CounterFactory counters;
  private StatusSource status;
  private DayOpener dayOpener = who -> "a day is opened when the segment starts";
  private Supplier<String> snapshot = () -> "there is no replica";
  private Runnable stop;
  private long lastGatewaySequence;
  private long timeoutNs = 5_000_000_000L;
  private long pollIntervalNs = 5_000_000L;

  /** Path of the socket's file; its directory is made. */
  public AdminContext socket(Path path) {
    socket = path;
    return this;
  }

  /** Whether the group of the socket's file may use it too; default: its owner only. */
  public AdminContext forGroup(boolean isForGroup) {
    forGroup = isForGroup;
    return this;
  }

  boolean forGroup() {
    return forGroup;
  }

  /** The operator's ring to the sequencer; this server is its only writer from now on. */
  public AdminContext ring(RingBuffer given) {
    ring = given;
    return this;
  }

  /** The live event stream; it must never stall the matcher when this server is late. */
  public AdminContext events(EventReader given) {
    events = given;
    return this;
  }

  /** One that was handed the recorded events of the day; default: an empty one. */
  public AdminContext directory(AdminDirectory given) {
    directory = given;
    return this;
  }

  /** Stamps the commands. */
  public AdminContext clock(Clock given) {
    clock = given;
    return this;
  }

  /** Measures time limits; default {@code System.nanoTime()}. */
  public AdminContext nanoClock(NanoClock given) {
    nanoClock = given;
    return this;
  }

  public AdminContext counters(CounterFactory given) {
    counters = given;
    return this;
  }

  public AdminContext status(StatusSource given) {
    status = given;
    return this;
  }

  /** Default: refuses, because a day is opened at start. */
  public AdminContext dayOpener(DayOpener given) {
    dayOpener = given;
    return this;
  }

  /** Asks for a snapshot; gives null, or why there will be none, in one line. Must not wait. */
  public AdminContext snapshot(Supplier<String> given) {
    snapshot = given;
    return this;
  }

  Supplier<String> snapshot() {
    return snapshot;
  }

  /** Begins to stop the segment; runs on the admin thread and must not wait. */
  public AdminContext stop(Runnable given) {
    stop = given;
    return this;
  }

  /** Of the operator's gateway (0), as the matcher and the starting thread left it; default 0. */
  public AdminContext lastGatewaySequence(long sequence) {
    lastGatewaySequence = sequence;
    return this;
  }

  /** How long a command may take until its event is back; default 5 s. */
  public AdminContext timeoutNs(long nanoseconds) {
    timeoutNs = nanoseconds;
    return this;
  }

  /** How often the sockets are looked at; default 5 ms. */
  public AdminContext pollIntervalNs(long nanoseconds) {
    pollIntervalNs = nanoseconds;
    return this;
  }

  AdminContext conclude() {
    Objects.requireNonNull(socket, "socket");
    Objects.requireNonNull(ring, "ring");
    Objects.requireNonNull(events, "events");
    Objects.requireNonNull(directory, "directory");
    Objects.requireNonNull(clock, "clock");
    Objects.requireNonNull(counters, "counters");
    Objects.requireNonNull(status, "status");
    Objects.requireNonNull(stop, "stop");
    if (timeoutNs <= 0 || pollIntervalNs < 0 || lastGatewaySequence < 0) {
      throw new IllegalArgumentException(
          "timeoutNs="
              + timeoutNs
              + " pollIntervalNs="
              + pollIntervalNs
              + " lastGatewaySequence="
              + lastGatewaySequence
              + ": allowed positive");
    }
    return this;
  }

  Path socket() {
    return socket;
  }

  RingBuffer ring() {
    return ring;
  }

  EventReader events() {
    return events;
  }

  AdminDirectory directory() {
    return directory;
  }

  Clock clock() {
    return clock;
  }

  NanoClock nanoClock() {
    return nanoClock;
  }

  CounterFactory counters() {
    return counters;
  }

  StatusSource status() {
    return status;
  }

  DayOpener dayOpener() {
    return dayOpener;
  }

  Runnable stop() {
    return stop;
  }

  long lastGatewaySequence() {
    return lastGatewaySequence;
  }

  long timeoutNs() {
    return timeoutNs;
  }

  long pollIntervalNs() {
    return pollIntervalNs;
  }
}
