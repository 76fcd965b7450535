package io.tradepit.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tradepit.Tier;
import io.tradepit.matching.Matcher;
import io.tradepit.matching.SeededDay;
import io.tradepit.matching.SnapshotLoader;
import io.tradepit.matching.SnapshotRefusedException;
import io.tradepit.matching.StateLayout;
import io.tradepit.matching.StateMemory;
import io.tradepit.recovery.RecoveryRefusedException;
import io.tradepit.recovery.SnapshotDamagedException;
import io.tradepit.recovery.SnapshotFile;
import io.tradepit.stream.LogFailedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Single bits flipped in a recorded day and in a snapshot of it: each is named, or has no effect,
 * which equal state, log hash and output after the recovery prove.
 */
@Timeout(value = 3, unit = TimeUnit.HOURS)
class BitFlipTest {
  private static final long SEED = 1;
  private static final int BEHIND = 8192;

  /** Of a hundred flips. */
  private static final int OF_SNAPSHOT = 10;

  private static final int OF_EVENTS = 40;

  @TempDir Path archive;

  private final Map<String, Integer> outcomes = new TreeMap<>();
  private final List<String> unnoticed = new ArrayList<>();
  private final SplittableRandom random = new SplittableRandom(Tier.seed(SEED));
  private Path directory;
  private Path snapshot;
  private ModelDay model;
  private DamagedFiles log;
  private DamagedFiles events;
  private RecoveredDay recovered;

  @BeforeEach
  void record() throws IOException {
    model = ModelDay.record(archive, (int) Tier.count(500, 1_000), Tier.seed(SEED));
    directory = Files.createTempDirectory(Path.of("/dev/shm"), "tp-test-flip-");
    log = new DamagedFiles(directory, model.log, model.logFiles);
    events = new DamagedFiles(directory, model.events, model.eventFiles);
    log.restore();
    events.restore();
    recovered = new RecoveredDay(directory.toFile());
    snapshot = Files.write(directory.resolve("whole.snap"), model.snapshot);
  }

  @AfterEach
  void remove() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(directory);
  }

  @Test
  void shouldNameEachFlippedBitOrProveThatItHasNoEffect() throws IOException {
    long flips = Tier.count(3_000, 100_000);
    for (long i = 0; i < flips; i++) {
      int kind = random.nextInt(100);
      if (kind < OF_SNAPSHOT) {
        flipSnapshot();
      } else if (kind < OF_SNAPSHOT + OF_EVENTS) {
        flip("events", events, model.eventsEnd[model.commands]);
      } else {
        flip("log", log, model.logEnd[model.commands]);
      }
    }
    Tier.ran("flipped bits", "seed=" + Tier.seed(SEED) + " flips=" + flips + " " + outcomes);
    assertEquals(List.of(), unnoticed);
    assertEquals(flips, outcomes.values().stream().mapToInt(Integer::intValue).sum());
  }

  /** The last frames of each recording, and the first, bit by bit in their headers. */
  @Test
  void shouldNameEachBitOfTheFirstAndLastHeadersOrProveThatItHasNoEffect() throws IOException {
    int bits = RecordedFrames.HEADER_LENGTH * Byte.SIZE;
    long[] logEnds = model.logEnd;
    long[] eventEnds = model.eventsEnd;
    int last = model.commands;
    int previous = last - 1;
    while (eventEnds[previous] == eventEnds[last]) {
      previous--;
    }
    for (int bit = 0; bit < bits; bit++) {
      boolean isStopped = random.nextBoolean();
      flip("log head", log, isStopped, bit);
      flip("log tail", log, false, logEnds[last - 1] * Byte.SIZE + bit);
      flip("events head", events, isStopped, bit);
      flip("events tail", events, false, eventEnds[previous] * Byte.SIZE + bit);
    }
    Tier.ran("flipped bits of first and last headers", "flips=" + 4 * bits + " " + outcomes);
    assertEquals(List.of(), unnoticed);
  }

  private void flip(String place, DamagedFiles files, long end) throws IOException {
    long bit = random.nextLong((end + BEHIND) * Byte.SIZE);
    flip(place, files, random.nextBoolean(), bit);
  }

  private void flip(String place, DamagedFiles files, boolean isStopped, long bit)
      throws IOException {
    files.flip(bit);
    boolean isFromSnapshot = random.nextBoolean();
    recovered.beginWith(isFromSnapshot ? snapshot : null, model.outputHash[model.commands / 2]);
    String outcome = recover(isStopped);
    if (outcome.startsWith("UNNOTICED")) {
      unnoticed.add(place + " stopped=" + isStopped + " bit=" + bit + " " + outcome);
    }
    String start = isFromSnapshot ? " from snapshot: " : ": ";
    outcomes.merge(
        place + start + (outcome.startsWith("UNNOTICED") ? "UNNOTICED" : outcome), 1, Integer::sum);
    files.restore();
  }

  private String recover(boolean isStopped) {
    try {
      recovered.run(
          model.log,
          isStopped ? model.logEnd[model.commands] : -1,
          model.events,
          isStopped ? model.eventsEnd[model.commands] : -1);
      return recovered.equalsModel(model, model.commands)
          ? "no-effect"
          : "UNNOTICED " + recovered.describe();
    } catch (LogFailedException e) {
      assertTrue(e.getMessage().contains("recordingId="), e.getMessage());
      assertTrue(e.getMessage().contains("position="), e.getMessage());
      return "frame-check";
    } catch (RecoveryRefusedException e) {
      assertTrue(e.getMessage().contains("ommand="), e.getMessage());
      return e.getCause() == null ? "comparison" : "matcher";
    }
  }

  private void flipSnapshot() throws IOException {
    byte[] bytes = model.snapshot.clone();
    int bit = random.nextInt(bytes.length * Byte.SIZE);
    bytes[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
    Path file = directory.resolve("1-" + model.commands / 2 + ".snap");
    Files.write(file, bytes);
    String outcome = load(file);
    if (outcome.startsWith("UNNOTICED")) {
      unnoticed.add("snapshot bit=" + bit);
    }
    outcomes.merge("snapshot: " + outcome, 1, Integer::sum);
    Files.delete(file);
  }

  private String load(Path file) {
    try (SnapshotFile snapshot = SnapshotFile.open(file)) {
      StateLayout layout = StateLayout.of(SeededDay.CAPACITIES);
      Matcher matcher =
          new Matcher(
              layout,
              StateMemory.buffers(layout.books(), layout.bookBytes()),
              StateMemory.buffers(layout.pages(), layout.pageBytes()),
              (sequence, time, wire, first, count, last, events, offset, length) -> {});
      SnapshotLoader loader = new SnapshotLoader(matcher);
      snapshot.messages(loader::onMessage);
      loader.requireComplete();
      return "UNNOTICED";
    } catch (SnapshotDamagedException e) {
      assertTrue(e.getMessage().contains(file.toString()), e.getMessage());
      return "file-check";
    } catch (SnapshotRefusedException e) {
      return "loader";
    }
  }
}
