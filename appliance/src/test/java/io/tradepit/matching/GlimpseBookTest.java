package io.tradepit.matching;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.paritytrading.juncture.nasdaq.itch50.ITCH50;
import com.paritytrading.nassau.soupbintcp.SoupBinTCP;
import com.paritytrading.nassau.soupbintcp.SoupBinTCPClient;
import com.paritytrading.nassau.soupbintcp.SoupBinTCPClientStatusListener;
import io.tradepit.Tier;
import io.tradepit.journal.EventFrameWriter;
import io.tradepit.journal.InMemoryEventStream;
import io.tradepit.matching.RandomCommands.Profile;
import io.tradepit.matching.book.OrderBook;
import io.tradepit.matching.book.OrderLine;
import io.tradepit.protocol.glimpse.EndOfSnapshot;
import io.tradepit.protocol.itch.ItchBookBuilder;
import io.tradepit.protocol.itch.ItchDecoder;
import io.tradepit.protocol.mold.MoldPacketDecoder;
import io.tradepit.publication.FeedRecoveryAgent;
import io.tradepit.publication.FeedRecoveryContext;
import io.tradepit.publication.GlimpseContext;
import io.tradepit.publication.ImageExchange;
import io.tradepit.publication.PublisherAgent;
import io.tradepit.publication.PublisherContext;
import io.tradepit.publication.RetransmissionContext;
import io.tradepit.publication.SpinLogins;
import io.tradepit.telemetry.CounterFactory;
import io.tradepit.tools.client.FeedReceiver;
import io.tradepit.tools.client.FeedReceiverContext;
import io.tradepit.tools.client.Login;
import io.tradepit.transport.MulticastSender;
import io.tradepit.transport.TransportContext;
import io.tradepit.transport.TransportFactory;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import org.agrona.UnsafeApi;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * GLIMPSE as a receiver meets it: nassau's SoupBinTCP client and juncture's ITCH 5.0 against our
 * server, its images made of a real matcher's state; the books must be the matcher's.
 */
@Timeout(60)
class GlimpseBookTest {
  private static final long DEADLINE_NS = TimeUnit.SECONDS.toNanos(20);
  private static final int STREAM_BYTES = 1 << 27;

  private long nowNs = 1;

  /** Anyone may have a snapshot. */
  private static final class OpenDoor implements SpinLogins {
    private final Queue<Long> tickets = new ArrayDeque<>();

    @Override
    public boolean submit(long ticket, InetAddress source, String username, String password) {
      return tickets.add(ticket);
    }

    @Override
    public int poll(ResultHandler handler) {
      int count = tickets.size();
      while (!tickets.isEmpty()) {
        handler.onResult(tickets.poll(), true);
      }
      return count;
    }

    @Override
    public void close() {}
  }

  /** A market that random commands move, with its feed, and GLIMPSE beside it. */
  private final class Market implements AutoCloseable {
    final Profile profile = Profile.WIDE;
    final InMemoryEventStream stream = new InMemoryEventStream(STREAM_BYTES, STREAM_BYTES);
    final EventFrameWriter writer = new EventFrameWriter(stream, Matcher.MAX_STEP_BYTES);
    final ReferenceMatcher reference = new ReferenceMatcher(profile.capacities);
    final RandomCommands random;
    final Commands commands;
    final Matcher matcher;
    final SnapshotWriter snapshot;
    final ImageExchange images = new ImageExchange(16 << 20);
    final FeedRecoveryAgent recovery;
    final PublisherAgent publisher;

    /** Message n of the feed at n - 1. */
    final List<byte[]> feed = new ArrayList<>();

    private long sequence;

    /** Where the feed is sent too, when there is one; every third packet is lost. */
    MulticastSender line;

    private int packets;

    Market(long seed) {
      random = new RandomCommands(seed, profile, reference);
      commands = random.commands;
      StateLayout layout = StateLayout.of(profile.capacities);
      matcher =
          new Matcher(
              layout,
              StateMemory.books(layout),
              StateMemory.pages(layout),
              writer::onEvents,
              profile.limit);
      snapshot = new SnapshotWriter(matcher);
      publisher =
          new PublisherAgent(
              new PublisherContext()
                  .eventReader(stream.newReader())
                  .lineA(this::onPacket)
                  .lineB(packet -> line == null || packets++ % 3 == 2 || line.trySend(packet))
                  .clock(() -> nowNs)
                  .counters(CounterFactory.unexported())
                  .conclude());
      recovery =
          new FeedRecoveryAgent(
              new FeedRecoveryContext()
                  .histories(stream::newHistory)
                  .clock(() -> nowNs)
                  .retransmission(
                      new RetransmissionContext()
                          .address(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)))
                  .glimpse(
                      new GlimpseContext()
                          .logins(new OpenDoor())
                          .images(images)
                          .imageSharedForNs(0)
                          .transport(listener ->
                              TransportFactory.open(
                                  TransportFactory.AUTO,
                                  new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                                  listener,
                                  new TransportContext().clock(System::nanoTime)))));
    }

    void open() {
      commands.gateway(1);
      commands.openDay(profile.capacities);
      apply();
      for (long symbol : RandomCommands.SYMBOLS) {
        commands.defineInstrument(symbol, 100, 10);
        apply();
      }
      for (int i = 0; i < RandomCommands.SESSIONS; i++) {
        commands.defineSession(i, "USER0" + i);
        apply();
        random.connect(i);
        apply();
      }
      commands.gateway(1);
      commands.startTrading();
      apply();
    }

    void trade(int count) {
      for (int i = 0; i < count; i++) {
        random.next();
        apply();
      }
    }

    private void apply() {
      sequence++;
      long timeNs = 5000 + sequence * 3;
      boolean complete = matcher.onCommand(sequence, timeNs, commands.buffer, 0, commands.length());
      while (!complete) {
        complete = matcher.resume();
      }
      reference.onCommand(sequence, timeNs, commands.buffer, 0, commands.length());
      while (publisher.doWork() > 0) {
        nowNs++;
      }
    }

    private boolean onPacket(ByteBuffer packet) {
      byte[] bytes = new byte[packet.remaining()];
      packet.get(bytes);
      MoldPacketDecoder decoder = new MoldPacketDecoder();
      decoder.wrap(new UnsafeBuffer(bytes), 0, bytes.length);
      while (decoder.next()) {
        int from = decoder.messageOffset();
        feed.add(Arrays.copyOfRange(bytes, from, from + decoder.messageLength()));
      }
      return true;
    }

    /** What a follower of the log does between two commands. */
    void serve() {
      nowNs++;
      recovery.doWork();
      if (images.takeRequest()) {
        snapshot.begin();
        while (!snapshot.isComplete()) {
          snapshot.write(images::onMessage, 7);
        }
      }
    }

    /** A line for each resting order, in the order of the books. */
    List<String> orders() {
      List<String> orders = new ArrayList<>();
      for (int i = 1; i <= matcher.state().instruments.count(); i++) {
        for (int side = OrderBook.BID; side <= OrderBook.ASK; side++) {
          int order = matcher.state().books.book(i).best(side);
          while (order != 0) {
            orders.add(text(order, i));
            order = matcher.state().books.book(i).next(order, side);
          }
        }
      }
      return orders;
    }

    private String text(int order, int instrument) {
      long line = matcher.state().orders.line(order);
      byte side = UnsafeApi.getByte(line + OrderLine.SIDE);
      return describe(
          UnsafeApi.getLong(line + OrderLine.ORDER_NUMBER),
          instrument,
          side == 'B' ? 'B' : 'S',
          UnsafeApi.getInt(line + OrderLine.REMAINING),
          UnsafeApi.getInt(line + OrderLine.PRICE),
          UnsafeApi.getByte(line + OrderLine.DISPLAY) == 'A');
    }

    @Override
    public void close() {
      recovery.onClose();
    }
  }

  private static String describe(
      long number, int locate, char side, long shares, long price, boolean attributed) {
    return number + "@" + locate + side + shares + "x" + price + (attributed ? "F" : "A");
  }

  /** One spin, taken whole by nassau's client. */
  private static final class Spin implements SoupBinTCPClientStatusListener {
    final List<byte[]> messages = new ArrayList<>();
    String session;
    long sequence;
    boolean rejected;

    private static Spin take(Market market) throws IOException {
      // The port listens from the first turn on.
      market.serve();
      Spin spin = new Spin();
      SocketChannel channel = SocketChannel.open(market.recovery.glimpseAddress().orElseThrow());
      channel.configureBlocking(false);
      try (SoupBinTCPClient client = new SoupBinTCPClient(channel, 8_192, spin::onMessage, spin)) {
        SoupBinTCP.LoginRequest login = new SoupBinTCP.LoginRequest();
        login.setUsername("MM01");
        login.setPassword("secret");
        login.setRequestedSession("");
        login.setRequestedSequenceNumber(1);
        client.login(login);
        long deadlineNs = System.nanoTime() + DEADLINE_NS;
        while (spin.nextNumber() < 0 && !spin.rejected && System.nanoTime() < deadlineNs) {
          market.serve();
          client.receive();
        }
        client.logout();
        market.serve();
      }
      assertTrue(spin.nextNumber() > 0, "messages=" + spin.messages.size());
      return spin;
    }

    private void onMessage(ByteBuffer payload) {
      byte[] message = new byte[payload.remaining()];
      payload.get(message);
      messages.add(message);
    }

    long nextNumber() {
      return messages.isEmpty()
          ? EndOfSnapshot.NONE
          : EndOfSnapshot.decode(
              new UnsafeBuffer(messages.getLast()), 0, messages.getLast().length);
    }

    /** A line for each order, in the order of the spin; by juncture. */
    List<String> orders() {
      List<String> orders = new ArrayList<>();
      for (byte[] message : messages) {
        ByteBuffer body = ByteBuffer.wrap(message, 1, message.length - 1);
        if (message[0] == 'A') {
          ITCH50.AddOrder add = new ITCH50.AddOrder();
          add.get(body);
          orders.add(
              describe(
                  add.orderReferenceNumber,
                  add.stockLocate,
                  (char) add.buySellIndicator,
                  add.shares,
                  add.price,
                  false));
        } else if (message[0] == 'F') {
          ITCH50.AddOrderMPID add = new ITCH50.AddOrderMPID();
          add.get(body);
          orders.add(
              describe(
                  add.orderReferenceNumber,
                  add.stockLocate,
                  (char) add.buySellIndicator,
                  add.shares,
                  add.price,
                  true));
        }
      }
      return orders;
    }

    String types() {
      StringBuilder types = new StringBuilder();
      messages.forEach(message -> types.append((char) message[0]));
      return types.toString();
    }

    @Override
    public void heartbeatTimeout(SoupBinTCPClient client) {}

    @Override
    public void loginAccepted(SoupBinTCPClient client, SoupBinTCP.LoginAccepted accepted) {
      session = accepted.getSession().strip();
      sequence = accepted.getSequenceNumber();
    }

    @Override
    public void loginRejected(SoupBinTCPClient client, SoupBinTCP.LoginRejected reason) {
      rejected = true;
    }

    @Override
    public void endOfSession(SoupBinTCPClient client) {}
  }

  @Test
  void shouldGiveTheBooksOfTheEngineOrderByOrderWhileOrdersGoOn() throws IOException {
    int spins = (int) Tier.count(12, 400);
    long orders = 0;
    try (Market market = new Market(11)) {
      market.open();
      for (int i = 0; i < spins; i++) {
        market.trade(700);
        Spin spin = Spin.take(market);
        assertEquals("TP20261120", spin.session);
        assertEquals(1, spin.sequence);
        assertEquals(market.matcher.feedMessages() + 1, spin.nextNumber());
        assertEquals(market.orders(), spin.orders(), "spin=" + i);
        assertTrue(spin.types().matches("SSSRHRH[AF]*G"), spin.types().substring(0, 12));
        orders += spin.orders().size();
      }
      assertTrue(orders > 0, "orders");
    }
    Tier.ran("glimpse by nassau and juncture", "spins=" + spins + " orders=" + orders);
  }

  /** What was sent behind the moment of the spin brings its books to where the engine is. */
  @Test
  void shouldBringALateJoinerToTheEnginesBooksWithTheRestOfTheFeed() throws IOException {
    int joiners = (int) Tier.count(6, 100);
    try (Market market = new Market(12)) {
      market.open();
      for (int i = 0; i < joiners; i++) {
        market.trade(300);
        Spin spin = Spin.take(market);
        market.trade(300);
        ItchBookBuilder late = new ItchBookBuilder();
        ItchDecoder decoder = new ItchDecoder();
        spin.messages.forEach(
            message -> decoder.decode(new UnsafeBuffer(message), 0, message.length, late));
        for (byte[] message :
            market.feed.subList((int) spin.nextNumber() - 1, market.feed.size())) {
          decoder.decode(new UnsafeBuffer(message), 0, message.length, late);
        }
        assertEquals(0, late.unknownReferences());
        assertEquals(market.orders().size(), late.orderCount());
        for (int instrument = 1; instrument <= 2; instrument++) {
          assertLevels(market, instrument, late);
        }
      }
      Tier.ran("late joiner by glimpse", "joiners=" + joiners + " feed=" + market.feed.size());
    }
  }

  /** Our receiver joins late, behind a line that loses packets, while orders go on. */
  @Test
  void shouldBringOurReceiverToTheEnginesBooks() throws IOException {
    int joiners = (int) Tier.count(5, 100);
    long recovered = 0;
    InetAddress loopback = InetAddress.getLoopbackAddress();
    try (Market market = new Market(14);
        MulticastSender line =
            new MulticastSender(
                new InetSocketAddress(InetAddress.getByName("239.255.74.1"), freePort()),
                NetworkInterface.getByInetAddress(loopback),
                0)) {
      market.line = line;
      market.open();
      market.serve();
      for (int i = 0; i < joiners; i++) {
        market.trade(400);
        ItchBookBuilder book = new ItchBookBuilder();
        FeedReceiverContext context =
            new FeedReceiverContext()
                .lineA(line.group())
                .networkInterface(loopback)
                .retransmission(market.recovery.retransmissionAddress().orElseThrow())
                .snapshot(
                    market.recovery.glimpseAddress().orElseThrow(),
                    Login.fromTheFirst("MM01", "secret"))
                .messages(book)
                .gapWaitNs(1)
                .clock(() -> nowNs);
        try (FeedReceiver receiver = FeedReceiver.open(context)) {
          follow(market, receiver, book);
          recovered += receiver.recoveredMessages();
          assertEquals(0, receiver.gaps());
        }
      }
      assertTrue(recovered > 0, "recovered");
    }
    Tier.ran("our receiver by glimpse", "joiners=" + joiners + " recovered=" + recovered);
  }

  private void follow(Market market, FeedReceiver receiver, ItchBookBuilder book) {
    long deadlineNs = System.nanoTime() + DEADLINE_NS;
    // Orders go on while the snapshot is taken, and a while after.
    for (int i = 0; i < 300 || receiver.messages() == 0; i++) {
      market.trade(1);
      market.serve();
      receiver.poll(64);
      assertTrue(System.nanoTime() < deadlineNs, "messages=" + receiver.messages());
    }
    while (receiver.nextSequenceNumber() <= market.matcher.feedMessages()
        && System.nanoTime() < deadlineNs) {
      // Heartbeats tell of what was lost last.
      nowNs += TimeUnit.MILLISECONDS.toNanos(50);
      market.publisher.doWork();
      market.serve();
      receiver.poll(64);
    }
    assertEquals(market.matcher.feedMessages() + 1, receiver.nextSequenceNumber());
    assertEquals(0, book.unknownReferences());
    assertEquals(market.orders().size(), book.orderCount());
    for (int instrument = 1; instrument <= 2; instrument++) {
      assertLevels(market, instrument, book);
    }
  }

  private static int freePort() throws IOException {
    try (DatagramSocket free = new DatagramSocket(0)) {
      return free.getLocalPort();
    }
  }

  private static void assertLevels(Market market, int instrument, ItchBookBuilder late) {
    for (int side = OrderBook.BID; side <= OrderBook.ASK; side++) {
      Map<Long, Long> expected = new LinkedHashMap<>();
      OrderBook book = market.matcher.state().books.book(instrument);
      for (int order = book.best(side); order != 0; order = book.next(order, side)) {
        long line = market.matcher.state().orders.line(order);
        long number = UnsafeApi.getLong(line + OrderLine.ORDER_NUMBER);
        long remaining = UnsafeApi.getInt(line + OrderLine.REMAINING);
        expected.merge((long) UnsafeApi.getInt(line + OrderLine.PRICE), remaining, Long::sum);
        assertEquals(remaining, late.order(number).shares(), "order=" + number);
      }
      var received = side == OrderBook.BID ? late.bids(instrument) : late.asks(instrument);
      assertEquals(List.copyOf(expected.entrySet()), List.copyOf(received.entrySet()));
    }
  }

  @Test
  void shouldTellTheWholeDayInSystemEvents() throws IOException {
    try (Market market = new Market(13)) {
      market.commands.gateway(1);
      market.commands.openDay(market.profile.capacities);
      market.apply();
      assertEquals("SG", Spin.take(market).types());
      market.commands.defineInstrument(RandomCommands.SYMBOLS[0], 100, 10);
      market.apply();
      market.commands.startTrading();
      market.apply();
      assertEquals("SSSRHG", Spin.take(market).types());
      market.commands.gateway(255);
      market.commands.closeDay();
      market.apply();
      Spin closed = Spin.take(market);
      assertEquals("SSSSSSRHG", closed.types());
      StringBuilder codes = new StringBuilder();
      closed.messages.stream().filter(m -> m[0] == 'S').forEach(m -> codes.append((char) m[11]));
      assertEquals("OSQMEC", codes.toString());
    }
  }
}
