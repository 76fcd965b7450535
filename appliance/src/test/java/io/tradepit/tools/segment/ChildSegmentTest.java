package io.tradepit.tools.segment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tradepit.config.ConfigException;
import io.tradepit.config.SegmentPaths;
import io.tradepit.protocol.itch.ItchText;
import io.tradepit.protocol.ouch.OuchRequestEncoder;
import io.tradepit.tools.client.Login;
import io.tradepit.tools.client.OrderEntryClient;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A real segment in a process of its own, met over TCP. */
@Timeout(180)
class ChildSegmentTest {
  @TempDir private Path directory;

  @Test
  void shouldServeUntilItIsClosed() throws Exception {
    Path its;
    StringBuilder types = new StringBuilder();
    try (ChildSegment segment = ChildSegment.startTemporary(plan())) {
      its = segment.directory();
      SegmentPlace place = segment.place();
      assertEquals("AB1", place.firstUser());
      assertEquals(2, place.stockLocate("Z.Z"));
      assertEquals(5, place.instrument("Z.Z").tick4());
      try (OrderEntryClient client =
          OrderEntryClient.login(
              place.orderEntry("ab2"),
              Login.fromTheFirst("ab2", place.password("ab2")),
              (sequence, buffer, offset, length) -> types.append((char) buffer.getByte(offset)))) {
        enter(client);
        long deadlineNs = System.nanoTime() + 20_000_000_000L;
        while (types.length() < 2 && System.nanoTime() < deadlineNs) {
          client.poll();
        }
      }
    }
    assertEquals("SA", types.toString());
    assertFalse(Files.exists(its), "its=" + its);
  }

  @Test
  void shouldLeaveNothingInMemoryOfASegmentThatWasKilled() {
    SegmentPaths paths;
    try (ChildSegment segment = ChildSegment.start(plan(), directory)) {
      paths = SegmentPaths.of(segment.place().config());
      assertTrue(Files.exists(paths.state()));
      ProcessHandle.of(segment.pid()).orElseThrow().destroyForcibly();
    }
    assertFalse(Files.exists(paths.state().getParent()));
    assertFalse(Files.exists(paths.aeron().getParent()));
  }

  @Test
  void shouldSayWhyASegmentDidNotStart() throws Exception {
    SegmentPlan wrong = plan().durability("perhaps");
    assertRefused("durability=perhaps", () -> ChildSegment.start(wrong, directory));
    SegmentStartException again =
        assertThrows(SegmentStartException.class, () -> ChildSegment.start(plan(), directory));
    assertTrue(again.getMessage().contains("segment.yaml"), again.getMessage());
    String yaml = plan().yaml();
    Matcher port = Pattern.compile("address: 127.0.0.1, port: (\\d{2,5})").matcher(yaml);
    assertTrue(port.find());
    try (ServerSocket taken =
        new ServerSocket(Integer.parseInt(port.group(1)), 1, InetAddress.getLoopbackAddress())) {
      SegmentStartException failed =
          assertThrows(
              SegmentStartException.class, () -> ChildSegment.start(yaml, directory, false));
      assertTrue(failed.getMessage().contains("exitCode=3 said="), failed.getMessage());
      assertTrue(
          failed.getMessage().contains(String.valueOf(taken.getLocalPort())), failed.getMessage());
    }
  }

  @Test
  void shouldLeaveNoDirectoryOfASegmentThatWasNotBegun() throws Exception {
    String wrong = plan().durability("perhaps").yaml();
    assertRefused(
        "durability=perhaps",
        () -> ChildSegment.startTemporary(directory, wrong, UnaryOperator.identity()));
    String right = plan().yaml();
    assertThrows(
        UncheckedIOException.class,
        () -> ChildSegment.startTemporary(directory, right, line -> List.of("/no/such/command")));
    try (Stream<Path> left = Files.list(directory)) {
      assertEquals(List.of(), left.toList());
    }
  }

  @Test
  void shouldNameWhatAPlaceHasNot() {
    SegmentPlace place = SegmentPlace.of(directory, null);
    assertRefused("user=NOBODY: allowed NPT1", () -> place.orderEntry("NOBODY"));
    assertRefused("symbol=ZZZ: allowed ALDER", () -> place.stockLocate("ZZZ"));
    assertRefused("logins.txt: cannot be read", () -> place.password("NPT1"));
  }

  private static void enter(OrderEntryClient client) {
    UnsafeBuffer message = new UnsafeBuffer(new byte[OuchRequestEncoder.MAX_LENGTH]);
    OuchRequestEncoder requests = new OuchRequestEncoder().wrap(message, 0);
    requests.enter(1, (byte) 'B', 7, ItchText.symbol("Z.Z"), 10_005, OuchRequestEncoder.DAY);
    assertTrue(client.send(message, 0, requests.length()));
  }

  private static SegmentPlan plan() {
    return new SegmentPlan()
        .pages("base")
        .instrument("ALDER", 100, 1, 1_000_000)
        .instrument("Z.Z", 5, 1, 10_005)
        .session("AB1", "AB")
        .session("AB2", "AB");
  }

  private static void assertRefused(String expected, Runnable what) {
    String message = assertThrows(ConfigException.class, what::run).getMessage();
    assertTrue(message.contains(expected), message);
  }
}
