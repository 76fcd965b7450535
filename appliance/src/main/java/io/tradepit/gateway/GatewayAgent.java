package io.tradepit.gateway;

import io.tradepit.stream.EventFrame;
import io.tradepit.stream.EventHandler;
import io.tradepit.stream.EventHistory;
import io.tradepit.stream.EventReader;
import io.tradepit.stream.EventWalker;
import io.tradepit.stream.StreamTable;
import io.tradepit.telemetry.AnswerStamps;
import io.tradepit.transport.CloseReason;
import io.tradepit.transport.Transport;
import io.tradepit.transport.TransportListener;
import java.net.InetSocketAddress;
import java.nio.ByteOrder;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.Agent;

/**
 * A gateway: members' connections in, commands to the sequencer, events back to members.
 *
 * <p>One thread, {@code tp-gw-N}. A turn reads the clock once and never waits; steady state
 * allocates nothing.
 */
public final class GatewayAgent implements Agent, TransportListener {
  private static final int TRANSPORT_LIMIT = 64;
  private static final long REBUILD_DEADLINE_NS = 10_000_000_000L;

  private final GatewayContext context;
  private final Transport transport;
  private final EventReader events;
  private final Connections connections;
  private final EventWalker liveWalker;
  private final EventHandler liveHandler = this::onLiveFrame;
  private final Authenticator.ResultHandler loginHandler;
  private final CommandWriter commands;
  private final Inbound inbound;
  private final Outbound outbound;
  private final Sessions sessions;
  private final AnswerStamps stamps;
  private long nowNs;
  private long rebuiltPosition;

  /** Opens the transport; {@link #rebuild} comes before the first turn. */
  public GatewayAgent(GatewayContext gatewayContext) {
    context = gatewayContext.conclude();
    GatewayCounters counters = new GatewayCounters(context.counters);
    events = context.events;
    transport = context.transport.apply(this);
    commands =
        new CommandWriter(
            context.commands, context.clock, context.gatewayId, context.firstGatewaySequence);
    outbound = new Outbound(transport, context, counters);
    connections = new Connections(context, counters, transport, outbound, commands);
    sessions = new Sessions(context, counters, connections, outbound, commands);
    inbound = new Inbound(context, counters, commands, outbound, sessions);
    stamps = context.stamps;
    liveWalker = new EventWalker(sessions);
    loginHandler = sessions::onLoginChecked;
    onTurn(context.timer.nanoTime());
  }

  /**
   * Reads the recorded events up to where the live stream was joined, so that sessions, their
   * numbers and epochs are what they were. Before the first turn; may wait.
   *
   * @param told what the events up to a position have told; those behind it are read
   * @throws IllegalStateException when the recording ends before the live stream was joined
   */
  public void rebuild(StreamTable told) {
    sessions.restore(told);
    long to = events.position();
    long deadline = System.nanoTime() + REBUILD_DEADLINE_NS;
    try (EventHistory history = context.histories.get()) {
      long position = Math.max(history.startPosition(), told.position());
      while (position < to) {
        long next =
            history.read(
                position,
                Math.min(to, history.recordedPosition()),
                liveWalker,
                context.eventsPerTurn);
        if (next == position && System.nanoTime() > deadline) {
          throw new IllegalStateException(
              "recorded events end early: position=" + position + " joined=" + to);
        }
        position = next;
      }
      rebuiltPosition = position;
    }
    sessions.onRebuilt();
  }

  /** The address that members connect to, with the port in fact obtained. */
  public InetSocketAddress localAddress() {
    return transport.localAddress();
  }

  /** The transport in fact obtained. */
  public String transportName() {
    return transport.name();
  }

  @Override
  public int doWork() {
    onTurn(context.timer.nanoTime());
    int work = commands.flush();
    work += transport.poll(TRANSPORT_LIMIT);
    work += context.authenticator.poll(loginHandler);
    work += commands.flush();
    work += events.poll(liveHandler, context.eventsPerTurn);
    work += connections.onTurn(nowNs, events.position());
    return work;
  }

  @Override
  public String roleName() {
    return "tp-gw-" + context.gatewayId;
  }

  @Override
  public void onClose() {
    context.authenticator.close();
    transport.close();
    outbound.close();
  }

  @Override
  public void onOpened(long connection, InetSocketAddress remote) {
    connections.open(connection, remote);
  }

  @Override
  public int onBytes(
      long connection,
      DirectBuffer buffer,
      int offset,
      int length,
      long ingressTimeNs,
      byte ingressSource) {
    Connection member = connections.get(connection);
    if (member == null) {
      return length;
    }
    return inbound.onBytes(member, buffer, offset, length, ingressTimeNs, ingressSource);
  }

  @Override
  public void onClosed(long connection, CloseReason reason) {
    connections.onClosed(connection, reason);
  }

  private void onTurn(long turnNs) {
    nowNs = turnNs;
    inbound.onTurn(turnNs);
    outbound.onTurn(turnNs);
    connections.setTime(turnNs);
  }

  void onLiveFrame(DirectBuffer buffer, int offset, int length, long position) {
    if (position >= rebuiltPosition) {
      stamps.onFrame(
          buffer.getLong(offset + EventFrame.COMMAND_SEQUENCE_OFFSET, ByteOrder.LITTLE_ENDIAN));
      liveWalker.onFrame(buffer, offset, length, position);
      short flags = buffer.getShort(offset + EventFrame.FLAGS_OFFSET, ByteOrder.LITTLE_ENDIAN);
      stamps.onFrameEnd((flags & EventFrame.LAST) != 0);
    }
  }
}
