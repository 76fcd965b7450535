package io.tradepit.admin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tradepit.config.ExitCode;
import io.tradepit.config.StartException;
import io.tradepit.protocol.sbe.AdminCompletedEncoder;
import io.tradepit.protocol.sbe.ControlSessionDecoder;
import io.tradepit.protocol.sbe.InstrumentListedEncoder;
import io.tradepit.protocol.sbe.MessageHeaderDecoder;
import io.tradepit.protocol.sbe.MessageHeaderEncoder;
import io.tradepit.protocol.sbe.SessionDefinedEncoder;
import io.tradepit.protocol.sbe.SetTradingStateDecoder;
import io.tradepit.stream.EventFrame;
import io.tradepit.stream.EventHandler;
import io.tradepit.stream.EventReader;
import io.tradepit.telemetry.CounterFactory;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.agrona.BitUtil;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.ringbuffer.OneToOneRingBuffer;
import org.agrona.concurrent.ringbuffer.RingBufferDescriptor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class AdminServerTest {
  private static final long MAPLE = 0x4D41504C45202020L;
  private static final int SESSION = 3;

  @TempDir Path directory;
  private final OneToOneRingBuffer ring =
      new OneToOneRingBuffer(
          new UnsafeBuffer(new byte[1_024 + RingBufferDescriptor.TRAILER_LENGTH]));
  private final Events events = new Events();
  private final AtomicInteger stops = new AtomicInteger();
  private long nowNs;
  private Path path;
  private AdminServer server;

  @BeforeEach
  void start() {
    path = directory.resolve("run/admin.sock");
    server = new AdminServer(context());
    events.instrument(MAPLE);
    events.session("MPL1  ", SESSION);
  }

  @AfterEach
  void stop() {
    server.onClose();
  }

  @Test
  void shouldShowTheStatusToPeopleAndPrograms() throws Exception {
    assertEquals(List.of("day", "  date      2026-11-20", "  commands  17"), ask("status").lines());
    assertEquals(
        List.of("{\"day\":{\"date\":\"2026-11-20\",\"commands\":17}}"), askJson("status").lines());
  }

  @Test
  void shouldLogAHaltWithWhoAskedAndAnswerWhenItIsDone() throws Exception {
    CompletableFuture<AdminAnswer> answer = asked("instrument halt maple ops", false);
    SetTradingStateDecoder command = new SetTradingStateDecoder();
    UnsafeBuffer bytes = nextCommand(answer);
    command.wrapAndApplyHeader(bytes, 0, new MessageHeaderDecoder());

    assertEquals(MAPLE, command.symbol());
    assertEquals('H', command.tradingState());
    assertEquals("OPS ", command.reason());
    assertEquals(uid(), command.who());
    assertEquals(42, command.correlationId());
    assertEquals(42, command.origin().gatewaySequence());
    assertEquals(0, command.origin().gateway());
    assertEquals('A', command.origin().ingressSource());
    assertEquals(777, command.origin().ingressTimeNs());
    assertFalse(answer.isDone());

    events.completed(41, 9, 'Y');
    events.completed(42, 1, 'Y');
    assertEquals(AdminAnswer.of("done: 1"), await(answer));
  }

  @Test
  void shouldLogEachControlOfASession() throws Exception {
    String[] verbs = {"disable", "enable", "cancel-all", "disconnect"};
    for (int i = 0; i < verbs.length; i++) {
      CompletableFuture<AdminAnswer> answer = asked("session " + verbs[i] + " mpl1", true);
      ControlSessionDecoder command = new ControlSessionDecoder();
      command.wrapAndApplyHeader(nextCommand(answer), 0, new MessageHeaderDecoder());

      assertEquals("DECX".charAt(i), command.action());
      assertEquals(SESSION, command.origin().sessionId());
      events.completed(command.correlationId(), i, 'Y');
      assertEquals(AdminAnswer.of("{\"done\":true,\"count\":" + i + "}"), await(answer));
    }
  }

  @Test
  void shouldSayWhenTheSegmentRefusesOrHasNothingToDo() throws Exception {
    CompletableFuture<AdminAnswer> refused = asked("day close", false);
    nextCommand(refused);
    events.completed(42, 0, 'X');
    assertEquals(
        AdminAnswer.refused("day close: refused by the segment in its present state"),
        await(refused));

    CompletableFuture<AdminAnswer> nothing = asked("instrument resume MAPLE", false);
    nextCommand(nothing);
    events.completed(43, 0, 'N');
    assertEquals(AdminAnswer.of("nothing to do"), await(nothing));
  }

  @Test
  void shouldSayWhenNoAnswerComesInFiveSeconds() throws Exception {
    CompletableFuture<AdminAnswer> answer = asked("day close", false);
    nextCommand(answer);
    nowNs += 4_999_999_999L;
    server.doWork();
    assertFalse(answer.isDone());
    nowNs += 2;

    assertEquals(
        AdminAnswer.refused(
            "day close: no answer from the matcher within 5 s; the command is in the log and may"
                + " still be applied"),
        await(answer));
  }

  @Test
  void shouldNameWhatIsAllowedWhenARequestIsWrong() throws Exception {
    assertEquals(AdminAnswer.wrong("session=XYZ: allowed MPL1"), ask("session enable XYZ"));
    assertEquals(AdminAnswer.wrong("instrument=OAK: allowed MAPLE"), ask("instrument halt OAK"));
    assertEquals(
        AdminAnswer.wrong("reason=TOOLONG: allowed 1 to 4 letters and digits"),
        ask("instrument halt MAPLE TOOLONG"));
    assertEquals(AdminAnswer.wrong("day pause: allowed open, close"), ask("day pause"));
    assertEquals(
        AdminAnswer.wrong("session kill: allowed disable, enable, cancel-all, disconnect"),
        ask("session kill MPL1"));
    for (String request : List.of("", "shutdown", "status now", "instrument", "session enable")) {
      AdminAnswer answer = ask(request);
      assertEquals(ExitCode.CONFIGURATION.number(), answer.exitCode(), request);
      assertTrue(answer.error().contains(": allowed status, instrument halt|resume"), request);
    }
    assertEquals(AdminAnswer.wrong("request: allowed at most 512 bytes"), ask("x".repeat(600)));
    assertEquals(0, ring.size());
  }

  @Test
  void shouldSayWhenTheRingIsFull() throws Exception {
    while (ring.write(1, new UnsafeBuffer(new byte[64]), 0, 64)) {
      assertTrue(ring.size() > 0);
    }

    assertEquals(
        AdminAnswer.refused("the segment takes no command now: its ring is full; try again"),
        ask("day close"));
  }

  @Test
  void shouldStopWhenAsked() throws Exception {
    assertEquals(AdminAnswer.of("stopping"), ask("stop"));
    assertEquals(1, stops.get());
  }

  @Test
  void shouldServeOthersWhileOneSaysNothing() throws Exception {
    try (SocketChannel silent = SocketChannel.open(UnixDomainSocketAddress.of(path));
        SocketChannel half = SocketChannel.open(UnixDomainSocketAddress.of(path))) {
      half.write(ByteBuffer.wrap("sta".getBytes(StandardCharsets.US_ASCII)));
      assertTrue(ask("status").isOk());

      half.write(ByteBuffer.wrap("tus\n".getBytes(StandardCharsets.US_ASCII)));
      server.doWork();
      ByteBuffer answer = ByteBuffer.allocate(256);
      assertTrue(half.read(answer) > 0);
      assertTrue(new String(answer.array(), StandardCharsets.US_ASCII).startsWith("OK\nday\n"));

      nowNs += 10_000_000_001L;
      server.doWork();
      assertEquals(-1, silent.read(ByteBuffer.allocate(1)));
    }
  }

  @Test
  void shouldGoOnWhenAnOperatorLeavesBeforeTheAnswer() throws Exception {
    try (SocketChannel leaver = SocketChannel.open(UnixDomainSocketAddress.of(path))) {
      leaver.write(ByteBuffer.wrap("day close\n".getBytes(StandardCharsets.US_ASCII)));
      while (ring.size() == 0) {
        server.doWork();
      }
    }
    server.doWork();
    events.completed(42, 0, 'Y');

    assertTrue(ask("status").isOk());
  }

  @Test
  void shouldLetOnlyItsOwnerUseTheSocket() throws Exception {
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(path)));
  }

  @Test
  void shouldLetTheGroupUseTheSocketWhenAsked() throws Exception {
    server.onClose();
    Files.setPosixFilePermissions(path.getParent(), PosixFilePermissions.fromString("rwx--x---"));
    server = new AdminServer(context().forGroup(true));

    assertEquals("rw-rw----", PosixFilePermissions.toString(Files.getPosixFilePermissions(path)));
  }

  @Test
  void shouldRefuseTheGroupWhereItCannotReachTheSocket() throws Exception {
    server.onClose();
    Files.setPosixFilePermissions(path.getParent(), PosixFilePermissions.fromString("rwx------"));

    StartException e =
        assertThrows(StartException.class, () -> new AdminServer(context().forGroup(true)));
    assertEquals(ExitCode.CONFIGURATION, e.exitCode());
    assertTrue(e.getMessage().startsWith("admin.access=group directory="), e.getMessage());
  }

  @Test
  void shouldRefuseASecondSegmentInTheSameDirectory() {
    StartException e = assertThrows(StartException.class, () -> new AdminServer(context()));

    assertEquals(ExitCode.ALREADY_RUNNING, e.exitCode());
    assertEquals(
        "admin.socket=" + path + ": a segment already runs here; stop it or use another --dir",
        e.getMessage());
  }

  @Test
  void shouldTakeOverTheSocketOfAProcessThatIsGone() throws Exception {
    server.onClose();
    assertFalse(Files.exists(path));
    try (ServerSocketChannel dead = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      dead.bind(UnixDomainSocketAddress.of(path));
    }
    assertTrue(Files.exists(path));

    server = new AdminServer(context());

    assertTrue(ask("status").isOk());
  }

  @Test
  void shouldSayThatNoSegmentAnswersWhenThereIsNone() {
    AdminAnswer answer = new AdminClient(directory.resolve("none.sock")).ask("status", false);

    assertEquals(ExitCode.OTHER.number(), answer.exitCode());
    assertTrue(
        answer.error().startsWith("no segment answers at " + directory.resolve("none.sock")),
        answer.error());
  }

  private AdminContext context() {
    return new AdminContext()
        .socket(path)
        .ring(ring)
        .events(events)
        .clock(() -> 777)
        .nanoClock(() -> nowNs)
        .pollIntervalNs(0)
        .counters(CounterFactory.unexported())
        .status(() ->
            new Status(
                List.of(
                    new Status.Section(
                        "day",
                        List.of(
                            new Status.Row("date", "2026-11-20"),
                            new Status.Row("commands", "17"))))))
        .stop(stops::incrementAndGet)
        .lastGatewaySequence(41);
  }

  private long uid() throws Exception {
    return (Integer) Files.getAttribute(directory, "unix:uid");
  }

  private AdminAnswer ask(String request) throws Exception {
    return await(asked(request, false));
  }

  private AdminAnswer askJson(String request) throws Exception {
    return await(asked(request, true));
  }

  private CompletableFuture<AdminAnswer> asked(String request, boolean json) {
    return CompletableFuture.supplyAsync(() -> new AdminClient(path).ask(request, json));
  }

  private AdminAnswer await(CompletableFuture<AdminAnswer> answer) throws Exception {
    while (!answer.isDone()) {
      server.doWork();
    }
    return answer.get();
  }

  private UnsafeBuffer nextCommand(CompletableFuture<AdminAnswer> answer) {
    UnsafeBuffer command = new UnsafeBuffer(new byte[256]);
    while (ring.size() == 0) {
      assertFalse(answer.isDone());
      server.doWork();
    }
    ring.read((type, buffer, index, length) -> command.putBytes(0, buffer, index, length), 1);
    return command;
  }

  /** An event stream in memory. */
  private static final class Events implements EventReader {
    private final Queue<DirectBuffer> frames = new ArrayDeque<>();
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private long position;

    void instrument(long symbol) {
      ExpandableArrayBuffer frame = new ExpandableArrayBuffer();
      new InstrumentListedEncoder()
          .wrapAndApplyHeader(frame, EventFrame.HEADER_LENGTH, header)
          .symbol(symbol);
      add(frame, InstrumentListedEncoder.BLOCK_LENGTH);
    }

    void session(String username, int id) {
      ExpandableArrayBuffer frame = new ExpandableArrayBuffer();
      new SessionDefinedEncoder()
          .wrapAndApplyHeader(frame, EventFrame.HEADER_LENGTH, header)
          .sessionId(id)
          .username(username);
      add(frame, SessionDefinedEncoder.BLOCK_LENGTH);
    }

    // Behind another event of the same frame, as a real completion is.
    void completed(long correlationId, long count, char result) {
      ExpandableArrayBuffer frame = new ExpandableArrayBuffer();
      new SessionDefinedEncoder()
          .wrapAndApplyHeader(frame, EventFrame.HEADER_LENGTH, header)
          .sessionId(9)
          .username("OTHER ");
      int second = aligned(SessionDefinedEncoder.BLOCK_LENGTH);
      new AdminCompletedEncoder()
          .wrapAndApplyHeader(frame, EventFrame.HEADER_LENGTH + second, header)
          .correlationId(correlationId)
          .count(count)
          .result((byte) result);
      add(frame, second + AdminCompletedEncoder.BLOCK_LENGTH);
    }

    private void add(DirectBuffer frame, int blockLength) {
      int length = EventFrame.HEADER_LENGTH + aligned(blockLength);
      frames.add(new UnsafeBuffer(frame, 0, length));
    }

    private static int aligned(int blockLength) {
      return BitUtil.align(
          MessageHeaderEncoder.ENCODED_LENGTH + blockLength, EventFrame.EVENT_ALIGNMENT);
    }

    @Override
    public int poll(EventHandler handler, int limit) {
      int taken = 0;
      while (taken < limit && !frames.isEmpty()) {
        DirectBuffer frame = frames.remove();
        handler.onFrame(frame, 0, frame.capacity(), position);
        position += frame.capacity();
        taken++;
      }
      return taken;
    }

    @Override
    public long position() {
      return position;
    }
  }
}
