package io.tradepit.transport;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tradepit.Tier;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What every transport promises, shown on each of them by peers of the kernel's TCP. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
abstract class TransportContractTest {
  private static final byte[] NONE = new byte[0];

  private final TransportSite site;
  private final String name;

  TransportContractTest(TransportSite site) {
    this.site = site;
    name = site.name();
  }

  @BeforeEach
  void requireTransport() {
    site.require();
  }

  private TransportHarness open() {
    return open(new TransportContext());
  }

  private TransportHarness open(TransportContext context) {
    TransportHarness harness = new TransportHarness(site, context);
    assertEquals(name, harness.transport.name());
    return harness;
  }

  @Test
  void shouldEchoByteForByteWhenSizesAndSplitsAreRandom() throws Exception {
    long total = Tier.count(64L << 20, 1L << 30);
    long seed = Tier.seed(11);
    try (TransportHarness harness = open();
        Socket socket = harness.connectAndAccept()) {
      harness.isEchoing = true;
      CompletableFuture<Void> writer = async(() -> writeRandom(socket, seed, total));
      CompletableFuture<Void> reader = async(() -> expectRandom(socket, seed, total));
      harness.pollUntilWithin(reader::isDone, 50);
      writer.get();
      reader.get();
      assertEquals(total, harness.count("transport_bytes_in_total"));
      assertEquals(total, harness.count("transport_bytes_out_total"));
    }
    Tier.ran(name + " echo", "bytes=" + total + " seed=" + seed);
  }

  @Test
  void shouldHandOverRestLaterWhenListenerTakesPart() throws Exception {
    try (TransportHarness harness = open();
        Socket socket = harness.connectAndAccept()) {
      harness.appetite = 3;
      byte[] sent = bytes(10);
      socket.getOutputStream().write(sent);
      harness.pollUntil(() -> harness.received(harness.onlyConnection()).length == 10);
      assertArrayEquals(sent, harness.received(harness.onlyConnection()));
      assertEquals(4, harness.turns.size());
    }
  }

  @Test
  void shouldKeepIngressTimeOfArrivalWhenRestIsTakenLater() throws Exception {
    try (TransportHarness harness = open();
        Socket socket = harness.connectAndAccept()) {
      harness.appetite = 1;
      long arrivedNs = harness.clockNs;
      socket.getOutputStream().write(bytes(2));
      harness.pollUntil(() -> harness.turns.size() == 1);
      harness.clockNs += 1_000_000;
      harness.pollUntil(() -> harness.turns.size() == 2);
      assertEquals(arrivedNs, harness.lastIngressTimeNs);
      assertEquals('P', harness.lastIngressSource);
      assertEquals(1, harness.clockReads);
    }
  }

  @Test
  void shouldStallPeerWhenNothingIsTakenAndResumeWhenItIs() throws Exception {
    int total = 32 << 20;
    try (TransportHarness harness = open();
        Socket socket = harness.connectAndAccept()) {
      harness.appetite = 0;
      AtomicLong written = new AtomicLong();
      CompletableFuture<Void> writer = async(() -> writeCounting(socket, total, written));
      pollUntilStill(harness, written);
      assertTrue(written.get() < total, "written=" + written);
      assertEquals(0, harness.count("transport_bytes_in_total"));
      harness.appetite = Integer.MAX_VALUE;
      harness.isEchoing = false;
      AtomicLong drained = new AtomicLong();
      harness.discardInto(drained);
      harness.pollUntil(() -> drained.get() == total);
      writer.get();
    }
  }

  @Test
  void shouldFillAndResumeInOrderWhenPeerReadsSlowly() throws Exception {
    TransportContext context = new TransportContext().sendBufferBytes(1 << 16);
    try (TransportHarness harness = open(context);
        Socket socket = harness.connectAndAccept()) {
      long connection = harness.onlyConnection();
      long seed = Tier.seed(12);
      Random random = new Random(seed);
      long sent = 0;
      byte[] pending = chunk(random);
      int taken = harness.send(connection, pending);
      while (taken > 0) {
        sent += taken;
        pending = taken == pending.length ? chunk(random) : tail(pending, taken);
        harness.pollFor(2);
        taken = harness.send(connection, pending);
      }
      assertEquals(0, taken);
      assertEquals(1 << 16, harness.transport.unsentBytes(connection));
      assertTrue(harness.count("transport_short_writes_total") > 0);
      long total = sent;
      CompletableFuture<Void> reader = async(() -> expectChunks(socket, seed, total));
      harness.pollUntil(reader::isDone);
      reader.get();
      harness.pollUntil(() -> harness.transport.unsentBytes(connection) == 0);
      assertEquals(pending.length, harness.send(connection, pending));
    }
  }

  @Test
  void shouldServeEachWhenThreeHundredConnectAtOnce() throws Exception {
    List<Socket> sockets = new ArrayList<>();
    try (TransportHarness harness = open()) {
      harness.isEchoing = true;
      for (int i = 0; i < 300; i++) {
        sockets.add(harness.connect());
        sockets.get(i).getOutputStream().write(new byte[] {(byte) i, (byte) (i >> 8)});
      }
      harness.pollUntil(() -> harness.count("transport_bytes_out_total") == 600);
      for (int i = 0; i < 300; i++) {
        assertArrayEquals(
            new byte[] {(byte) i, (byte) (i >> 8)}, sockets.get(i).getInputStream().readNBytes(2));
        sockets.get(i).close();
      }
      harness.pollUntil(() -> harness.closed.size() == 300);
      assertEquals(300, harness.count("transport_connections_opened_total"));
      assertEquals(300, harness.count("transport_connections_closed_total"));
    }
  }

  @Test
  void shouldDeliverEverythingWhenClosedWithLinger() throws Exception {
    try (TransportHarness harness = open(new TransportContext().sendBufferBytes(1 << 22));
        Socket socket = harness.connectAndAccept()) {
      long connection = harness.onlyConnection();
      byte[] sent = bytes(1 << 22);
      // Bytes of the peer that nobody reads would make a plain close a reset.
      harness.appetite = 0;
      socket.getOutputStream().write(bytes(10_000));
      harness.pollFor(20);
      assertEquals(sent.length, harness.send(connection, sent));
      harness.transport.close(connection, CloseReason.LOGOUT, 10_000);
      assertEquals(-1, harness.send(connection, sent));
      assertEquals(-1, harness.transport.unsentBytes(connection));
      CompletableFuture<byte[]> reader = CompletableFuture.supplyAsync(() -> readAll(socket));
      harness.pollUntil(reader::isDone);
      assertArrayEquals(sent, reader.get());
      harness.pollUntil(() -> harness.closed.contains(connection));
      assertEquals(List.of(CloseReason.LOGOUT), harness.reasons);
    }
  }

  @Test
  void shouldCloseWhenLingerIsOver() throws Exception {
    try (TransportHarness harness = open(new TransportContext().sendBufferBytes(1 << 23));
        Socket socket = harness.connectAndAccept()) {
      long connection = harness.onlyConnection();
      harness.send(connection, bytes(1 << 23));
      harness.pollFor(50);
      harness.transport.close(connection, CloseReason.SLOW_READER, 1_000);
      harness.clockNs += 999_000_000;
      harness.pollFor(50);
      assertEquals(List.of(), harness.reasons);
      harness.clockNs += 1_000_000;
      harness.pollUntil(() -> !harness.closed.isEmpty());
      assertEquals(List.of(CloseReason.SLOW_READER), harness.reasons);
      assertTrue(socket.isConnected());
    }
  }

  @Test
  void shouldReportPeerWhenItResets() throws Exception {
    try (TransportHarness harness = open()) {
      Socket socket = harness.connectAndAccept();
      socket.setSoLinger(true, 0);
      socket.close();
      harness.pollUntil(() -> harness.closed.equals(harness.opened));
      assertEquals(List.of(CloseReason.PEER), harness.reasons);
      assertEquals(-1, harness.send(harness.onlyConnection(), bytes(1)));
    }
  }

  @Test
  void shouldHandOverAllBytesBeforeClosedWhenPeerClosesInOrder() throws Exception {
    try (TransportHarness harness = open()) {
      Socket socket = harness.connectAndAccept();
      byte[] sent = bytes(100_000);
      harness.appetite = 0;
      CompletableFuture<Void> writer = async(() -> socket.getOutputStream().write(sent));
      harness.pollUntil(writer::isDone);
      writer.get();
      socket.close();
      harness.pollFor(50);
      assertEquals(List.of(), harness.closed);
      harness.appetite = 1_000;
      harness.pollUntil(() -> !harness.closed.isEmpty());
      assertArrayEquals(sent, harness.received(harness.onlyConnection()));
      assertEquals(List.of(CloseReason.PEER), harness.reasons);
    }
  }

  @Test
  void shouldMakeNoMoreCallbacksThanLimitWhenManyAreReady() throws Exception {
    List<Socket> sockets = new ArrayList<>();
    try (TransportHarness harness = open()) {
      for (int i = 0; i < 10; i++) {
        sockets.add(harness.connectAndAccept());
        sockets.get(i).getOutputStream().write(1);
      }
      Thread.sleep(20);
      for (int i = 0; i < 20; i++) {
        int before = harness.callbacks;
        harness.transport.poll(3);
        assertTrue(harness.callbacks - before <= 3);
      }
      assertEquals(10, harness.turns.size());
      int before = harness.callbacks;
      sockets.get(0).getOutputStream().write(1);
      harness.transport.poll(0);
      assertEquals(before, harness.callbacks);
      for (Socket socket : sockets) {
        socket.close();
      }
    }
  }

  @Test
  void shouldServeOthersInTurnWhenOneIsBusy() throws Exception {
    try (TransportHarness harness = open();
        Socket busy = harness.connectAndAccept();
        Socket quiet = harness.connectAndAccept()) {
      AtomicLong drained = new AtomicLong();
      harness.discardInto(drained);
      int total = 8 << 20;
      CompletableFuture<Void> writer = async(() -> writeCounting(busy, total, new AtomicLong()));
      harness.pollUntil(() -> drained.get() > 1 << 20);
      quiet.getOutputStream().write(bytes(3 * Transport.MAX_READ_BYTES));
      harness.pollUntil(() -> drained.get() == total + 3 * Transport.MAX_READ_BYTES);
      writer.get();
      long quietConnection = harness.opened.get(1);
      int first = harness.turns.indexOf(quietConnection);
      int last = harness.turns.lastIndexOf(quietConnection);
      // In turn: between two of the quiet one there is about one of the busy one.
      int turnsBetween = last - first + 1;
      long ofQuiet = harness.turns.stream().filter(turn -> turn == quietConnection).count();
      assertTrue(turnsBetween <= 3 * ofQuiet + 3, "between=" + turnsBetween + " of=" + ofQuiet);
    }
  }

  @Test
  void shouldNameAddressAndPortWhenPortIsInUse() throws Exception {
    try (TransportHarness harness = open()) {
      TransportException refused =
          assertThrows(
              TransportException.class,
              () ->
                  new TransportHarness(
                      site, harness.transport.localAddress(), new TransportContext()));
      assertEquals(site.refusalOfSecond(harness.transport.localAddress()), refused.getMessage());
    }
  }

  @Test
  void shouldFreePortWhenClosed() throws Exception {
    TransportHarness harness = open();
    harness.close();
    site.requireFree(harness.transport.localAddress());
    assertEquals(0, harness.transport.poll(1));
  }

  @Test
  void shouldCloseAtOnceWhenThereAreTooMany() throws Exception {
    try (TransportHarness harness = open(new TransportContext().maxConnections(2));
        Socket first = harness.connectAndAccept();
        Socket second = harness.connectAndAccept();
        Socket third = harness.connect()) {
      harness.pollUntil(() -> harness.count("transport_connections_refused_total") == 1);
      assertEquals(-1, third.getInputStream().read());
      assertEquals(2, harness.opened.size());
      disconnect(first);
      harness.pollUntil(() -> harness.closed.size() == 1);
      harness.pollFor(5);
      try (Socket fourth = harness.connectAndAccept()) {
        assertEquals(1, harness.send(harness.onlyConnection(), bytes(1)));
        harness.pollFor(5);
        assertEquals(bytes(1)[0], (byte) fourth.getInputStream().read());
      }
      assertTrue(second.isConnected());
    }
  }

  @Test
  void shouldDoNothingWhenConnectionNumberIsStale() throws Exception {
    try (TransportHarness harness = open(new TransportContext().maxConnections(1))) {
      harness.connectAndAccept().close();
      long stale = harness.onlyConnection();
      harness.pollUntil(() -> harness.closed.contains(stale));
      harness.pollFor(5);
      try (Socket socket = harness.connectAndAccept()) {
        harness.transport.close(stale, CloseReason.OPERATOR, 0);
        assertEquals(-1, harness.send(stale, bytes(1)));
        assertEquals(-1, harness.transport.unsentBytes(stale));
        assertEquals(-1, harness.transport.unsentBytes(Long.MAX_VALUE));
        assertEquals(1, harness.send(harness.onlyConnection(), bytes(1)));
        harness.pollFor(5);
        assertEquals(bytes(1)[0], (byte) socket.getInputStream().read());
        assertEquals(List.of(CloseReason.PEER), harness.reasons);
      }
    }
  }

  @Test
  void shouldCloseEachConnectionWhenStopped() throws Exception {
    TransportHarness harness = open();
    try (Socket first = harness.connectAndAccept();
        Socket second = harness.connectAndAccept()) {
      harness.close();
      assertEquals(List.of(CloseReason.SHUTDOWN, CloseReason.SHUTDOWN), harness.reasons);
      assertArrayEquals(NONE, readAll(first));
      assertArrayEquals(NONE, readAll(second));
      assertThrows(IOException.class, () -> harness.connect().close());
    }
  }

  @Test
  void shouldServeClientOfTheSystemWhenNetcatConnects() throws Exception {
    Path netcat = Path.of("/usr/bin/nc");
    assumeTrue(Files.isExecutable(netcat), "nc (netcat-openbsd) is not installed");
    try (TransportHarness harness = open()) {
      harness.isEchoing = true;
      String address = harness.transport.localAddress().getAddress().getHostAddress();
      String port = Integer.toString(harness.transport.localAddress().getPort());
      Process process =
          new ProcessBuilder(site.command(netcat.toString(), address, port))
              .redirectErrorStream(true)
              .start();
      byte[] line = "a line of netcat\n".getBytes(StandardCharsets.US_ASCII);
      process.getOutputStream().write(line);
      process.getOutputStream().flush();
      CompletableFuture<byte[]> reader =
          CompletableFuture.supplyAsync(() -> readExactly(process.getInputStream(), line.length));
      harness.pollUntil(reader::isDone);
      assertArrayEquals(line, reader.get());
      process.destroy();
      harness.pollUntil(() -> harness.closed.equals(harness.opened));
      assertEquals(List.of(CloseReason.PEER), harness.reasons);
    }
  }

  // The peer's side.

  private interface Work {
    void run() throws IOException;
  }

  private static CompletableFuture<Void> async(Work work) {
    return CompletableFuture.runAsync(
        () -> {
          try {
            work.run();
          } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
          }
        },
        task -> Thread.ofPlatform().daemon().start(task));
  }

  private static void disconnect(Socket socket) throws IOException {
    socket.close();
  }

  private static byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    return bytes;
  }

  private static byte[] chunk(Random random) {
    byte[] chunk = new byte[1 + random.nextInt(20_000)];
    random.nextBytes(chunk);
    return chunk;
  }

  private static byte[] tail(byte[] bytes, int from) {
    return java.util.Arrays.copyOfRange(bytes, from, bytes.length);
  }

  private static void writeRandom(Socket socket, long seed, long total) throws IOException {
    Random random = new Random(seed);
    OutputStream out = socket.getOutputStream();
    for (long left = total; left > 0; ) {
      byte[] chunk = chunk(random);
      int length = (int) Math.min(left, chunk.length);
      out.write(chunk, 0, length);
      left -= length;
    }
  }

  private static void expectRandom(Socket socket, long seed, long total) throws IOException {
    expectChunks(socket, seed, total);
  }

  private static void expectChunks(Socket socket, long seed, long total) throws IOException {
    Random random = new Random(seed);
    InputStream in = socket.getInputStream();
    for (long left = total; left > 0; ) {
      byte[] chunk = chunk(random);
      int length = (int) Math.min(left, chunk.length);
      byte[] expected = length == chunk.length ? chunk : java.util.Arrays.copyOf(chunk, length);
      assertArrayEquals(expected, in.readNBytes(length));
      left -= length;
    }
  }

  private static void writeCounting(Socket socket, int total, AtomicLong written)
      throws IOException {
    byte[] chunk = new byte[1 << 16];
    while (written.get() < total) {
      socket.getOutputStream().write(chunk);
      written.addAndGet(chunk.length);
    }
  }

  private static void pollUntilStill(TransportHarness harness, AtomicLong value) {
    long before = -1;
    while (before != value.get()) {
      before = value.get();
      harness.pollFor(300);
    }
  }

  private static byte[] readAll(Socket socket) {
    try {
      return socket.getInputStream().readAllBytes();
    } catch (SocketException e) {
      return e.getMessage().getBytes(StandardCharsets.US_ASCII);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static byte[] readExactly(InputStream in, int length) {
    try {
      return in.readNBytes(length);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
