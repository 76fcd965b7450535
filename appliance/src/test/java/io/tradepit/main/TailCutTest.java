package io.tradepit.main;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tradepit.Tier;
import io.tradepit.config.ExitCode;
import io.tradepit.config.StartException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A killed segment whose recordings are cut in the middle of a fragment.
 *
 * <p>What the events lost is made again from the log, byte for byte; a log that lost what was
 * answered is refused by name.
 */
@Timeout(value = 60, unit = TimeUnit.MINUTES)
class TailCutTest {
  private static final String LOG = "0-0.rec";
  private static final String EVENTS = "1-0.rec";
  private static final int FRAME_ALIGNMENT = 32;
  private static final int FRAGMENTS = 2;

  @TempDir Path directory;

  private TestSegment plan;
  private Path archive;
  private Path kept;
  private List<byte[]> stream;

  @Test
  void shouldMakeCutEventsAgainFromTheLog() throws Exception {
    runAndKill();
    int step = (int) Tier.count(151, 1);
    int cuts = 0;
    List<Integer> frames = lastFrames(EVENTS);
    for (int cut = frames.getFirst(); cut < frames.getLast(); cut += step) {
      restore(EVENTS, cut);
      try (Segment segment = SegmentTest.start(plan);
          Member member = plan.login("NPT1", 1)) {
        member.awaitMessages(stream.size());
        SegmentTest.assertStream(stream, member.received);
        assertTrue(segment.day.recovery.framesCompared() > 0);
        cuts++;
      }
    }
    Tier.ran("events cut in the last two fragments", "cuts=" + cuts + " streamsEqual=" + cuts);
  }

  @Test
  void shouldRefuseALogThatLostWhatWasAnswered() throws Exception {
    runAndKill();
    int step = (int) Tier.count(181, 1);
    int refused = 0;
    List<Integer> frames = lastFrames(LOG);
    for (int cut = frames.getFirst(); cut < frames.getLast(); cut += step) {
      restore(LOG, cut);
      StartException e = assertThrows(StartException.class, () -> SegmentTest.start(plan).close());
      assertEquals(ExitCode.RECOVERY_REFUSED, e.exitCode(), e.getMessage());
      assertTrue(e.getMessage().contains("events are ahead of the log"), e.getMessage());
      refused++;
    }
    Tier.ran("log cut in the last two fragments", "cuts=" + refused + " refused=" + refused);
  }

  private void runAndKill() throws Exception {
    plan = new TestSegment(directory);
    plan.snapshots = "{replica: off}"; // all of the log is read at each start
    plan.write();
    try (SegmentProcess process = SegmentProcess.start(plan);
        Member member = plan.login("NPT1", 1)) {
      for (int urn = 1; urn <= 40; urn++) {
        member.send(OuchBytes.enter(urn, urn % 3 == 0 ? 'S' : 'B', urn, "ALDER", 1_000_000));
      }
      // Nothing is under way when it is killed: all is answered, and all answers are read.
      member.awaitMessages(1 + 40);
      for (int quiet = 0; quiet < 20; quiet++) {
        int before = member.received.size();
        Thread.sleep(25);
        member.poll();
        quiet = member.received.size() == before ? quiet : 0;
      }
      stream = List.copyOf(member.received);
      process.kill();
    }
    archive = directory.resolve("data/archive");
    kept = directory.resolve("kept");
    Files.createDirectory(kept);
    copy(archive, kept);
  }

  // Positions of the last two fragments that the file holds, and where they end.
  private List<Integer> lastFrames(String file) throws IOException {
    ByteBuffer bytes = used(kept.resolve(file));
    List<Integer> starts = new ArrayList<>();
    int at = 0;
    while (at + Integer.BYTES <= bytes.limit() && bytes.getInt(at) > 0) {
      starts.add(at);
      at += bytes.getInt(at) + FRAME_ALIGNMENT - 1 & -FRAME_ALIGNMENT;
    }
    starts.add(at);
    // Behind the first byte of the first fragment: before it, nothing of it is there.
    List<Integer> last =
        new ArrayList<>(starts.subList(starts.size() - 1 - FRAGMENTS, starts.size()));
    return last;
  }

  /** Everything as it was when the segment was killed, but one recording ends at the cut. */
  private void restore(String file, int cut) throws IOException {
    copy(kept, archive);
    try (RandomAccessFile recording = new RandomAccessFile(archive.resolve(file).toFile(), "rw")) {
      recording.setLength(cut);
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(from)) {
      for (Path file : files) {
        copySparse(file, to.resolve(file.getFileName()));
      }
    }
  }

  // Recordings are long and mostly zeros that are not on the disk.
  private static void copySparse(Path from, Path to) throws IOException {
    ByteBuffer bytes = used(from);
    try (RandomAccessFile copy = new RandomAccessFile(to.toFile(), "rw")) {
      copy.setLength(0);
      copy.getChannel().write(bytes);
      copy.setLength(Files.size(from));
    }
  }

  private static ByteBuffer used(Path file) throws IOException {
    try (RandomAccessFile source = new RandomAccessFile(file.toFile(), "r")) {
      int length = (int) Math.min(source.length(), 4 << 20);
      byte[] bytes = new byte[length];
      source.readFully(bytes);
      while (length > 0 && bytes[length - 1] == 0) {
        length--;
      }
      return ByteBuffer.wrap(bytes, 0, length).slice().order(ByteOrder.LITTLE_ENDIAN);
    }
  }
}
