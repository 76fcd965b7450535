package io.tradepit.main;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tradepit.Tier;
import io.tradepit.config.ExitCode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.agrona.IoUtil;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A segment in a process of its own whose disk breaks under load: it stops soon and says why; what
 * a member was told is there after a restart, byte for byte.
 */
@Timeout(value = 60, unit = TimeUnit.MINUTES)
class DiskFaultTest {
  /** From the fault until no answer leaves any more: the promise; what it was is printed. */
  private static final long STOP_LIMIT_MS = 2_000;

  private static final int IN_FLIGHT = 50;

  @TempDir Path directory;

  private Path library;
  private int cases;
  private int beforeReady;
  private long slowestMs;
  private long cutMs;
  private long slowestCutMs;
  private long messages;

  @BeforeEach
  void compile() throws Exception {
    library = DiskFault.compile(directory);
  }

  @Test
  void shouldStopAndLoseNothingWhenTheDiskBreaksUnderRecorded() throws Exception {
    for (int n : numbers(40, 1, 2, 3, 5, 9, 15, 25, 70, 100, 141, 200)) {
      if (Tier.isLong()) {
        breaks("recorded", "write", "EIO", n, 1);
        breaks("recorded", "write", "ENOSPC", n, 0);
        breaks("recorded", "write", "EROFS", n, 0);
        breaks("recorded", "write", "UNLINK", n, 1);
      }
      breaks("recorded", "write", "SHORT", n + 1, 1);
    }
    if (!Tier.isLong()) {
      breaks("recorded", "write", "UNLINK", 60, 1);
    }
    ran("recorded");
  }

  @Test
  void shouldStopAndLoseNothingWhenAFlushFailsUnderSynced() throws Exception {
    for (int n : numbers(31, 1, 2, 4, 8, 16, 60, 100, 137, 200)) {
      breaks("synced", "sync", "EIO", n, 1);
      if (Tier.isLong()) {
        breaks("synced", "sync", "ENOSPC", n, 0);
        breaks("synced", "write", "SHORT", n, 1);
        breaks("synced", "sync", "UNLINK", n, 1);
      }
    }
    ran("synced");
  }

  @Test
  void shouldGoOnWhenAWriteTakesOnlyHalf() throws Exception {
    DiskFault fault = fault("write", "HALF", 10, 0);
    TestSegment plan = plan("recorded", fault);
    try (SegmentProcess process =
        SegmentProcess.launch(plan, plan.directory, fault.environment(library))) {
      process.awaitReady();
      try (Member member = plan.login("NPT1", 1)) {
        for (int urn = 1; urn <= 200; urn++) {
          member.send(OuchBytes.enter(urn, 'B', 1, "ALDER", 1_000_000));
          member.poll();
        }
        member.awaitMessages(201);
        process.kill();
        requireKept(plan, member.received, false);
      }
    }
    assertTrue(fault.happened());
    Tier.ran("writes that take half", "answers=201");
  }

  private static int[] numbers(int shortTier, int... longTier) {
    return Tier.isLong() ? longTier : new int[] {shortTier};
  }

  private DiskFault fault(String call, String kind, int first, int times) throws IOException {
    Path place = directory.resolve("case-" + cases++);
    Files.createDirectory(place);
    return new DiskFault(call, kind, first, times, place.resolve("fault.txt"));
  }

  private static TestSegment plan(String durability, DiskFault fault) throws IOException {
    TestSegment plan = new TestSegment(fault.stamp().getParent());
    plan.durability = durability;
    return plan.write();
  }

  private void breaks(String durability, String call, String kind, int first, int times)
      throws Exception {
    DiskFault fault = fault(call, kind, first, times);
    TestSegment plan = plan(durability, fault);
    List<byte[]> told = List.of();
    String output;
    try (SegmentProcess process =
        SegmentProcess.launch(plan, plan.directory, fault.environment(library))) {
      if (process.awaitReadyOrEnd()) {
        told = tradeUntilCut(plan);
      } else {
        beforeReady++;
      }
      int code = process.awaitExit();
      long endedMs = System.currentTimeMillis();
      output = process.output();
      assertTrue(fault.happened(), fault + "\n" + output);
      assertEquals(ExitCode.STORAGE.number(), code, fault + "\n" + output);
      long tookMs = endedMs - fault.atMs();
      if (!told.isEmpty()) {
        long tookToCutMs = cutMs - fault.atMs();
        assertTrue(tookToCutMs < STOP_LIMIT_MS, fault + " cutMs=" + tookToCutMs + "\n" + output);
        slowestCutMs = Math.max(slowestCutMs, tookToCutMs);
      }
      slowestMs = Math.max(slowestMs, tookMs);
    }
    requireExplained(output, kind, plan);
    requireKept(plan, told, Tier.isLong() || !"UNLINK".equals(kind));
    messages += told.size();
    IoUtil.delete(plan.directory.toFile(), false);
  }

  private List<byte[]> tradeUntilCut(TestSegment plan) throws IOException {
    try (Member member = plan.login("NPT1", 1)) {
      long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
      int urn = 0;
      while (trade(member, urn + 1)) {
        urn++;
        while (urn > member.received.size() + IN_FLIGHT && member.poll()) {
          assertTrue(System.nanoTime() < deadline, "urn=" + urn);
        }
      }
      cutMs = System.currentTimeMillis();
      return List.copyOf(member.received);
    } catch (IOException e) {
      return List.of(); // cut while it logged in
    }
  }

  private static boolean trade(Member member, int urn) {
    try {
      char side = urn % 3 == 0 ? 'S' : 'B';
      member.send(OuchBytes.enter(urn, side, 1 + urn % 7, "ALDER", 1_000_000));
      return member.poll();
    } catch (IOException e) {
      return pollToTheEnd(member); // what the kernel holds was answered before the cut
    }
  }

  private static boolean pollToTheEnd(Member member) {
    try {
      while (member.poll()) {
        Thread.onSpinWait();
      }
      return false;
    } catch (IOException e) {
      return false;
    }
  }

  // One line says what and where.
  private static void requireExplained(String output, String kind, TestSegment plan) {
    String what =
        switch (kind) {
          case "ENOSPC" -> "No space left on device";
          case "EROFS" -> "Read-only file system";
          case "UNLINK" -> "file of a recording is gone: file=";
          default -> "Input/output error";
        };
    assertTrue(
        output
            .lines()
            .anyMatch(line ->
                (line.startsWith("failed: ") || line.startsWith("tradepit: "))
                    && line.contains(what)
                    && line.contains(plan.directory.resolve("data/archive").toString())),
        output);
  }

  /** It starts again and all that was told comes again; with a kill in between, twice. */
  private static void requireKept(TestSegment plan, List<byte[]> told, boolean andAfterAKill)
      throws Exception {
    List<byte[]> all = andAfterAKill ? restartAndKill(plan, told) : told;
    try (Segment segment = SegmentTest.start(plan);
        Member member = plan.login("NPT1", 1)) {
      requireStream(member, all);
      assertTrue(!segment.faults.isStopping());
    }
  }

  private static List<byte[]> restartAndKill(TestSegment plan, List<byte[]> told) throws Exception {
    try (SegmentProcess process = SegmentProcess.start(plan);
        Member member = plan.login("NPT1", 1)) {
      requireStream(member, told);
      int urn = 100_000;
      member.send(OuchBytes.enter(urn, 'B', 1, "BIRCH", 250_000));
      member.await(() -> accepted(member, urn));
      process.kill();
      return List.copyOf(member.received);
    }
  }

  private static boolean accepted(Member member, int urn) {
    byte[] last = member.received.isEmpty() ? new byte[0] : member.received.getLast();
    return last.length > 13 && last[0] == 'A' && ByteBuffer.wrap(last).getInt(9) == urn;
  }

  private static void requireStream(Member member, List<byte[]> told) throws IOException {
    member.awaitMessages(told.size());
    for (int i = 0; i < told.size(); i++) {
      assertArrayEquals(told.get(i), member.received.get(i), "message " + (i + 1));
    }
  }

  private void ran(String durability) {
    Tier.ran(
        "disk faults under " + durability,
        "cases="
            + cases
            + " beforeReady="
            + beforeReady
            + " answersKept="
            + messages
            + " slowestCutMs="
            + slowestCutMs
            + " slowestEndMs="
            + slowestMs);
  }
}
