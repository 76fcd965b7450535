package io.tradepit.protocol.soupbin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tradepit.protocol.Hex;
import java.nio.charset.StandardCharsets;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Golden vectors of the protocol, both directions. */
@Timeout(20)
class SoupBinTest {
  private static final String LOGIN =
      "002f4c4d4d303120207365637265742020202020202020202020202020202020202020202020202020202020202020"
          + "2031";
  private static final String LOGIN_4_10 = "0034" + LOGIN.substring(4) + "2035303030";
  private static final String ACCEPTED =
      "001f41203230323631313230412020202020202020202020202020202020202031";

  private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[128]);

  @Test
  void shouldWriteThePacketsOfTheFactSheet() {
    assertPacket(LOGIN, SoupBinEncoder.loginRequest(buffer, 0, "MM01", "secret", "", 1, 0));
    assertPacket(
        LOGIN_4_10, SoupBinEncoder.loginRequest(buffer, 0, "MM01", "secret", "", 1, 5_000));
    UnsafeBuffer session = new UnsafeBuffer(" 20261120A".getBytes(StandardCharsets.US_ASCII));
    assertPacket(ACCEPTED, SoupBinEncoder.loginAccepted(buffer, 0, session, 0, 1));
    assertPacket("00024a41", SoupBinEncoder.loginRejected(buffer, 0, (byte) 'A'));
    assertPacket("000148", SoupBinEncoder.empty(buffer, 0, SoupBin.SERVER_HEARTBEAT));
    assertPacket("000152", SoupBinEncoder.empty(buffer, 0, SoupBin.CLIENT_HEARTBEAT));
    assertPacket("00015a", SoupBinEncoder.empty(buffer, 0, SoupBin.END_OF_SESSION));
    assertPacket("00014f", SoupBinEncoder.empty(buffer, 0, SoupBin.LOGOUT_REQUEST));
    assertPacket("00062b68656c6c6f", SoupBinEncoder.debug(buffer, 0, "hello"));
    UnsafeBuffer cancel = Hex.buffer("580000000300000000");
    assertPacket(
        "000a55580000000300000000",
        SoupBinEncoder.data(buffer, 0, SoupBin.UNSEQUENCED_DATA, cancel, 0, 9));
  }

  @Test
  void shouldReadLogins() {
    for (String login : new String[] {LOGIN, LOGIN_4_10}) {
      SoupBinDecoder request = new SoupBinDecoder().wrap(Hex.buffer(login), 0);
      assertTrue(request.isLoginLength());
      assertEquals('L', request.type());
      assertEquals("MM01", request.username());
      assertEquals("SECRET", request.password());
      assertEquals(1, request.requestedSequence());
      assertEquals(login.equals(LOGIN) ? 0 : 5_000, request.timeoutMs());
    }
    SoupBinDecoder accepted = new SoupBinDecoder().wrap(Hex.buffer(ACCEPTED), 0);
    assertEquals("20261120A", accepted.acceptedSession());
    assertEquals(1, accepted.acceptedSequence());
    assertEquals('A', new SoupBinDecoder().wrap(Hex.buffer("00024a41"), 0).rejectReason());
  }

  @Test
  void shouldReadPacketsWithoutFields() {
    assertRead(1, 'H', "000148");
    assertRead(1, 'R', "000152");
    assertRead(1, 'Z', "00015a");
    assertRead(1, 'O', "00014f");
    assertRead(6, '+', "00062b68656c6c6f");
    assertRead(10, 'U', "000a55580000000300000000");
  }

  private static void assertRead(int length, char type, String packet) {
    SoupBinDecoder decoder = new SoupBinDecoder().wrap(Hex.buffer(packet), 0);
    assertEquals(length, decoder.length());
    assertEquals(type, decoder.type());
    assertEquals(Hex.bytes(packet).length, SoupBin.LENGTH_FIELD + length);
  }

  @Test
  void shouldReadNumbersStrictly() {
    assertEquals(0, number("     "));
    assertEquals(0, number("00000"));
    assertEquals(42, number("   42"));
    assertEquals(42, number("42   "));
    assertEquals(42, number(" 042 "));
    assertEquals(Long.MAX_VALUE, number(" 9223372036854775807"));
    assertEquals(SoupBinText.NOT_A_NUMBER, number(" 9223372036854775808"));
    assertEquals(SoupBinText.NOT_A_NUMBER, number("99999999999999999999"));
    for (String bad : new String[] {"4 2", "-1", "+1", "1x", "0x10", "\u0000", "1.0"}) {
      assertEquals(SoupBinText.NOT_A_NUMBER, number(bad), bad);
    }
  }

  private static long number(String text) {
    UnsafeBuffer field = new UnsafeBuffer(text.getBytes(StandardCharsets.US_ASCII));
    return SoupBinText.parse(field, 0, field.capacity());
  }

  private void assertPacket(String expected, int length) {
    assertEquals(expected, Hex.text(buffer, 0, length));
  }
}
