package io.tradepit.main;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tradepit.Tier;
import io.tradepit.config.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A segment whose directory is on a small disk of its own, which gets full under load. */
@Timeout(300)
class FullDiskTest {
  private static final long DISK_BYTES = 160L << 20;
  private static final long ROOM_BYTES = 2L << 20;
  private static final int IN_FLIGHT = 200;

  @TempDir Path directory;

  @Test
  void shouldStopWhenTheDiskIsFullAndGoOnWhenThereIsRoomAgain() throws Exception {
    try (SmallDisk disk = SmallDisk.mount(directory, DISK_BYTES)) {
      TestSegment plan = new TestSegment(disk.place).write();
      List<byte[]> told;
      Path ballast;
      try (SegmentProcess process = SegmentProcess.start(plan, directory)) {
        ballast = disk.fill(ROOM_BYTES);
        told = tradeUntilCut(plan);
        assertEquals(ExitCode.STORAGE.number(), process.awaitExit(), process.output());
        assertTrue(process.output().contains("No space left on device"), process.output());
      }
      try (SegmentProcess process = SegmentProcess.launch(plan, directory)) {
        assertEquals(ExitCode.STORAGE.number(), process.awaitExit(), process.output());
        assertTrue(process.output().contains("tradepit: too little space"), process.output());
      }
      Files.delete(ballast);
      try (SegmentProcess process = SegmentProcess.start(plan, directory)) {
        requireStream(plan, told);
        assertEquals(0, process.stop(), process.output());
      }
      Tier.ran("a disk that gets full", "answersKept=" + told.size());
    }
  }

  private static List<byte[]> tradeUntilCut(TestSegment plan) throws IOException {
    try (Member member = plan.login("NPT1", 1)) {
      for (int urn = 1; trade(member, urn); urn++) {
        while (urn > member.received.size() + IN_FLIGHT && member.poll()) {
          Thread.onSpinWait();
        }
      }
      return List.copyOf(member.received);
    }
  }

  private static boolean trade(Member member, int urn) throws IOException {
    try {
      member.send(OuchBytes.enter(urn, urn % 2 == 0 ? 'S' : 'B', 1, "ALDER", 1_000_000));
      return member.poll();
    } catch (IOException e) {
      while (member.poll()) { // what the kernel holds was answered before the cut
        Thread.onSpinWait();
      }
      return false;
    }
  }

  private static void requireStream(TestSegment plan, List<byte[]> told) throws IOException {
    try (Member member = plan.login("NPT1", 1)) {
      member.awaitMessages(told.size());
      for (int i = 0; i < told.size(); i++) {
        assertArrayEquals(told.get(i), member.received.get(i), "message " + (i + 1));
      }
    }
  }
}
