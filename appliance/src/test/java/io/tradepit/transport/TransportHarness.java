package io.tradepit.transport;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tradepit.telemetry.CounterFactory;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.status.AtomicCounter;

/**
 * A transport that the test's own thread polls, with a listener that notes what it is told and
 * checks what holds always: opened once, nothing after closed.
 */
final class TransportHarness implements TransportListener, AutoCloseable {
  final List<Long> opened = new ArrayList<>();
  final List<Long> closed = new ArrayList<>();
  final List<CloseReason> reasons = new ArrayList<>();

  /** The connection of each bytes callback, in order. */
  final List<Long> turns = new ArrayList<>();

  final Map<String, AtomicCounter> counters = new HashMap<>();
  final Transport transport;
  private final TransportSite site;

  /** What the next bytes callbacks take at most. */
  int appetite = Integer.MAX_VALUE;

  boolean isEchoing;
  long clockNs = 1_700_000_000_000_000_000L;
  int clockReads;
  long lastIngressTimeNs;
  byte lastIngressSource;
  int callbacks;
  private AtomicLong discarded;
  private final Map<Long, byte[]> received = new HashMap<>();

  TransportHarness(TransportSite site, InetSocketAddress address, TransportContext context) {
    this.site = site;
    CounterFactory unexported = CounterFactory.unexported();
    context
        .clock(() -> {
          clockReads++;
          return clockNs;
        })
        .counters((counter, help) -> {
          AtomicCounter made = unexported.counter(counter, help);
          counters.put(counter, made);
          return made;
        });
    transport = TransportFactory.open(site.name(), address, this, site.complete(context));
    transport.poll(1);
  }

  TransportHarness(TransportSite site, TransportContext context) {
    this(site, site.freePort(), context);
  }

  TransportHarness(String name, TransportContext context) {
    this(new LoopbackSite(name), context);
  }

  /** Connects, without a callback. */
  Socket connect() throws IOException {
    Socket socket = site.connect(transport.localAddress(), () -> transport.poll(0));
    socket.setSoTimeout(30_000);
    return socket;
  }

  /** Connects and polls until the listener knows. */
  Socket connectAndAccept() throws IOException {
    int before = opened.size();
    Socket socket = connect();
    pollUntil(() -> opened.size() == before + 1);
    return socket;
  }

  long onlyConnection() {
    return opened.get(opened.size() - 1);
  }

  void pollUntil(BooleanSupplier condition) {
    pollUntilWithin(condition, 30);
  }

  void pollUntilWithin(BooleanSupplier condition, int seconds) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    while (!condition.getAsBoolean()) {
      transport.poll(64);
      assertTrue(System.nanoTime() < deadline, "condition not reached, s=" + seconds);
    }
  }

  /** From now on bytes are counted and not kept. */
  void discardInto(AtomicLong count) {
    discarded = count;
  }

  void pollFor(int milliseconds) {
    long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(milliseconds);
    while (System.nanoTime() < deadline) {
      transport.poll(64);
    }
  }

  byte[] received(long connection) {
    return received.getOrDefault(connection, new byte[0]);
  }

  int send(long connection, byte[] bytes) {
    return transport.trySend(connection, new UnsafeBuffer(bytes), 0, bytes.length);
  }

  long count(String counter) {
    return counters.get(counter).get();
  }

  @Override
  public void onOpened(long connection, InetSocketAddress remote) {
    callbacks++;
    assertFalse(opened.contains(connection), "number used twice");
    assertTrue(remote.getPort() > 0);
    opened.add(connection);
  }

  @Override
  public int onBytes(
      long connection,
      DirectBuffer buffer,
      int offset,
      int length,
      long ingressTimeNs,
      byte ingressSource) {
    callbacks++;
    assertTrue(opened.contains(connection) && !closed.contains(connection));
    assertTrue(length > 0 && length <= Transport.MAX_READ_BYTES, "length=" + length);
    turns.add(connection);
    lastIngressTimeNs = ingressTimeNs;
    lastIngressSource = ingressSource;
    int taken = Math.min(length, appetite);
    if (isEchoing) {
      return Math.max(0, transport.trySend(connection, buffer, offset, taken));
    }
    if (discarded != null) {
      discarded.addAndGet(taken);
      return taken;
    }
    byte[] before = received(connection);
    byte[] after = Arrays.copyOf(before, before.length + taken);
    buffer.getBytes(offset, after, before.length, taken);
    received.put(connection, after);
    return taken;
  }

  @Override
  public void onClosed(long connection, CloseReason reason) {
    callbacks++;
    assertTrue(opened.contains(connection) && !closed.contains(connection));
    closed.add(connection);
    reasons.add(reason);
  }

  @Override
  public void close() {
    transport.close();
  }
}
