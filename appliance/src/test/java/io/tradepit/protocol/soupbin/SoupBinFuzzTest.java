package io.tradepit.protocol.soupbin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tradepit.Tier;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Random;
import java.util.regex.Pattern;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Random and bent login requests: the decoder reads what a slow, obvious rule reads. */
@Timeout(600)
class SoupBinFuzzTest {
  private static final BigInteger LARGEST = BigInteger.valueOf(Long.MAX_VALUE);
  private static final String LIKELY = "0123456789  ";

  @Test
  void shouldReadExactlyWhatTheRuleReads() {
    long count = Tier.count(100_000, 10_000_000);
    long seed = Tier.seed(2);
    Random random = new Random(seed);
    SoupBinDecoder decoder = new SoupBinDecoder();
    long numbers = 0;
    for (long i = 0; i < count; i++) {
      byte[] packet = packet(random);
      // Exactly as long as the packet: a read beyond it throws.
      decoder.wrap(new UnsafeBuffer(packet), 0);
      String where = "seed=" + seed + " input=" + i;
      assertEquals(packet.length - 2, decoder.length(), where);
      assertEquals(packet[2], decoder.type(), where);
      if (decoder.isLoginLength()) {
        numbers += decoder.requestedSequence() >= 0 ? 1 : 0;
        checkLogin(decoder, packet, where);
      } else {
        assertTrue(packet.length != 49 && packet.length != 54, where);
      }
    }
    Tier.ran("soupbin fuzz", "inputs=" + count + " numbers=" + numbers + " seed=" + seed);
    assertTrue(numbers > count / 20 && numbers < count * 19 / 20, "numbers=" + numbers);
  }

  private static void checkLogin(SoupBinDecoder decoder, byte[] packet, String where) {
    assertEquals(name(packet, 3, 6), decoder.username(), where);
    assertEquals(name(packet, 9, 10), decoder.password(), where);
    assertEquals(number(packet, 29, 20), decoder.requestedSequence(), where);
    assertEquals(packet.length == 49 ? 0 : number(packet, 49, 5), decoder.timeoutMs(), where);
  }

  private static byte[] packet(Random random) {
    int length = random.nextInt(8) == 0 ? 3 + random.nextInt(60) : random.nextBoolean() ? 49 : 54;
    byte[] packet = new byte[length];
    random.nextBytes(packet);
    if (random.nextInt(8) != 0) {
      for (int i = 3; i < length; i++) {
        packet[i] = (byte) LIKELY.charAt(random.nextInt(LIKELY.length()));
      }
      fillNumber(packet, 29, 20, random);
      fillNumber(packet, 49, 5, random);
      packet[2 + random.nextInt(length - 2)] ^= (byte) (random.nextInt(4) == 0 ? 1 << 6 : 0);
    }
    packet[0] = (byte) ((length - 2) >> 8);
    packet[1] = (byte) (length - 2);
    return packet;
  }

  /** Digits with spaces on both sides, as many of each as it happens. */
  private static void fillNumber(byte[] packet, int offset, int length, Random random) {
    if (packet.length < offset + length) {
      return;
    }
    int from = random.nextInt(length + 1);
    int to = from + random.nextInt(length + 1 - from);
    Arrays.fill(packet, offset, offset + length, (byte) ' ');
    for (int i = from; i < to; i++) {
      packet[offset + i] = (byte) ('0' + random.nextInt(10));
    }
  }

  private static long number(byte[] packet, int offset, int length) {
    String text = trimmed(packet, offset, length);
    if (text.isEmpty()) {
      return 0;
    }
    if (!text.matches("[0-9]+")) {
      return -1;
    }
    BigInteger value = new BigInteger(text);
    return value.compareTo(LARGEST) > 0 ? -1 : value.longValue();
  }

  private static String name(byte[] packet, int offset, int length) {
    String text = trimmed(packet, offset, length);
    // Letters of ASCII only: others stand as they are.
    return Pattern.compile("[a-z]")
        .matcher(text)
        .replaceAll(it -> it.group().toUpperCase(Locale.ROOT));
  }

  private static String trimmed(byte[] packet, int offset, int length) {
    String text = new String(packet, offset, length, StandardCharsets.ISO_8859_1);
    return text.replaceAll("^ +| +$", "");
  }
}
