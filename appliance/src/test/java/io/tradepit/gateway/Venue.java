package io.tradepit.gateway;

import io.tradepit.protocol.sbe.ConnectSessionDecoder;
import io.tradepit.protocol.sbe.DayClosedEncoder;
import io.tradepit.protocol.sbe.DayOpenedEncoder;
import io.tradepit.protocol.sbe.DisconnectSessionDecoder;
import io.tradepit.protocol.sbe.MessageHeaderDecoder;
import io.tradepit.protocol.sbe.OrderCanceledEncoder;
import io.tradepit.protocol.sbe.OrderExecutedEncoder;
import io.tradepit.protocol.sbe.OriginDecoder;
import io.tradepit.protocol.sbe.SessionConnectedEncoder;
import io.tradepit.protocol.sbe.SessionControlledEncoder;
import io.tradepit.protocol.sbe.SessionDefinedEncoder;
import io.tradepit.protocol.sbe.SessionDisconnectedEncoder;
import io.tradepit.protocol.soupbin.SoupBin;
import io.tradepit.protocol.soupbin.SoupBinEncoder;
import io.tradepit.stream.StreamTable;
import io.tradepit.telemetry.CommandStamps;
import io.tradepit.telemetry.CounterFactory;
import io.tradepit.telemetry.StampTable;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.ringbuffer.OneToOneRingBuffer;
import org.agrona.concurrent.ringbuffer.RingBufferDescriptor;
import org.agrona.concurrent.status.AtomicCounter;

/** A gateway with everything around it in memory; the test moves its clock and is the matcher. */
final class Venue {
  static final String SESSION = "20261120A";
  static final long SECOND_NS = 1_000_000_000L;

  final FakeTransport transport = new FakeTransport();
  final MemoryEvents events;
  final OneToOneRingBuffer ring;
  final GatewayContext context;
  final GatewayAgent agent;
  final StampTable stamps = new StampTable(1 << 12, () -> this.nowNs);
  final CommandStamps commandStamps = stamps.commandStamps();
  final List<byte[]> commands = new ArrayList<>();
  private final Map<String, AtomicCounter> counters = new HashMap<>();
  private final int[] sent = new int[2];
  private final ArrayDeque<long[]> checks = new ArrayDeque<>();
  long nowNs = 1_000 * SECOND_NS;

  /** While true, ConnectSession and DisconnectSession get their events from {@link #turn}. */
  boolean matches = true;

  Venue() {
    this(new MemoryEvents(), 1 << 16);
    events.append((b, o) ->
        done(
            new DayOpenedEncoder()
                .wrapAndApplyHeader(b, o, events.header)
                .streamSession(SESSION + " ")
                .encodedLength()));
    define(0, "MM01  ");
    define(1, "MM02  ");
    turn();
  }

  Venue(MemoryEvents events, int ringBytes) {
    this(events, ringBytes, 1);
  }

  Venue(MemoryEvents events, int ringBytes, int firstConnectionEpoch) {
    this.events = events;
    ring =
        new OneToOneRingBuffer(
            new UnsafeBuffer(
                ByteBuffer.allocateDirect(ringBytes + RingBufferDescriptor.TRAILER_LENGTH)));
    context =
        new GatewayContext()
            .transport(listener -> {
              transport.listener = listener;
              return transport;
            })
            .clock(() -> nowNs)
            .timer(() -> nowNs)
            .commands(ring)
            .events(events.reader(events.end()))
            .histories(events::history)
            .sessionLimits(Map.of("MM02", new SessionLimits(List.of(), 2, 4)))
            .counters(this::counter)
            .stamps(stamps.answerStamps(1))
            .firstConnectionEpoch(firstConnectionEpoch)
            .authenticator(new InstantAuthenticator());
    agent = new GatewayAgent(context);
    agent.rebuild(new StreamTable());
  }

  private AtomicCounter counter(String name, String help) {
    AtomicCounter counter = CounterFactory.unexported().counter(name, help);
    counters.put(name, counter);
    return counter;
  }

  long count(String name) {
    return counters.get(name).get();
  }

  long sentMessages() {
    return count("gateway_messages_sent_total");
  }

  private final class InstantAuthenticator implements Authenticator {
    @Override
    public boolean submit(long ticket, String username, String password) {
      checks.add(new long[] {ticket, password.equals("SECRET") ? 1 : 0});
      return true;
    }

    @Override
    public int poll(ResultHandler handler) {
      int count = checks.size();
      while (!checks.isEmpty()) {
        long[] check = checks.poll();
        handler.onResult(check[0], check[1] == 1);
      }
      return count;
    }

    @Override
    public void close() {}
  }

  /** Turns until nothing moves: at least three times. */
  void turn() {
    int idle = 0;
    for (int i = 0; i < 20_000 && idle < 3; i++) {
      int work = agent.doWork() + drain();
      idle = work == 0 ? idle + 1 : 0;
    }
  }

  void advance(long durationNs) {
    nowNs += durationNs;
    turn();
  }

  int drain() {
    return ring.read((type, buffer, index, length) -> onCommand(buffer, index, length));
  }

  private void onCommand(MutableDirectBuffer buffer, int index, int length) {
    byte[] command = new byte[length];
    buffer.getBytes(index, command);
    commands.add(command);
    int template = template(command);
    if (matches && template == ConnectSessionDecoder.TEMPLATE_ID) {
      connected(origin(command).sessionId(), origin(command).connectionEpoch());
    } else if (matches && template == DisconnectSessionDecoder.TEMPLATE_ID) {
      OriginDecoder origin = origin(command);
      events.append((b, o) ->
          done(
              new SessionDisconnectedEncoder()
                  .wrapAndApplyHeader(b, o, events.header)
                  .connectionEpoch(origin.connectionEpoch())
                  .sessionId(origin.sessionId())
                  .encodedLength()));
    }
  }

  static int template(byte[] command) {
    return new MessageHeaderDecoder().wrap(new UnsafeBuffer(command), 0).templateId();
  }

  static OriginDecoder origin(byte[] command) {
    return new OriginDecoder().wrap(new UnsafeBuffer(command), MessageHeaderDecoder.ENCODED_LENGTH);
  }

  static char reason(byte[] disconnect) {
    return (char) disconnect[MessageHeaderDecoder.ENCODED_LENGTH + 24];
  }

  List<byte[]> commandsOf(int template) {
    return commands.stream().filter(command -> template(command) == template).toList();
  }

  void define(int session, String username) {
    events.append((b, o) ->
        done(
            new SessionDefinedEncoder()
                .wrapAndApplyHeader(b, o, events.header)
                .sessionId(session)
                .homeGateway((short) 1)
                .username(username)
                .encodedLength()));
  }

  void connected(int session, int epoch) {
    events.append((b, o) ->
        done(
            new SessionConnectedEncoder()
                .wrapAndApplyHeader(b, o, events.header)
                .nextMessageNumber(sent[session] + 1)
                .connectionEpoch(epoch)
                .sessionId(session)
                .encodedLength()));
  }

  /** The next message of a session: an order canceled, of this quantity. */
  void canceled(int session, int quantity) {
    int number = ++sent[session];
    events.append((b, o) ->
        done(
            new OrderCanceledEncoder()
                .wrapAndApplyHeader(b, o, events.header)
                .sessionMessageNumber(number)
                .userRefNum(number)
                .quantity(quantity)
                .sessionId(session)
                .reason((byte) 'U')
                .userRefIdx((short) 0)
                .encodedLength()));
  }

  /** A trade: one event, two messages. */
  void executed(int resting, int incoming) {
    int restingNumber = ++sent[resting];
    int incomingNumber = ++sent[incoming];
    events.append((b, o) ->
        done(
            new OrderExecutedEncoder()
                .wrapAndApplyHeader(b, o, events.header)
                .restingMessageNumber(restingNumber)
                .restingSessionId(resting)
                .restingUserRefNum(7)
                .restingLiquidity((byte) 'A')
                .incomingMessageNumber(incomingNumber)
                .incomingSessionId(incoming)
                .incomingUserRefNum(8)
                .incomingLiquidity((byte) 'R')
                .quantity(40)
                .price(1_503_400)
                .matchNumber(9_001)
                .encodedLength()));
  }

  void control(int session, char action) {
    events.append((b, o) ->
        done(
            new SessionControlledEncoder()
                .wrapAndApplyHeader(b, o, events.header)
                .sessionId(session)
                .action((byte) action)
                .encodedLength()));
  }

  void closeDay() {
    events.append((b, o) ->
        done(
            new DayClosedEncoder()
                .wrapAndApplyHeader(b, o, events.header)
                .date(20_261_120)
                .encodedLength()));
  }

  FakeTransport.Peer login(String username, long from) {
    FakeTransport.Peer peer = transport.connect();
    peer.send(loginRequest(username, "secret", "", from, 0));
    turn();
    return peer;
  }

  static byte[] loginRequest(
      String username, String password, String session, long from, int timeoutMs) {
    UnsafeBuffer buffer = new UnsafeBuffer(new byte[64]);
    int length =
        SoupBinEncoder.loginRequest(buffer, 0, username, password, session, from, timeoutMs);
    return bytes(buffer, length);
  }

  static byte[] packet(char type, byte[] payload) {
    UnsafeBuffer buffer = new UnsafeBuffer(new byte[SoupBin.PAYLOAD_OFFSET + payload.length]);
    buffer.putBytes(SoupBin.PAYLOAD_OFFSET, payload);
    return bytes(buffer, SoupBinEncoder.frame(buffer, 0, (byte) type, payload.length));
  }

  private static byte[] bytes(UnsafeBuffer buffer, int length) {
    byte[] bytes = new byte[length];
    buffer.getBytes(0, bytes);
    return bytes;
  }

  private static int done(int blockLength) {
    return blockLength + MessageHeaderDecoder.ENCODED_LENGTH;
  }
}
