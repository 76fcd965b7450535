package io.tradepit.transport;

import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelConfig;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.netty.channel.ManualIoEventLoop;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.socket.ServerSocketChannel;
import io.netty.util.concurrent.Future;
import io.tradepit.time.Clock;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import org.agrona.DirectBuffer;

/**
 * Netty in the duty cycle of whoever polls: its event loop runs inside of {@link #poll} and its
 * reports are only noted there; the listener is called afterwards, connections in turn. So a
 * listener may call back anything, and one poll gives each connection at most one callback.
 *
 * <p>The thread of the first poll owns it. Allocates nothing of its own after a connection is
 * accepted; nor does Netty, as the package page says.
 */
final class NettyTransport implements Transport {
  private static final long NO_TIME = Long.MIN_VALUE;
  private static final long STOP_LIMIT_NS = TimeUnit.SECONDS.toNanos(5);
  private static final int SLOT_BITS = 16;
  private static final int SLOT_MASK = (1 << SLOT_BITS) - 1;

  private final NettyKind kind;
  private final TransportListener listener;
  private final TransportContext context;
  private final Clock clock;
  private final TransportCounters counters;
  private final ByteBufAllocator allocator = new UnpooledByteBufAllocator(true, true);
  private final PortReservation reservation;
  private final Connection[] connections;
  private final SendBuffer[] sendBuffers;
  private final ReceiveBuffer[] receiveBuffers;
  private final SlotQueue free;
  private final SlotQueue ready;
  private final SlotQueue sending;
  private final SlotQueue lingering;

  private ManualIoEventLoop eventLoop;
  private ServerSocketChannel server;
  private long acceptedCount;
  private long turnTimeNs = NO_TIME;
  private boolean isClosed;

  NettyTransport(
      NettyKind kind,
      InetSocketAddress bindAddress,
      TransportListener listener,
      TransportContext context) {
    this.kind = kind;
    this.listener = listener;
    this.context = context;
    clock = context.clock();
    counters = new TransportCounters(context.counters());
    int count = context.maxConnections();
    connections = new Connection[count];
    sendBuffers = new SendBuffer[count];
    receiveBuffers = new ReceiveBuffer[count];
    free = new SlotQueue(count);
    ready = new SlotQueue(count);
    sending = new SlotQueue(count);
    lingering = new SlotQueue(count);
    for (int slot = 0; slot < count; slot++) {
      free.add(slot);
    }
    reservation = new PortReservation(bindAddress);
  }

  @Override
  public String name() {
    return kind.label;
  }

  @Override
  public InetSocketAddress localAddress() {
    return reservation.address();
  }

  @Override
  public int poll(int limit) {
    if (isClosed) {
      return 0;
    }
    if (eventLoop == null) {
      start();
    }
    turnTimeNs = NO_TIME;
    int work = flush() + eventLoop.runNow() + deliver(limit);
    int flushed = flush();
    if (flushed > 0 && kind.submitsInRun) {
      eventLoop.runNow();
    }
    linger();
    return work + flushed;
  }

  @Override
  public int trySend(long connection, DirectBuffer buffer, int offset, int length) {
    Connection found = find(connection);
    return found == null || !found.isWritable() ? -1 : found.trySend(buffer, offset, length);
  }

  @Override
  public int unsentBytes(long connection) {
    Connection found = find(connection);
    return found == null || !found.isWritable() ? -1 : found.unsentBytes();
  }

  @Override
  public void close(long connection, CloseReason reason, int lingerMs) {
    Connection found = find(connection);
    if (found != null) {
      found.close(reason, clock.epochNs(), lingerMs);
    }
  }

  @Override
  public void close() {
    if (isClosed) {
      return;
    }
    isClosed = true;
    reservation.close();
    if (eventLoop != null) {
      stop();
    }
  }

  private Connection find(long id) {
    int slot = (int) id & SLOT_MASK;
    Connection found = slot < connections.length ? connections[slot] : null;
    return found != null && found.id == id ? found : null;
  }

  private int deliver(int limit) {
    int work = 0;
    for (int turns = Math.min(limit, ready.size()); turns > 0; turns--) {
      work += connections[ready.take()].turn(listener) ? 1 : 0;
    }
    pauseWhoWait();
    return work;
  }

  /**
   * Whoever still has bytes to hand over, for the limit or the listener left them, reads no more.
   */
  private void pauseWhoWait() {
    if (kind.keepsReading) {
      for (int count = ready.size(); count > 0; count--) {
        int slot = ready.take();
        connections[slot].pauseIfWaiting();
        ready.add(slot);
      }
    }
  }

  private int flush() {
    int flushed = 0;
    for (int count = sending.size(); count > 0; count--) {
      Connection connection = connections[sending.take()];
      flushed += connection.flush() ? 1 : 0;
    }
    return flushed;
  }

  private void linger() {
    for (int count = lingering.size(); count > 0; count--) {
      connections[lingering.take()].linger(turnTimeNs());
    }
  }

  // For connections, on the polling thread.

  /** The time of this turn: the clock is read when it is first asked for. */
  long turnTimeNs() {
    if (turnTimeNs == NO_TIME) {
      turnTimeNs = clock.epochNs();
    }
    return turnTimeNs;
  }

  boolean keepsReading() {
    return kind.keepsReading;
  }

  TransportCounters counters() {
    return counters;
  }

  void ready(int slot) {
    ready.add(slot);
  }

  void sending(int slot) {
    sending.add(slot);
  }

  void lingering(int slot) {
    lingering.add(slot);
  }

  void releaseIfGone(Connection connection) {
    if (connection.isGone()) {
      connections[connection.slot] = null;
      free.add(connection.slot);
    }
  }

  /** Takes a channel that the kernel accepted, or closes it when there are too many. */
  void accept(Channel channel) {
    if (free.size() == 0) {
      counters.refused.incrementRelease();
      channel.unsafe().closeForcibly();
      return;
    }
    int slot = free.take();
    prepareBuffers(slot);
    long id = (++acceptedCount << SLOT_BITS) | slot;
    Connection connection =
        new Connection(slot, id, this, channel, sendBuffers[slot], receiveBuffers[slot]);
    connections[slot] = connection;
    counters.opened.incrementRelease();
    configure(channel, receiveBuffers[slot], context.sendBufferBytes());
    channel.pipeline().addLast(connection);
    register(channel);
  }

  /** Memory is kept for the slot's next connection, unless the kernel may still touch it. */
  private void prepareBuffers(int slot) {
    boolean isFirst = sendBuffers[slot] == null;
    if (!isFirst && !sendBuffers[slot].isHeld() && !receiveBuffers[slot].isHeld()) {
      sendBuffers[slot].clear();
      return;
    }
    releaseBuffers(slot);
    sendBuffers[slot] = new SendBuffer(allocator, context.sendBufferBytes());
    receiveBuffers[slot] = new ReceiveBuffer(allocator);
  }

  private static void configure(Channel channel, ReceiveBuffer receiveBuffer, int sendBytes) {
    ChannelConfig config = channel.config();
    config.setAutoRead(false);
    config.setRecvByteBufAllocator(receiveBuffer);
    config.setOption(ChannelOption.TCP_NODELAY, true);
    // Our own buffer is the limit; Netty's marks would only tell a handler that does not ask.
    config.setWriteBufferWaterMark(new WriteBufferWaterMark(sendBytes, sendBytes + 1));
  }

  // Start and stop.

  private void start() {
    eventLoop = new ManualIoEventLoop(Thread.currentThread(), kind.ioHandler());
    server = kind.newServer();
    server.config().setAllocator(allocator);
    server.config().setOption(ChannelOption.SO_REUSEADDR, true);
    server.config().setOption(ChannelOption.SO_BACKLOG, context.backlog());
    server.pipeline().addLast(new Acceptor(this));
    register(server);
    ChannelFuture bound = server.bind(localAddress());
    while (!bound.isDone()) {
      eventLoop.runNow();
    }
    if (bound.cause() != null) {
      throw PortReservation.refused(localAddress(), bound.cause());
    }
    reservation.close();
  }

  private void register(Channel channel) {
    channel.unsafe().register(eventLoop, channel.newPromise());
  }

  private void stop() {
    ChannelFuture _ = server.close();
    for (Connection connection : connections) {
      if (connection != null) {
        connection.abort(CloseReason.SHUTDOWN, listener);
      }
    }
    long deadlineNs = System.nanoTime() + STOP_LIMIT_NS;
    // A pending accept holds the port until its cancellation is seen.
    while (isAnyOpen() && System.nanoTime() < deadlineNs) {
      eventLoop.runNow();
    }
    Future<?> _ = eventLoop.shutdownGracefully(0, 0, TimeUnit.NANOSECONDS);
    while (!eventLoop.isTerminated() && System.nanoTime() < deadlineNs) {
      eventLoop.runNow();
    }
    for (int slot = 0; slot < connections.length; slot++) {
      releaseBuffers(slot);
    }
  }

  private boolean isAnyOpen() {
    boolean isOpen = server.isRegistered();
    for (Connection connection : connections) {
      isOpen |= connection != null && connection.isRegistered();
    }
    return isOpen;
  }

  private void releaseBuffers(int slot) {
    if (sendBuffers[slot] != null) {
      sendBuffers[slot].release();
      receiveBuffers[slot].release();
    }
  }
}
