package io.tradepit.recovery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tradepit.Tier;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Snapshot files: whole or refused. */
@Timeout(60)
class SnapshotFileTest {
  private static final SnapshotHeader HEADER =
      new SnapshotHeader(3, 6, 7, 1_000, 123_456_789, 4_096, 8_192, 4_000, 77, -5, 9);

  private static final ByteBuffer MEMORY =
      ByteBuffer.allocateDirect(SnapshotFileWriter.BUFFER_BYTES);

  @TempDir Path directory;

  @Test
  void shouldGiveBackWhatWasWrittenWhateverItsLengths() throws IOException {
    List<byte[]> messages = new ArrayList<>();
    Random random = new Random(1);
    for (int i = 0; i < 3_000; i++) {
      messages.add(bytes(random, 8 * (1 + random.nextInt(170))));
    }
    for (int length : new int[] {0, 1, 7, 8, 3_000_000}) {
      byte[] history = bytes(random, length);
      Path file = write(history, messages);
      try (SnapshotFile read = SnapshotFile.open(file)) {
        assertEquals(HEADER, read.header());
        List<String> found = new ArrayList<>();
        read.messages((buffer, offset, size) -> found.add(hex(buffer, offset, size)));
        assertEquals(messages.stream().map(SnapshotFileTest::hex).toList(), found);
        String[] told = {""};
        read.history((buffer, offset, size) -> told[0] = hex(buffer, offset, size));
        assertEquals(hex(history), told[0]);
      }
    }
  }

  @Test
  void shouldNameEveryFlippedBitAndEveryCut() throws IOException {
    Path file = write(bytes(new Random(2), 100), List.of(bytes(new Random(3), 176)));
    byte[] whole = Files.readAllBytes(file);
    Path broken = directory.resolve("broken.snap");
    int cases = 0;
    for (int bit = 0; bit < whole.length * 8; bit++) {
      byte[] flipped = whole.clone();
      flipped[bit / 8] ^= (byte) (1 << bit % 8);
      cases += refuse(broken, flipped);
    }
    for (int length = 0; length < whole.length; length++) {
      cases += refuse(broken, Arrays.copyOf(whole, length));
    }
    Tier.ran("snapshot file, flipped bits and cuts refused by name", "cases=" + cases);
  }

  private static int refuse(Path broken, byte[] bytes) throws IOException {
    Files.deleteIfExists(broken); // a file that is truncated is flushed when it is closed
    Files.write(broken, bytes);
    SnapshotDamagedException refusal =
        assertThrows(SnapshotDamagedException.class, () -> SnapshotFile.open(broken));
    assertTrue(refusal.getMessage().contains("defect="), refusal.getMessage());
    return 1;
  }

  @Test
  void shouldLeaveNothingWhenItIsGivenUp() throws IOException {
    SnapshotDirectory snapshots = new SnapshotDirectory(directory.resolve("given-up"));
    try (SnapshotFileWriter writer = new SnapshotFileWriter(snapshots.file(1, 5), MEMORY)) {
      writer.message(new UnsafeBuffer(new byte[16]), 0, 16);
    }
    assertTrue(snapshots.newestFirst(1).isEmpty());
    try (var files = Files.list(directory.resolve("given-up"))) {
      assertFalse(files.findAny().isPresent());
    }
  }

  @Test
  void shouldKeepTheNewestOfItsDay() throws IOException {
    SnapshotDirectory snapshots = new SnapshotDirectory(directory.resolve("many"));
    for (long sequence : new long[] {5, 40, 300}) {
      writeTo(snapshots.file(1, sequence), new byte[0], List.of(new byte[8]));
    }
    writeTo(snapshots.file(2, 1), new byte[0], List.of(new byte[8]));
    Files.writeString(directory.resolve("many").resolve("1-7.snap.new"), "half");
    assertEquals(300, snapshots.newestFirst(1).getFirst().sequence());
    assertEquals(2, snapshots.prune(1, 1));
    snapshots.removeUnfinished();
    assertEquals(List.of(300L), sequences(snapshots, 1));
    assertEquals(List.of(1L), sequences(snapshots, 2));
    try (var files = Files.list(directory.resolve("many"))) {
      assertEquals(2, files.count());
    }
  }

  private static List<Long> sequences(SnapshotDirectory snapshots, int day) throws IOException {
    return snapshots.newestFirst(day).stream().map(SnapshotDirectory.Entry::sequence).toList();
  }

  private Path write(byte[] history, List<byte[]> messages) throws IOException {
    return writeTo(directory.resolve("1-2.snap"), history, messages);
  }

  private static Path writeTo(Path file, byte[] history, List<byte[]> messages) throws IOException {
    try (SnapshotFileWriter writer = new SnapshotFileWriter(file, MEMORY)) {
      writer.history(new UnsafeBuffer(history), 0, history.length);
      for (byte[] message : messages) {
        writer.message(new UnsafeBuffer(message), 0, message.length);
      }
      assertEquals(writer.commit(HEADER), Files.size(file));
    }
    return file;
  }

  private static byte[] bytes(Random random, int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  private static String hex(DirectBuffer buffer, int offset, int length) {
    byte[] bytes = new byte[length];
    buffer.getBytes(offset, bytes);
    return hex(bytes);
  }
}
