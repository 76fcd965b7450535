package io.tradepit.protocol.itch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.paritytrading.juncture.nasdaq.itch50.ITCH50;
import com.paritytrading.juncture.nasdaq.itch50.ITCH50Listener;
import com.paritytrading.juncture.nasdaq.itch50.ITCH50Parser;
import io.tradepit.Tier;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Our messages against juncture's parser, and files of others against our decoder. */
@Timeout(60)
class ItchConformanceTest {
  private static final String NASDAQ_HEAD = "nasdaq_itch50_head_1000msgs_B-Bekele.itch.gz";
  private static final String SIMULATED_DAY = "ex20101224.TEST_ITCH_50.gz";

  /** juncture 1.0.0 reads the shares of Q as four bytes and does not know O. */
  private static final String NOT_IN_JUNCTURE = "QO";

  private final ItchDecoder decoder = new ItchDecoder();

  @Test
  void shouldComeBackAsTheSameBytesFromJuncture() throws IOException {
    List<byte[]> returned = new ArrayList<>();
    ITCH50Parser parser = new ITCH50Parser(returningListener(returned));
    StringBuilder types = new StringBuilder();
    for (byte[] vector : ItchVectors.all()) {
      char type = (char) vector[0];
      if (NOT_IN_JUNCTURE.indexOf(type) < 0) {
        byte[] ours = encodeAgain(vector);
        parser.message(ByteBuffer.wrap(ours));
        assertArrayEquals(ours, returned.getLast(), "type=" + type);
        types.append(type);
      }
    }
    assertEquals("SRHYLVWKJhAFECXDUPBIN", types.toString());
    assertEquals(21, returned.size());
    Tier.ran("ITCH through juncture", "types=" + returned.size() + " leftOut=" + NOT_IN_JUNCTURE);
  }

  @Test
  void shouldReadTheHeadOfARealNasdaqFileAndWriteTheSameBytes() throws IOException {
    byte[] file = sharedData(NASDAQ_HEAD);
    UnsafeBuffer again = new UnsafeBuffer(new byte[file.length]);
    int[] at = {0};
    int count =
        decoder.decodeFramed(
            new UnsafeBuffer(file),
            0,
            file.length,
            new AnyMessage(message -> {
              again.putShort(at[0], (short) message.length(), ByteOrder.BIG_ENDIAN);
              again.putBytes(at[0] + 2, ItchCopier.copy(message));
              at[0] += 2 + message.length();
            }));

    assertEquals(1_000, count);
    assertArrayEquals(file, again.byteArray());
    Tier.ran("ITCH of Nasdaq", "messages=" + count + " bytes=" + file.length);
  }

  /** Two zero bytes stand before each message where its length would be. */
  @Test
  void shouldReadASimulatedDayAndWriteTheSameBytes() throws IOException {
    byte[] file = sharedData(SIMULATED_DAY);
    UnsafeBuffer buffer = new UnsafeBuffer(file);
    byte[] again = new byte[file.length];
    int[] at = {0};
    int count = 0;
    while (at[0] < file.length) {
      assertEquals(0, buffer.getShort(at[0]));
      int begin = at[0] + 2;
      int length = ItchType.lengthOf(file[begin]);
      decoder.decode(
          buffer,
          begin,
          length,
          new AnyMessage(
              message -> System.arraycopy(ItchCopier.copy(message), 0, again, begin, length)));
      at[0] = begin + length;
      count++;
    }

    assertEquals(12_012, count);
    assertArrayEquals(file, again);
    Tier.ran("ITCH of RITCH", "messages=" + count + " bytes=" + file.length);
  }

  @Test
  void shouldBuildTheBooksOfASimulatedDay() throws IOException {
    byte[] file = sharedData(SIMULATED_DAY);
    UnsafeBuffer buffer = new UnsafeBuffer(file);
    ItchBookBuilder book = new ItchBookBuilder();
    int length;
    for (int at = 0; at < file.length; at += 2 + length) {
      length = ItchType.lengthOf(file[at + 2]);
      decoder.decode(buffer, at + 2, length, book);
    }

    assertEquals(117, book.unknownReferences());
    Tier.ran("ITCH book of RITCH", "ordersLeft=" + book.orderCount());
  }

  private byte[] encodeAgain(byte[] vector) {
    List<byte[]> copies = new ArrayList<>();
    decoder.decode(
        new UnsafeBuffer(vector),
        0,
        vector.length,
        new AnyMessage(message -> copies.add(ItchCopier.copy(message))));
    return copies.getFirst();
  }

  /** Puts every message that juncture parsed back into bytes. */
  private static ITCH50Listener returningListener(List<byte[]> returned) {
    return (ITCH50Listener)
        Proxy.newProxyInstance(
            ITCH50Listener.class.getClassLoader(),
            new Class<?>[] {ITCH50Listener.class},
            (proxy, method, arguments) -> {
              ByteBuffer bytes = ByteBuffer.allocate(64);
              ((ITCH50.Message) arguments[0]).put(bytes);
              byte[] message = new byte[bytes.flip().remaining()];
              bytes.get(message);
              returned.add(message);
              return null;
            });
  }

  private static byte[] sharedData(String name) {
    Path directory = Path.of("").toAbsolutePath();
    while (directory != null) {
      Path file = directory.resolve("shared").resolve("data").resolve(name);
      if (Files.isRegularFile(file)) {
        return unpack(file);
      }
      directory = directory.getParent();
    }
    assumeTrue(false, "skipped: no shared/data/" + name + " beside the project");
    throw new AssertionError(name);
  }

  private static byte[] unpack(Path file) {
    try (InputStream in = new GZIPInputStream(Files.newInputStream(file))) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
