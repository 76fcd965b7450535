package io.tradepit.journal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tradepit.Tier;
import io.tradepit.stream.LogFailedException;
import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Damages a copy of a recorded segment file in every way that its end can be damaged. */
@Timeout(60)
class SegmentTailTest {
  private static final int FRAMES = 200;
  private static final int SEGMENT_LENGTH = 1 << 20;

  private final long[] ends = new long[FRAMES + 1];
  private byte[] recorded;
  private RecordingDescription recording;
  private File file;

  @TempDir Path directory;

  @BeforeEach
  void record() throws IOException {
    try (Journal journal = Journal.open(JournalFixture.context(directory))) {
      for (int number = 1; number <= FRAMES; number++) {
        ends[number] = JournalFixture.offer(journal.log(), number);
      }
      JournalFixture.awaitReleased(journal.log());
      recording = new DayCatalog(directory.toFile()).byId(journal.logRecordingId());
    }
    file = directory.resolve(recording.segmentFileName(0)).toFile();
    recorded = Files.readAllBytes(file.toPath());
    assertEquals(SEGMENT_LENGTH, recorded.length);
  }

  @Test
  void shouldKeepWholeFramesWhenTheFileIsCutAtAnyByteOfTheLastTwo() throws IOException {
    int cuts = 0;
    for (int length = (int) ends[FRAMES - 2]; length < ends[FRAMES]; length++) {
      Files.write(file.toPath(), Arrays.copyOf(recorded, length));
      long expected = length < ends[FRAMES - 1] ? ends[FRAMES - 2] : ends[FRAMES - 1];
      assertEquals(expected, SegmentTail.mend(directory.toFile(), recording), "length=" + length);
      assertMended(expected);
      cuts++;
    }
    Tier.ran("journal cut tails", "cuts=" + cuts);
  }

  private void assertMended(long end) throws IOException {
    byte[] expected = Arrays.copyOf(Arrays.copyOf(recorded, (int) end), SEGMENT_LENGTH);
    assertArrayEquals(expected, Files.readAllBytes(file.toPath()));
    assertEquals(end, SegmentTail.mend(directory.toFile(), recording));
  }

  @Test
  void shouldKeepWholeFramesOrRefuseWhenTheTailIsZeroFromAnyByte() throws IOException {
    int mended = 0;
    int refused = 0;
    int untouched = 0;
    for (int from = (int) ends[FRAMES - 2]; from < ends[FRAMES]; from++) {
      byte[] bytes = Arrays.copyOf(Arrays.copyOf(recorded, from), SEGMENT_LENGTH);
      Files.write(file.toPath(), bytes);
      try {
        long end = SegmentTail.mend(directory.toFile(), recording);
        boolean isWhole = Arrays.equals(bytes, recorded);
        long floor = from < ends[FRAMES - 1] ? ends[FRAMES - 2] : ends[FRAMES - 1];
        assertTrue(end == floor || Arrays.equals(bytes, 0, (int) end, recorded, 0, (int) end));
        assertMended(end);
        mended += isWhole ? 0 : 1;
        untouched += isWhole ? 1 : 0;
      } catch (LogFailedException e) {
        assertTrue(e.getMessage().startsWith("recording is damaged at its end: recordingId=0"));
        assertArrayEquals(bytes, Files.readAllBytes(file.toPath()));
        refused++;
      }
    }
    assertTrue(mended > 0 && refused > 0);
    Tier.ran(
        "journal zeroed tails",
        "mended=" + mended + " refused=" + refused + " untouched=" + untouched);
  }

  @Test
  void shouldNameTheFrameWhenAnyBitOfItIsFlipped() throws IOException {
    int frame = (int) ends[100];
    int length = (int) (ends[101] - ends[100]);
    int unseen = 0;
    for (int bit = 0; bit < length * Byte.SIZE; bit++) {
      byte[] bytes = recorded.clone();
      bytes[frame + bit / Byte.SIZE] ^= (byte) (1 << (bit % Byte.SIZE));
      String defect =
          RecordedFrames.defect(recording, direct(bytes), frame, bytes.length - frame, frame);
      boolean isReservedValue = bit / Byte.SIZE >= 24 && bit / Byte.SIZE < 32;
      boolean isLowLength = bit < 5;
      if (isReservedValue || isLowLength) {
        unseen += defect == null ? 1 : 0;
      } else {
        assertTrue(defect != null, "bit=" + bit);
      }
    }
    Tier.ran("journal flipped bits", "flipped=" + length * Byte.SIZE + " unseen=" + unseen);
  }

  private static UnsafeBuffer direct(byte[] bytes) {
    ByteBuffer direct = ByteBuffer.allocateDirect(bytes.length);
    direct.put(bytes);
    return new UnsafeBuffer(direct);
  }

  @Test
  void shouldRefuseToReadWhenABitInThePastIsFlipped() throws IOException {
    byte[] bytes = recorded.clone();
    bytes[(int) ends[100] + 40] ^= 4;
    Files.write(file.toPath(), bytes);
    try (RecordingReader reader = new RecordingReader(directory.toFile(), recording)) {
      reader.moveTo(ends[99]);
      assertEquals(
          "recording is damaged: recordingId=0 position="
              + ends[100]
              + " defect=CRC differs file="
              + file,
          assertThrows(LogFailedException.class, () -> reader.moveTo(ends[100])).getMessage());
    }
    String message =
        assertThrows(
                LogFailedException.class, () -> SegmentTail.mend(directory.toFile(), recording))
            .getMessage();
    assertTrue(message.contains(" position=" + ends[100] + " "), message);
    assertArrayEquals(bytes, Files.readAllBytes(file.toPath()));
  }
}
