package io.tradepit.matching;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tradepit.Tier;
import io.tradepit.matching.state.LogHash;
import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The running hash of the log. */
@Timeout(30)
class LogHashTest {
  private static final int LONGEST = 300;
  private static final int COMMANDS = 20;

  private final SplittableRandom random = new SplittableRandom(7);
  private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[LONGEST + 8]);

  private void fill() {
    for (int i = 0; i < buffer.capacity(); i++) {
      buffer.putByte(i, (byte) random.nextInt());
    }
  }

  @Test
  void shouldBeWhatItsDefinitionSaysAtEveryLengthAndOffset() {
    fill();
    for (int length = 0; length <= LONGEST; length++) {
      for (int offset = 0; offset < 8; offset++) {
        long previous = random.nextLong();
        long sequence = random.nextLong();
        long timeNs = random.nextLong();
        assertEquals(
            ReferenceLogHash.next(previous, sequence, timeNs, buffer, offset, length),
            LogHash.next(previous, sequence, timeNs, buffer, offset, length),
            "length=" + length + " offset=" + offset);
      }
    }
  }

  /** A log of some commands, of all lengths of a tail, with one bit changed or none. */
  private long ofLog(byte[] log, int flippedBit, long sequenceBit, long timeBit, int lengthBit) {
    UnsafeBuffer bytes = new UnsafeBuffer(log);
    if (flippedBit >= 0) {
      log[flippedBit >> 3] ^= (byte) (1 << (flippedBit & 7));
    }
    long hash = 0;
    int at = 0;
    for (int i = 0; i < COMMANDS; i++) {
      int length = 30 + i;
      long changed = i == 3 ? 1 : 0;
      hash =
          LogHash.next(
              hash,
              (i + 1) ^ changed * sequenceBit,
              1_000_000L * i ^ changed * timeBit,
              bytes,
              at,
              length ^ (int) changed * lengthBit);
      at += length;
    }
    if (flippedBit >= 0) {
      log[flippedBit >> 3] ^= (byte) (1 << (flippedBit & 7));
    }
    return hash;
  }

  @Test
  void shouldTellEveryFlippedBit() {
    byte[] log = new byte[COMMANDS * 30 + COMMANDS * (COMMANDS - 1) / 2];
    for (int i = 0; i < log.length; i++) {
      log[i] = (byte) random.nextInt();
    }
    Set<Long> hashes = new HashSet<>();
    // The one as it is, and the one of another length.
    int logs = 2;
    hashes.add(ofLog(log, -1, 0, 0, 0));
    for (int bit = 0; bit < log.length * 8; bit++, logs++) {
      assertTrue(hashes.add(ofLog(log, bit, 0, 0, 0)), "bit=" + bit);
    }
    for (int bit = 0; bit < 64; bit++, logs += 2) {
      assertTrue(hashes.add(ofLog(log, -1, 1L << bit, 0, 0)), "sequence bit=" + bit);
      assertTrue(hashes.add(ofLog(log, -1, 0, 1L << bit, 0)), "time bit=" + bit);
    }
    assertTrue(hashes.add(ofLog(log, -1, 0, 0, 1)), "length");
    Tier.ran("hash of the log", "logs=" + logs + " differentHashes=" + hashes.size());
  }

  @Test
  void shouldDependOnTheOrderOfCommandsAndWords() {
    fill();
    long first = LogHash.next(0, 1, 1, buffer, 0, 40);
    long second = LogHash.next(0, 1, 1, buffer, 40, 40);
    assertNotEquals(
        LogHash.next(first, 2, 1, buffer, 40, 40), LogHash.next(second, 2, 1, buffer, 0, 40));
    long before = LogHash.next(0, 1, 1, buffer, 0, 64);
    for (int from = 0; from < 64; from += 8) {
      for (int to = from + 8; to < 64; to += 8) {
        swap(from, to);
        assertNotEquals(before, LogHash.next(0, 1, 1, buffer, 0, 64), from + "<->" + to);
        swap(from, to);
      }
    }
  }

  private void swap(int from, int to) {
    long word = buffer.getLong(from);
    buffer.putLong(from, buffer.getLong(to));
    buffer.putLong(to, word);
  }
}
