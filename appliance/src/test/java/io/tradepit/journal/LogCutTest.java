package io.tradepit.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tradepit.Tier;
import io.tradepit.recovery.RecoveryRefusedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A recorded day cut behind every frame and at every 512 bytes, its log, its events, or both: what
 * is recovered has the state and the output that the model has behind the commands that are left.
 * The whole segment with cut recordings is {@code main.TailCutTest}'s.
 */
@Timeout(value = 60, unit = TimeUnit.MINUTES)
class LogCutTest {
  private static final int BLOCK = 512;
  private static final long SEED = 1;

  @TempDir static Path archive;

  private static ModelDay model;

  private Path directory;
  private DamagedFiles log;
  private DamagedFiles events;
  private RecoveredDay recovered;

  @BeforeAll
  static void record() throws IOException {
    model = ModelDay.record(archive, (int) Tier.count(2_000, 5_000), Tier.seed(SEED));
  }

  @BeforeEach
  void restore() throws IOException {
    directory = Files.createTempDirectory(Path.of("/dev/shm"), "tp-test-cut-");
    log = new DamagedFiles(directory, model.log, model.logFiles);
    events = new DamagedFiles(directory, model.events, model.eventFiles);
    log.restore();
    events.restore();
    recovered = new RecoveredDay(directory.toFile());
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

  /** Behind every frame and at every 512 bytes; the short tier takes some of them. */
  private List<Long> cuts(long[] ends) {
    TreeSet<Long> all = new TreeSet<>();
    Arrays.stream(ends).forEach(all::add);
    for (long at = 0; at < ends[model.commands]; at += BLOCK) {
      all.add(at);
    }
    List<Long> cuts = new ArrayList<>(all);
    int step = (int) Tier.count(4, 1);
    return IntStream.range(0, cuts.size())
        .filter(index -> index % step == 0)
        .mapToObj(cuts::get)
        .toList();
  }

  /** The last command whose frame ends at or before a position. */
  private static int last(long[] ends, long position) {
    int at = Arrays.binarySearch(ends, position);
    int last = at >= 0 ? at : -at - 2;
    while (last + 1 < ends.length && ends[last + 1] <= position) {
      last++;
    }
    return last;
  }

  @Test
  void shouldRecoverTheCommandsThatAreLeftWhenLogAndEventsAreCut() throws IOException {
    SplittableRandom random = new SplittableRandom(SEED);
    int cases = 0;
    for (long cut : cuts(model.logEnd)) {
      int command = last(model.logEnd, cut);
      // No event is recorded before its command: what is left of them ends before it, anywhere.
      long eventCut = random.nextLong(model.eventsEnd[command] + 1);
      log.cut(cut);
      events.cut(eventCut);
      recovered.run(model.log, -1, model.events, -1);
      assertTrue(
          recovered.equalsModel(model, command),
          () -> "cut=" + cut + " eventCut=" + eventCut + " " + recovered.describe());
      cases++;
    }
    Tier.ran(
        "log and events cut", "commands=" + model.commands + " cases=" + cases + " equal=" + cases);
  }

  @Test
  void shouldMakeCutEventsAgain() throws IOException {
    int cases = 0;
    for (long cut : cuts(model.eventsEnd)) {
      events.cut(cut);
      recovered.run(model.log, -1, model.events, -1);
      assertTrue(
          recovered.equalsModel(model, model.commands), () -> "cut=" + cut + recovered.describe());
      cases++;
    }
    Tier.ran("events cut", "commands=" + model.commands + " cases=" + cases + " equal=" + cases);
  }

  @Test
  void shouldRefuseALogThatLacksWhatHappened() throws IOException {
    int refused = 0;
    int equal = 0;
    for (long cut : cuts(model.logEnd)) {
      int command = last(model.logEnd, cut);
      boolean mayMiss = model.eventsEnd[command] == model.eventsEnd[model.commands];
      log.cut(cut);
      try {
        recovered.run(model.log, -1, model.events, -1);
        assertTrue(mayMiss && recovered.equalsModel(model, command), () -> "cut=" + cut);
        equal++;
      } catch (RecoveryRefusedException e) {
        assertTrue(e.getMessage().startsWith("events are ahead of the log"), e.getMessage());
        assertTrue(!mayMiss, () -> "cut=" + cut);
        refused++;
      }
    }
    assertEquals(cuts(model.logEnd).size(), refused + equal);
    Tier.ran(
        "log cut alone",
        "commands="
            + model.commands
            + " cases="
            + (refused + equal)
            + " refused="
            + refused
            + " equal="
            + equal);
  }
}
