package io.tradepit.protocol.mold;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Golden vectors of the protocol fact sheet, both directions. */
@Timeout(20)
class MoldPacketTest {
  private static final String SESSION_HEX = "32303236313132304120";
  private static final String EVENT = "53000000031f1aced9f07b51";
  private static final String ADD =
      "41000700031f1aced9f07b00000000000003e9420000006441434d45202020200016f0a8";
  private static final String DATA =
      SESSION_HEX + "00000000000000010002" + "000c" + EVENT + "0024" + ADD;
  private static final UnsafeBuffer SESSION =
      new UnsafeBuffer("20261120A ".getBytes(StandardCharsets.US_ASCII));

  private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[1400]);
  private final MoldPacketEncoder encoder = new MoldPacketEncoder();
  private final MoldPacketDecoder decoder = new MoldPacketDecoder();

  @Test
  void shouldEncodeData() {
    encoder.begin(buffer, 8, 1392, SESSION, 1);
    append(EVENT);
    append(ADD);

    assertEquals(DATA, hex(8, encoder.end()));
  }

  @Test
  void shouldEncodeHeartbeatEndAndRequest() {
    assertEquals(
        SESSION_HEX + "00000000000000030000",
        hex(0, MoldPacketEncoder.encodeHeartbeat(buffer, 0, SESSION, 3)));
    assertEquals(
        SESSION_HEX + "0000000000000003ffff",
        hex(0, MoldPacketEncoder.encodeEndOfSession(buffer, 0, SESSION, 3)));
    assertEquals(
        SESSION_HEX + "00000000000000010002",
        hex(0, MoldPacketEncoder.encodeRequest(buffer, 0, SESSION, 1, 2)));
  }

  @Test
  void shouldDecodeData() {
    assertTrue(wrap(DATA));

    assertEquals("20261120A ", decoder.session());
    assertEquals(1, decoder.sequenceNumber());
    assertEquals(2, decoder.count());
    assertMessage(1, EVENT);
    assertMessage(2, ADD);
    assertFalse(decoder.next());
  }

  @Test
  void shouldDecodeHeartbeatEndAndRequest() {
    assertTrue(wrap(SESSION_HEX + "00000000000000030000"));
    assertTrue(decoder.isHeartbeat());
    assertEquals(3, decoder.sequenceNumber());
    assertFalse(decoder.next());

    assertTrue(wrap(SESSION_HEX + "0000000000000003ffff"));
    assertTrue(decoder.isEndOfSession());
    assertEquals(3, decoder.sequenceNumber());
    assertFalse(decoder.next());

    byte[] request = HexFormat.of().parseHex(SESSION_HEX + "00000000000000010002");
    assertTrue(decoder.wrapRequest(new UnsafeBuffer(request), 0, request.length));
    assertEquals(1, decoder.sequenceNumber());
    assertEquals(2, decoder.count());
  }

  @Test
  void shouldRefuseAPacketCutAnywhereOrWithBytesTooMany() {
    for (int length = 0; length < DATA.length() / 2; length++) {
      assertFalse(wrap(DATA.substring(0, 2 * length)), "length=" + length);
    }
    assertFalse(wrap(DATA + "00"));
    assertFalse(wrap(SESSION_HEX + "00000000000000030000" + "0000"));
  }

  @Test
  void shouldTakeAMessageOfNoBytes() {
    encoder.begin(buffer, 0, 24, SESSION, 5);
    encoder.append(0);
    encoder.append(0);
    assertFalse(encoder.hasRoomFor(0));

    assertTrue(decoder.wrap(buffer, 0, encoder.end()));
    assertMessage(5, "");
    assertMessage(6, "");
    assertFalse(decoder.next());
  }

  @Test
  void shouldFillAPacketToItsLastByte() {
    encoder.begin(buffer, 0, MoldLayout.HEADER_LENGTH + 2 + 12, SESSION, 1);
    assertTrue(encoder.hasRoomFor(12));
    assertFalse(encoder.hasRoomFor(13));
    append(EVENT);
    assertFalse(encoder.hasRoomFor(0));
    assertEquals(34, encoder.end());
  }

  private void append(String message) {
    byte[] bytes = HexFormat.of().parseHex(message);
    buffer.putBytes(encoder.append(bytes.length), bytes);
  }

  private boolean wrap(String hex) {
    byte[] bytes = HexFormat.of().parseHex(hex);
    buffer.putBytes(3, bytes);
    return decoder.wrap(buffer, 3, bytes.length);
  }

  private void assertMessage(long sequenceNumber, String message) {
    assertTrue(decoder.next());
    assertEquals(sequenceNumber, decoder.messageSequenceNumber());
    assertEquals(message, hex(decoder.messageOffset(), decoder.messageLength()));
  }

  private String hex(int offset, int length) {
    byte[] bytes = new byte[length];
    buffer.getBytes(offset, bytes);
    return HexFormat.of().formatHex(bytes);
  }
}
