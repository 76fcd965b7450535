package io.tradepit.publication;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tradepit.Tier;
import io.tradepit.protocol.glimpse.EndOfSnapshot;
import io.tradepit.protocol.sbe.MessageHeaderEncoder;
import io.tradepit.protocol.sbe.SnapshotBeginEncoder;
import io.tradepit.protocol.sbe.SnapshotEndEncoder;
import io.tradepit.protocol.sbe.SnapshotInstrumentEncoder;
import io.tradepit.protocol.sbe.SnapshotOrderEncoder;
import io.tradepit.protocol.soupbin.SoupBin;
import io.tradepit.protocol.soupbin.SoupBinDecoder;
import io.tradepit.protocol.soupbin.SoupBinEncoder;
import io.tradepit.transport.TransportContext;
import io.tradepit.transport.TransportFactory;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The GLIMPSE server's manners and bounds, over real TCP; time is the test's. */
@Timeout(60)
class GlimpseServerTest {
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
  private static final int CLIENTS = 4;

  private final MessageHeaderEncoder header = new MessageHeaderEncoder();
  private final UnsafeBuffer message = new UnsafeBuffer(new byte[2_048]);
  private final List<Client> clients = new ArrayList<>();
  private ImageExchange images = new ImageExchange(1 << 20);
  private RecordedFeed feed;
  private int ordersOfImage = 10;
  private int imagesMade;

  /** Knows one password. */
  private static final class OnePassword implements SpinLogins {
    private final List<Long> tickets = new ArrayList<>();
    private final List<Boolean> results = new ArrayList<>();

    @Override
    public boolean submit(long ticket, InetAddress source, String username, String password) {
      tickets.add(ticket);
      results.add("MM01".equals(username) && "SECRET".equals(password));
      return true;
    }

    @Override
    public int poll(ResultHandler handler) {
      int count = tickets.size();
      for (int i = 0; i < count; i++) {
        handler.onResult(tickets.get(i), results.get(i));
      }
      tickets.clear();
      results.clear();
      return count;
    }

    @Override
    public void close() {}
  }

  /** A client that reads when it is told to. */
  private final class Client {
    final SocketChannel channel;
    final StringBuilder types = new StringBuilder();
    private final byte[] received = new byte[1 << 20];
    private final UnsafeBuffer bytes = new UnsafeBuffer(received);
    private int length;
    final UnsafeBuffer out = new UnsafeBuffer(new byte[256]);
    char rejectReason;
    long nextNumber = EndOfSnapshot.NONE;
    boolean closed;

    Client() throws IOException {
      channel = SocketChannel.open();
      channel.setOption(StandardSocketOptions.SO_RCVBUF, 4_096);
      channel.connect(feed.recovery.glimpseAddress().orElseThrow());
      channel.configureBlocking(false);
      clients.add(this);
    }

    Client login(String password, String session, long sequence, int timeoutMs) throws IOException {
      send(SoupBinEncoder.loginRequest(out, 0, "mm01", password, session, sequence, timeoutMs));
      return this;
    }

    void send(int length) throws IOException {
      channel.write(ByteBuffer.wrap(out.byteArray(), 0, length));
    }

    void read() throws IOException {
      int read;
      try {
        read = channel.read(ByteBuffer.wrap(received, length, received.length - length));
      } catch (IOException reset) {
        read = -1;
      }
      closed |= read < 0;
      length += Math.max(0, read);
      int at = 0;
      while (length - at >= 2 && length - at >= 2 + SoupBinDecoder.length(bytes, at)) {
        onPacket(at, SoupBinDecoder.length(bytes, at));
        at += 2 + SoupBinDecoder.length(bytes, at);
      }
      System.arraycopy(received, at, received, 0, length - at);
      length -= at;
    }

    private void onPacket(int at, int packetLength) {
      char type = (char) bytes.getByte(at + 2);
      if (type == 'S') {
        types.append((char) bytes.getByte(at + 3));
        nextNumber = EndOfSnapshot.decode(bytes, at + 3, packetLength - 1);
      } else if (type == 'J') {
        rejectReason = (char) bytes.getByte(at + 3);
      } else {
        types.append(Character.toLowerCase(type));
      }
    }
  }

  private GlimpseContext context() {
    return new GlimpseContext()
        .logins(new OnePassword())
        .images(images)
        .transport(listener ->
            TransportFactory.open(
                TransportFactory.AUTO,
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                listener,
                new TransportContext()
                    .clock(System::nanoTime)
                    .maxConnections(CLIENTS)
                    .sendBufferBytes(1 << 12)));
  }

  private void open(GlimpseContext context) {
    feed = new RecordedFeed(packet -> true, settings -> settings.glimpse(context));
    feed.recovery.doWork();
  }

  @AfterEach
  void close() throws IOException {
    for (Client client : clients) {
      client.channel.close();
    }
    feed.close();
  }

  private void turn() throws IOException {
    feed.recovery.doWork();
    feed.nowNs++;
    if (images.takeRequest()) {
      makeImage();
    }
  }

  /** Turns, and lets all clients read, until it is so. */
  private void await(BooleanSupplier done) throws IOException {
    long deadlineNs = System.nanoTime() + 10 * SECOND;
    while (!done.getAsBoolean()) {
      turn();
      for (Client client : clients) {
        client.read();
      }
      assertTrue(System.nanoTime() < deadlineNs, () -> "timed out " + said());
    }
  }

  private String said() {
    StringBuilder said = new StringBuilder();
    clients.forEach(
        client -> said.append(client.types).append(client.closed ? " closed" : "").append(", "));
    return said.toString();
  }

  private void makeImage() {
    imagesMade++;
    SnapshotBeginEncoder begin = new SnapshotBeginEncoder();
    begin
        .wrapAndApplyHeader(message, 0, header)
        .lastTimeNs(5_000)
        .midnightNs(1_000)
        .lastFeedMessageNumber(41)
        .dayState((short) 2);
    images.onMessage(message, 0, message.capacity());
    SnapshotInstrumentEncoder instrument = new SnapshotInstrumentEncoder();
    instrument
        .wrapAndApplyHeader(message, 0, header)
        .symbol(EventScript.SYMBOL)
        .lot(100)
        .instrumentId(EventScript.INSTRUMENT)
        .tradingState((byte) 'T');
    images.onMessage(message, 0, message.capacity());
    SnapshotOrderEncoder order = new SnapshotOrderEncoder();
    for (int i = 1; i <= ordersOfImage; i++) {
      order
          .wrapAndApplyHeader(message, 0, header)
          .orderNumber(i)
          .price(1_000_000)
          .remaining(100)
          .instrumentId(EventScript.INSTRUMENT)
          .side((byte) 'B')
          .display((byte) (i % 2 == 0 ? 'A' : 'Y'));
      images.onMessage(message, 0, message.capacity());
    }
    new SnapshotEndEncoder().wrapAndApplyHeader(message, 0, header);
    images.onMessage(message, 0, message.capacity());
  }

  @Test
  void shouldSpinForEachLengthOfLoginAndEachWayToNameTheSession() throws IOException {
    open(context());
    feed.open();
    for (int timeoutMs : new int[] {0, 5_000}) {
      for (String session : new String[] {"", "20261120A"}) {
        for (long sequence : new long[] {0, 1}) {
          Client client = new Client().login("secret", session, sequence, timeoutMs);
          await(() -> client.nextNumber > 0);
          assertEquals("aSSSRHAFAFAFAFAFG", client.types.toString());
          assertEquals(42, client.nextNumber);
          client.send(SoupBinEncoder.empty(client.out, 0, SoupBin.LOGOUT_REQUEST));
          await(() -> client.closed);
        }
      }
    }
    assertEquals(8, feed.counters.get("glimpse_spins_total"));
    // All within a second: one image served them all.
    assertEquals(1, imagesMade);
    Tier.ran("glimpse logins", "spins=8 images=" + imagesMade);
  }

  @Test
  void shouldRejectWhatItDoesNotServe() throws IOException {
    open(context());
    Client early = new Client().login("secret", "", 1, 0);
    await(() -> early.closed);
    assertEquals('S', early.rejectReason, "no day is open");
    feed.open();
    Client resumed = new Client().login("secret", "", 2, 0);
    await(() -> resumed.closed);
    assertEquals('S', resumed.rejectReason);
    Client yesterday = new Client().login("secret", "20261119A", 1, 0);
    await(() -> yesterday.closed);
    assertEquals('S', yesterday.rejectReason);
    assertEquals(3, feed.counters.get("glimpse_rejected_total"));
  }

  @Test
  void shouldAnswerAWrongPasswordAfterASecondOnly() throws IOException {
    open(context());
    feed.open();
    Client wrong = new Client().login("guess", "", 1, 0);
    for (int i = 0; i < 50; i++) {
      turn();
      wrong.read();
    }
    assertEquals(0, wrong.rejectReason);
    feed.nowNs += SECOND;
    await(() -> wrong.closed);
    assertEquals('A', wrong.rejectReason);
  }

  @Test
  void shouldEndTheSessionOfOneThatDoesNotLogOut() throws IOException {
    open(context());
    feed.open();
    Client client = new Client().login("secret", "", 1, 0);
    await(() -> client.nextNumber > 0);
    await(() -> feed.counters.get("glimpse_spins_total") == 1);
    feed.nowNs += 2 * SECOND;
    await(() -> client.types.toString().endsWith("Gh"));
    feed.nowNs += 4 * SECOND;
    await(() -> client.closed);
    assertTrue(client.types.toString().endsWith("Ghz"), client.types.toString());
  }

  @Test
  void shouldCutWhoSendsNoLoginOrNonsense() throws IOException {
    open(context());
    feed.open();
    Client silent = new Client();
    Client nonsense = new Client();
    nonsense.out.putShort(0, (short) 0x7F7F);
    nonsense.send(2);
    Client early = new Client();
    early.send(SoupBinEncoder.empty(early.out, 0, SoupBin.SERVER_HEARTBEAT));
    await(() -> nonsense.closed && early.closed);
    feed.nowNs += 5 * SECOND;
    await(() -> silent.closed);
    assertEquals(3, feed.counters.get("glimpse_cut_total"));
  }

  /** Who does not read is cut; the others are served, and one more than allowed is closed. */
  @Test
  void shouldBoundSlowClientsAndTheirNumber() throws IOException {
    // More than all buffers of a connection hold.
    ordersOfImage = 300_000;
    images = new ImageExchange(32 << 20);
    open(context());
    feed.open();
    Client slow = new Client().login("secret", "", 1, 0);
    for (int i = 0; i < 2_000; i++) {
      turn();
    }
    Client quick = new Client().login("secret", "", 1, 0);
    long deadlineNs = System.nanoTime() + 30 * SECOND;
    while (quick.nextNumber < 0 && System.nanoTime() < deadlineNs) {
      turn();
      quick.read();
      quick.types.setLength(0);
    }
    assertEquals(42, quick.nextNumber);
    for (int i = 0; i < CLIENTS; i++) {
      new Client();
      turn();
      turn();
    }
    Client last = clients.getLast();
    long untilNs = System.nanoTime() + 10 * SECOND;
    while (!last.closed && System.nanoTime() < untilNs) {
      turn();
      last.read();
    }
    assertTrue(last.closed, "one more than allowed");
    long before = feed.counters.get("glimpse_cut_total");
    feed.nowNs += 60 * SECOND;
    turn();
    turn();
    assertTrue(feed.counters.get("glimpse_cut_total") > before);
    assertEquals(1, feed.counters.get("glimpse_spins_total"));
    long closedByNs = System.nanoTime() + 10 * SECOND;
    while (!slow.closed && System.nanoTime() < closedByNs) {
      turn();
      slow.read();
    }
    assertTrue(slow.closed, "the slow one is cut");
    Tier.ran("glimpse with a slow client", "orders=" + ordersOfImage + " images=" + imagesMade);
  }

  /** An image that does not fit is given up; there is room again when another one is let go. */
  @Test
  void shouldGiveUpAnImageThatDoesNotFitIntoTheMemory() throws IOException {
    images = new ImageExchange(1);
    ordersOfImage = 20_000;
    open(context().askAgainNs(SECOND));
    feed.open();
    Client client = new Client().login("secret", "", 1, 0);
    await(() -> images.givenUp() == 1);
    ordersOfImage = 10;
    feed.nowNs += SECOND;
    await(() -> client.nextNumber > 0);
    assertEquals(42, client.nextNumber);
    assertEquals(2, imagesMade);
  }

  @Test
  void shouldSayAtOnceThatNoImageWillComeAnyMore() throws IOException {
    open(context());
    feed.open();
    int imagesBefore = imagesMade;
    Client waiting = new Client().login("secret", "", 1, 0);
    // The request is taken and nothing made of it, as by a replica that fails.
    long deadlineNs = System.nanoTime() + 10 * SECOND;
    while (!images.takeRequest()) {
      feed.recovery.doWork();
      assertTrue(System.nanoTime() < deadlineNs, "no image was asked for");
    }
    assertFalse(waiting.closed);
    images.end();
    await(() -> waiting.closed);
    assertEquals("az", waiting.types.toString());
    Client late = new Client().login("secret", "", 1, 0);
    await(() -> late.closed);
    assertEquals('S', late.rejectReason);
    assertEquals(imagesBefore, imagesMade);
  }
}
