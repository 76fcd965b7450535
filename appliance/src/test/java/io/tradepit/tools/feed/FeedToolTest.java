package io.tradepit.tools.feed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.tradepit.config.SegmentConfig;
import io.tradepit.config.SegmentConfigReader;
import io.tradepit.config.StartException;
import io.tradepit.protocol.itch.ItchVectors;
import io.tradepit.protocol.mold.MoldPacketEncoder;
import io.tradepit.transport.MulticastSender;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Every message of the protocol over multicast on loopback, as people and programs see it. */
@Timeout(30)
class FeedToolTest {
  private static final UnsafeBuffer SESSION =
      new UnsafeBuffer("20261120A ".getBytes(StandardCharsets.US_ASCII));

  private static final String TEXT =
      """
      09:30:00.000000123        1  start of market hours
      09:30:00.000000123        2  instrument              ACME     locate=7 roundLot=100 category=Q
      09:30:00.000000123        3  trading                 ACME
      09:30:00.000000123        4  short sale restriction  ACME     action=0
      """;

  @TempDir Path directory;

  private final UnsafeBuffer packet = new UnsafeBuffer(ByteBuffer.allocateDirect(2_000));
  private SegmentConfig config;
  private MulticastSender a;
  private MulticastSender b;

  @BeforeEach
  void open() throws Exception {
    InetAddress loopback = InetAddress.getLoopbackAddress();
    int port;
    try (DatagramSocket free = new DatagramSocket(0, loopback)) {
      port = free.getLocalPort();
    }
    Path file = directory.resolve("segment.yaml");
    Files.writeString(
        file,
        SegmentConfigReader.embeddedText()
            .replace("239.192.7.1:30001", "239.255.73.1:" + port)
            .replace("239.192.7.2:30002", "239.255.73.2:" + port));
    config = SegmentConfigReader.read(file, directory);
    NetworkInterface nic = NetworkInterface.getByInetAddress(loopback);
    a = new MulticastSender(config.feed().lineA(), nic, 0);
    b = new MulticastSender(config.feed().lineB(), nic, 0);
  }

  @AfterEach
  void close() {
    a.close();
    b.close();
  }

  @Test
  void shouldPrintEveryMessageAndWhatWasReceived() {
    List<String> lines = run(FeedTool.Channel.BOTH, 0, false, 23);
    assertTrue(lines.getFirst().startsWith("-- joined line=A group=239.255.73.1:"));
    assertEquals("-- session session=20261120A from=1", lines.get(2));
    assertEquals(TEXT, String.join("\n", lines.subList(3, 7)) + "\n");
    assertEquals(3 + 23 + 3, lines.size());
    assertEquals(
        "-- received messages=23 printed=23 gaps=0 lost=0 recovered=0 requests=0 malformed=0 next=24",
        lines.get(26));
    assertTrue(lines.get(27).startsWith("-- line line=A state=up packets=1 first=1 duplicates=0"));
  }

  @Test
  void shouldJoinOnTheInterfaceThatIsNamed() {
    FeedTool tool =
        new FeedTool(config, FeedTool.Channel.BOTH, 0, false, 0, 0)
            .networkInterfaces(
                InetAddress.getLoopbackAddress(), InetAddress.ofLiteral("192.0.2.1"));
    StartException refusal =
        assertThrows(StartException.class, () -> tool.run(() -> true, System.out));
    assertTrue(refusal.getMessage().startsWith("line=B group=239.255.73.2:"), refusal::toString);
  }

  @Test
  void shouldPrintOneInstrumentAndTheWholeMarket() {
    List<String> lines = run(FeedTool.Channel.A, 3, false, 1);
    List<String> messages = lines.stream().filter(line -> !line.startsWith("--")).toList();
    // The vectors are of instrument 7 or of the whole market.
    assertTrue(messages.size() >= 3, messages::toString);
    assertTrue(messages.stream().noneMatch(line -> line.contains("ACME")), messages::toString);
  }

  @Test
  void shouldPrintObjectsForPrograms() throws Exception {
    ObjectMapper json = new ObjectMapper();
    for (String line : run(FeedTool.Channel.B, 0, true, 23)) {
      assertTrue(json.readTree(line).isObject(), line);
    }
    List<String> lines = run(FeedTool.Channel.B, 0, true, 23);
    String add =
        lines.stream().filter(line -> line.contains("add order")).findFirst().orElseThrow();
    assertEquals(
        "{\"message\":\"add order\",\"sequence\":11,\"time\":\"09:30:00.000000123\","
            + "\"symbol\":\"ACME\",\"side\":\"buy\",\"shares\":100,\"price\":\"150.34\","
            + "\"order\":1001}",
        add);
  }

  @Test
  void shouldEndAfterTheSecondsAskedFor() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    long begunNs = System.nanoTime();
    new FeedTool(config, FeedTool.Channel.BOTH, 0, false, 0, 1)
        .withoutRecovery()
        .run(() -> false, new PrintStream(out, true, StandardCharsets.UTF_8));
    assertTrue(System.nanoTime() - begunNs >= TimeUnit.SECONDS.toNanos(1));
    assertTrue(out.toString(StandardCharsets.UTF_8).contains("state=nothing yet"), out::toString);
  }

  @Test
  void shouldEndWhenNobodyReadsTheOutputAnyMore() {
    OutputStream closed =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            throw new IOException("Broken pipe");
          }
        };
    new FeedTool(config, FeedTool.Channel.BOTH, 0, false, 0, 0)
        .withoutRecovery()
        .run(() -> false, new PrintStream(closed, true, StandardCharsets.UTF_8));
  }

  /** Runs until so many messages are printed; the sender begins when the lines are joined. */
  private List<String> run(FeedTool.Channel channel, int locate, boolean json, long count) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    boolean[] sent = new boolean[1];
    long deadlineNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
    new FeedTool(config, channel, locate, json, count, 0)
        .withoutRecovery()
        .run(
            () -> {
              if (!sent[0]) {
                sent[0] = true;
                sendAll(a);
                sendAll(b);
              }
              return System.nanoTime() > deadlineNs;
            },
            new PrintStream(out, true, StandardCharsets.UTF_8));
    return out.toString(StandardCharsets.UTF_8).lines().toList();
  }

  private void sendAll(MulticastSender line) {
    MoldPacketEncoder encoder = new MoldPacketEncoder();
    encoder.begin(packet, 0, 1_400, SESSION, 1);
    for (byte[] message : ItchVectors.all()) {
      packet.putBytes(encoder.append(message.length), message);
    }
    ByteBuffer bytes = packet.byteBuffer().clear().limit(encoder.end());
    while (!line.trySend(bytes)) {
      Thread.onSpinWait();
    }
  }
}
