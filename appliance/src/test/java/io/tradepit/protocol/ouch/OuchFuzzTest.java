package io.tradepit.protocol.ouch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tradepit.Tier;
import io.tradepit.protocol.Hex;
import java.util.Arrays;
import java.util.Random;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Random and bent messages: the decoder takes exactly those that a slow, obvious rule takes. */
@Timeout(600)
class OuchFuzzTest {
  private static final String LETTERS = "OUXMCDEQ";
  private static final int[] BLOCKS = {45, 38, 9, 10, 17, 9, 9, 1};
  private static final int[] VALUES = {
    0, 8, 4, 4, 1, 4, 1, 4, 0, 8, 1, 4, 1, 4, 4, 4, 1, 1, 1, 0, 0, 0, 4, 8, 2, 1, 4, 1, 1, 1, 2
  };
  private static final String TAGS = "0012" + "05024d4b5241" + "050300000064" + "02c801" + "021c01";

  @Test
  void shouldTakeExactlyTheWellFormed() {
    long count = Tier.count(100_000, 10_000_000);
    long seed = Tier.seed(1);
    Random random = new Random(seed);
    OuchCommandDecoder decoder = new OuchCommandDecoder();
    UnsafeBuffer command = new UnsafeBuffer(new byte[256]);
    long taken = 0;
    for (long i = 0; i < count; i++) {
      byte[] message = message(random);
      // Exactly as long as the message: a read beyond it throws.
      UnsafeBuffer buffer = new UnsafeBuffer(message);
      int length = decoder.check(buffer, 0, message.length);
      long number = i;
      assertEquals(isWellFormed(message), length > 0, () -> "seed=" + seed + " input=" + number);
      if (length > 0) {
        taken++;
        decoder.decode(buffer, 0, message.length, 0, command, 0);
        assertEquals(length, command.getShort(0) + 8);
      }
    }
    Tier.ran("ouch fuzz", "inputs=" + count + " taken=" + taken + " seed=" + seed);
    assertTrue(taken > count / 20 && taken < count * 19 / 20);
  }

  private static byte[] message(Random random) {
    int type = random.nextInt(LETTERS.length());
    byte[] tags = Hex.bytes(TAGS);
    boolean tagged = random.nextBoolean();
    byte[] message = new byte[BLOCKS[type] + (tagged ? tags.length : 2)];
    random.nextBytes(message);
    message[0] = (byte) LETTERS.charAt(type);
    System.arraycopy(
        tagged ? tags : new byte[2], 0, message, BLOCKS[type], tagged ? tags.length : 2);
    int bends = random.nextInt(3);
    for (int i = 0; i < bends; i++) {
      message[random.nextInt(message.length)] ^= (byte) (1 << random.nextInt(8));
    }
    int cut = random.nextInt(4) == 0 ? random.nextInt(message.length + 1) : message.length;
    return Arrays.copyOf(message, cut);
  }

  private static boolean isWellFormed(byte[] message) {
    int type = message.length == 0 ? -1 : LETTERS.indexOf(message[0]);
    if (type < 0) {
      return false;
    }
    int at = BLOCKS[type];
    if (message.length == at && "XMQ".indexOf(message[0]) >= 0) {
      return true;
    }
    if (message.length < at + 2) {
      return false;
    }
    int says = (message[at] & 0xFF) * 256 + (message[at + 1] & 0xFF);
    at += 2;
    if (says != message.length - at) {
      return false;
    }
    while (at < message.length) {
      int length = message[at] & 0xFF;
      if (length == 0 || at + length >= message.length) {
        return false;
      }
      int tag = message[at + 1] & 0xFF;
      if (tag < VALUES.length && VALUES[tag] != 0 && VALUES[tag] != length - 1) {
        return false;
      }
      at += 1 + length;
    }
    return true;
  }
}
