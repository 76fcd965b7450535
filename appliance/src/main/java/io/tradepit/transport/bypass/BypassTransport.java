package io.tradepit.transport.bypass;

import io.tradepit.lwip.ConnectionLayout;
import io.tradepit.lwip.Lwip;
import io.tradepit.lwip.LwipException;
import io.tradepit.lwip.SlotsLayout;
import io.tradepit.lwip.StackOptions;
import io.tradepit.lwip.StackView;
import io.tradepit.time.Clock;
import io.tradepit.transport.CloseReason;
import io.tradepit.transport.SlotQueue;
import io.tradepit.transport.Transport;
import io.tradepit.transport.TransportContext;
import io.tradepit.transport.TransportCounters;
import io.tradepit.transport.TransportException;
import io.tradepit.transport.TransportListener;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * TCP in the duty cycle of whoever polls: one call into the stack receives and sends, then the
 * listener is called, connections in turn. So a listener may call back anything, and one poll gives
 * each connection at most one callback.
 *
 * <p>What a listener sends during a poll is on the wire at the end of the next one. The thread of
 * the first poll owns transport, stack and port. Allocates nothing after a connection was opened.
 */
public final class BypassTransport implements Transport {
  /** What the configuration calls it. */
  public static final String NAME = "bypass";

  /** Connections at a time, at most. */
  public static final int MAX_CONNECTIONS = StackOptions.LIMIT;

  private static final long NO_TIME = Long.MIN_VALUE;
  private static final long STOP_LIMIT_NS = TimeUnit.SECONDS.toNanos(1);
  private static final long FAREWELL_NS = TimeUnit.MILLISECONDS.toNanos(5);
  private static final int SLOT_BITS = 16;
  private static final int SLOT_MASK = (1 << SLOT_BITS) - 1;

  private final BypassPort port;
  private final Lwip lwip;
  private final TransportListener listener;
  private final Clock clock;
  private final TransportCounters counters;
  private final StackCounters stackCounters;
  private final InetSocketAddress localAddress;
  private final UnsafeBuffer news;
  private final UnsafeBuffer work;
  private final BypassConnection[] connections;
  private final SlotQueue ready;
  private final SlotQueue lingering;

  private long turnTimeNs = NO_TIME;
  private boolean isStarted;
  private boolean isClosed;

  /**
   * Takes the stack and listens from the first poll on.
   *
   * @param listenPort 0 takes a free one
   * @param context concluded
   * @throws TransportException when the stack is in use, or memory lacks
   * @throws IllegalArgumentException for more connections than {@link #MAX_CONNECTIONS}
   */
  public BypassTransport(
      BypassPort port,
      Lwip lwip,
      int listenPort,
      TransportListener listener,
      TransportContext context) {
    this.port = port;
    this.lwip = lwip;
    this.listener = listener;
    int count = context.maxConnections();
    if (count > MAX_CONNECTIONS) {
      throw new IllegalArgumentException(
          "transport=bypass maxConnections=" + count + " allowed=1.." + MAX_CONNECTIONS);
    }
    clock = context.clock();
    StackView view = open(context);
    try {
      localAddress = new InetSocketAddress(port.address(), listen(listenPort));
      counters = new TransportCounters(context.counters());
      stackCounters = new StackCounters(context.counters(), counters, view.statistics());
      int tableBytes = SlotsLayout.SLOTS_OFFSET + count * Integer.BYTES;
      news = new UnsafeBuffer(view.ready(), tableBytes);
      work = new UnsafeBuffer(view.work(), tableBytes);
      ready = new SlotQueue(count);
      lingering = new SlotQueue(count);
      connections = new BypassConnection[count];
      for (int slot = 0; slot < count; slot++) {
        connections[slot] = connection(slot, view, context.sendBufferBytes());
      }
    } catch (RuntimeException | Error e) {
      lwip.close(); // there is one a process: the next transport wants it
      throw e;
    }
  }

  private StackView open(TransportContext context) {
    try {
      return lwip.open(
          port.device(),
          new StackOptions(
              bits(port.address()),
              port.prefix(),
              port.gateway() == null ? 0 : bits(port.gateway()),
              port.vlan(),
              context.maxConnections(),
              Math.min(context.backlog(), StackOptions.LIMIT),
              context.sendBufferBytes()));
    } catch (LwipException e) {
      throw new TransportException("ethernetPort=" + port.name() + " cause=" + e.getMessage(), e);
    }
  }

  private int listen(int listenPort) {
    try {
      return lwip.listen(listenPort);
    } catch (LwipException e) {
      throw new TransportException("ethernetPort=" + port.name() + " cause=" + e.getMessage(), e);
    }
  }

  private BypassConnection connection(int slot, StackView view, int sendBytes) {
    return new BypassConnection(
        slot,
        this,
        new UnsafeBuffer(
            view.connections() + (long) slot * ConnectionLayout.LENGTH, ConnectionLayout.LENGTH),
        new UnsafeBuffer(
            view.receiveRings() + (long) slot * view.receiveBytes(), view.receiveBytes()),
        new UnsafeBuffer(view.sendRings() + (long) slot * sendBytes, sendBytes));
  }

  private static int bits(Inet4Address address) {
    return new UnsafeBuffer(address.getAddress()).getInt(0, java.nio.ByteOrder.BIG_ENDIAN);
  }

  static long id(long number, int slot) {
    return (number << SLOT_BITS) | slot;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public InetSocketAddress localAddress() {
    return localAddress;
  }

  @Override
  public int poll(int limit) {
    if (isClosed) {
      return 0;
    }
    if (!isStarted) {
      isStarted = true;
      port.onThread().run();
    }
    int done = exchange() + deliver(limit);
    linger();
    return done;
  }

  /** Gives the stack its turn, and sees what it brought. */
  private int exchange() {
    turnTimeNs = NO_TIME;
    for (int i = work.getInt(SlotsLayout.COUNT_OFFSET) - 1; i >= 0; i--) {
      connections[work.getInt(slotOffset(i))].onWorkGiven();
    }
    int done = lwip.poll();
    if (done > 0) {
      int count = news.getInt(SlotsLayout.COUNT_OFFSET);
      for (int i = 0; i < count; i++) {
        connections[news.getInt(slotOffset(i))].onNews();
      }
    }
    stackCounters.update(done);
    return done;
  }

  private int deliver(int limit) {
    int done = 0;
    for (int turns = Math.min(limit, ready.size()); turns > 0; turns--) {
      done += connections[ready.take()].turn(listener) ? 1 : 0;
    }
    return done;
  }

  private void linger() {
    for (int count = lingering.size(); count > 0; count--) {
      connections[lingering.take()].linger(turnTimeNs());
    }
  }

  @Override
  public int trySend(long connection, DirectBuffer buffer, int offset, int length) {
    BypassConnection found = find(connection);
    return found == null || !found.isWritable() ? -1 : found.trySend(buffer, offset, length);
  }

  @Override
  public int unsentBytes(long connection) {
    BypassConnection found = find(connection);
    return found == null || !found.isWritable() ? -1 : found.unsentBytes();
  }

  @Override
  public void close(long connection, CloseReason reason, int lingerMs) {
    BypassConnection found = find(connection);
    if (found != null) {
      found.close(reason, clock.epochNs(), lingerMs);
    }
  }

  private BypassConnection find(long id) {
    int slot = (int) id & SLOT_MASK;
    BypassConnection found = slot < connections.length ? connections[slot] : null;
    return found != null && found.id == id ? found : null;
  }

  /** What was taken is sent, for a second at most; then every connection is shut. */
  @Override
  public void close() {
    if (isClosed) {
      return;
    }
    isClosed = true;
    lwip.unlisten();
    try {
      if (isStarted) {
        stop();
      }
    } finally {
      // The port goes after this call: nothing may refer to it, whatever a listener has thrown.
      lwip.close();
      if (isStarted) {
        port.offThread().run();
      }
    }
  }

  private void stop() {
    for (BypassConnection connection : connections) {
      connection.stop(CloseReason.SHUTDOWN, listener);
    }
    long nowNs = System.nanoTime();
    long limitNs = nowNs + STOP_LIMIT_NS;
    long farewellNs = nowNs + FAREWELL_NS;
    do {
      exchange();
      nowNs = System.nanoTime();
    } while (nowNs < farewellNs || (isAnyUnfinished() && nowNs < limitNs));
  }

  private boolean isAnyUnfinished() {
    for (BypassConnection connection : connections) {
      if (connection.isUnfinished()) {
        return true;
      }
    }
    return false;
  }

  // For connections, on the polling thread.

  /** The time of this turn: the clock is read when it is first asked for. */
  long turnTimeNs() {
    if (turnTimeNs == NO_TIME) {
      turnTimeNs = clock.epochNs();
    }
    return turnTimeNs;
  }

  TransportCounters counters() {
    return counters;
  }

  void ready(int slot) {
    ready.add(slot);
  }

  void lingering(int slot) {
    lingering.add(slot);
  }

  /** Has the stack look at a connection in the next poll; at most once between two polls. */
  void working(int slot) {
    int count = work.getInt(SlotsLayout.COUNT_OFFSET);
    work.putInt(slotOffset(count), slot);
    work.putInt(SlotsLayout.COUNT_OFFSET, count + 1);
  }

  private static int slotOffset(int index) {
    return SlotsLayout.SLOTS_OFFSET + index * Integer.BYTES;
  }
}
