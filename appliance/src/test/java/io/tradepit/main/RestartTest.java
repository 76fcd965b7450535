package io.tradepit.main;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tradepit.Tier;
import io.tradepit.config.SegmentConfigReader;
import io.tradepit.config.SegmentPaths;
import io.tradepit.host.StateStore;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The ways in which a segment comes back: which one it takes, why, and that nothing is lost. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class RestartTest {
  private static final int ORDERS = 2_000;

  @TempDir Path directory;

  private TestSegment plan;
  private final List<byte[]> told = new ArrayList<>();
  private long userRefNum;

  @Test
  void shouldComeBackByEachWayWithTheSameStream() throws Exception {
    plan = new TestSegment(directory).write();
    List<String> ways = new ArrayList<>();
    try (SegmentProcess process = SegmentProcess.start(plan)) {
      trade();
      assertEquals(0, process.stop(), process.output());
    }
    assertEquals(1, snapshots().size(), "one of the clean stop");
    try (SegmentProcess process = SegmentProcess.start(plan)) {
      ways.add(way(process));
      trade();
      settle();
      process.kill();
    }
    try (SegmentProcess process = SegmentProcess.start(plan)) {
      ways.add(way(process));
      trade();
      settle();
      process.kill();
    }
    deleteMemory();
    damage(snapshots().getLast());
    try (SegmentProcess process = SegmentProcess.start(plan)) {
      ways.add(way(process));
      assertTrue(report().get("notes").toString().contains("body CRC differs"), notes());
      assertTrue(notes().contains("no memory was left behind"), notes());
      trade();
      assertEquals(0, process.stop(), process.output());
    }
    assertEquals(List.of("snapshot", "warm", "log"), ways);
    Tier.ran("restart by each way", "ways=" + ways + " messages=" + told.size());
  }

  @Test
  void shouldTakeSnapshotsAsOftenAsAskedAndReadOnlyWhatIsBehindIt() throws Exception {
    plan = new TestSegment(directory);
    plan.snapshots = "{replica: on, everyS: 1, keep: 2}";
    plan.write();
    try (SegmentProcess process = SegmentProcess.start(plan)) {
      for (int i = 0; i < 3; i++) {
        trade();
        awaitSnapshotOf(userRefNum);
      }
      awaitSnapshots(2); // the oldest goes a moment behind the newest
      process.kill();
    }
    deleteMemory();
    try (SegmentProcess process = SegmentProcess.start(plan)) {
      assertEquals("snapshot", way(process));
      long replayed = ((Number) report().get("commands")).longValue();
      assertTrue(replayed < 100, "replayed=" + replayed);
      trade();
      process.stop();
    }
  }

  private String way(SegmentProcess process) throws IOException {
    assertTrue(process.output().contains("goes on"), process.output());
    return report().get("way").toString();
  }

  private void trade() throws IOException {
    try (Member member = plan.login("NPT1", 1)) {
      member.awaitMessages(told.size());
      for (int i = 0; i < told.size(); i++) {
        assertArrayEquals(told.get(i), member.received.get(i), "message " + (i + 1));
      }
      for (int i = 0; i < ORDERS; i++) {
        char side = i % 2 == 0 ? 'B' : 'S';
        member.send(
            OuchBytes.enter(++userRefNum, side, 100, "ALDER", 1_000_000 + 100 * (i % 7), '0'));
      }
      int accepted = told.size() + ORDERS;
      member.await(() -> member.received.size() >= accepted && isAnswered(member));
      told.clear();
      told.addAll(member.received);
    }
  }

  private boolean isAnswered(Member member) {
    return member.received.stream().filter(message -> message[0] == 'A').count() == userRefNum;
  }

  // What is recorded of the events when nothing happens any more is all of them.
  private static void settle() throws InterruptedException {
    Thread.sleep(300);
  }

  // The day began with some twenty commands, and every order is one.
  private void awaitSnapshotOf(long orders) throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (snapshots().stream().mapToLong(RestartTest::sequence).max().orElse(0) < orders) {
      assertTrue(System.nanoTime() < deadline, () -> "snapshots=" + snapshots());
      Thread.sleep(20);
    }
  }

  private void awaitSnapshots(int count) throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
    while (snapshots().size() != count) {
      assertTrue(System.nanoTime() < deadline, () -> "snapshots=" + snapshots());
      Thread.sleep(20);
    }
  }

  private static long sequence(Path snapshot) {
    String name = snapshot.getFileName().toString();
    return name.endsWith(".snap")
        ? Long.parseLong(name.substring(name.indexOf('-') + 1, name.indexOf('.')))
        : 0;
  }

  private List<Path> snapshots() {
    Path snapshots = directory.resolve("data/snapshots");
    if (!Files.exists(snapshots)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(snapshots)) {
      return files.sorted().toList();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static void damage(Path snapshot) throws IOException {
    try (RandomAccessFile file = new RandomAccessFile(snapshot.toFile(), "rw")) {
      file.seek(file.length() / 2);
      int before = file.read();
      file.seek(file.length() / 2);
      file.write(before ^ 0x10);
    }
  }

  private void deleteMemory() throws IOException {
    Path state = SegmentPaths.of(SegmentConfigReader.read(plan.file, directory)).state();
    StateStore.delete(state);
  }

  @SuppressWarnings("unchecked")
  private Map<String, Object> report() throws IOException {
    String text = Files.readString(directory.resolve("data/recovery.json"));
    return (Map<String, Object>) new Load(LoadSettings.builder().build()).loadFromString(text);
  }

  private String notes() throws IOException {
    return report().get("notes").toString();
  }
}
