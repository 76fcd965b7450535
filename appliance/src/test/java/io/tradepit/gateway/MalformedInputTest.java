package io.tradepit.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.tradepit.Tier;
import io.tradepit.protocol.Hex;
import io.tradepit.protocol.sbe.CancelOrderDecoder;
import io.tradepit.transport.CloseReason;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What each broken input leads to, while another member is served. */
@Timeout(20)
class MalformedInputTest {
  private static final String DROPPED = "dropped";
  private static final String ENTER45 =
      "4f00000001420000006441434d4520202020000000000016f0a83059414e4e4f52443030303120202020202020";
  private static final String REPLACE38 =
      "55000000010000000300000096000000000016f10c30594e4f52443030303320202020202020";
  private static int count;

  private final Venue venue = new Venue();

  /**
   * Expected: dropped (counted, debug packet, connection stays), closed, command (well formed by
   * the rules of tags).
   */
  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "no message, 000155, dropped",
    "unknown letter, 00025599, dropped",
    "outbound letter A, 00025541, dropped",
    "lower case o, 0002556f, dropped",
    "enter without appendage length, 002e55 ENTER45, dropped",
    "enter with half an appendage length, 002f55 ENTER45 00, dropped",
    "enter cut short, 000b55 4f000000014200000064, dropped",
    "enter with a byte too many, 003155 ENTER45 0000 00, dropped",
    "enter with appendage length too large, 003055 ENTER45 0001, dropped",
    "enter with appendage length too small, 003355 ENTER45 0002 021c01, dropped",
    "enter with element length 0, 003155 ENTER45 0001 00, dropped",
    "enter with element over the end, 003355 ENTER45 0003 031c01, dropped",
    "enter with element of a tag only and a known tag, 003255 ENTER45 0002 011c, dropped",
    "enter with firm of 3 bytes, 003555 ENTER45 0005 0402414243, dropped",
    "enter with min quantity of 5 bytes, 003755 ENTER45 0007 06030000000064, dropped",
    "enter with discretion price of 4 bytes, 003655 ENTER45 0006 050900000064, dropped",
    "enter with group of 1 byte, 003355 ENTER45 0003 021801, dropped",
    "enter with second element over the end, 003555 ENTER45 0005 021c01 0302, dropped",
    "enter with element length 255, 003355 ENTER45 0003 ff1c01, dropped",
    "enter with appendage length 65535, 003055 ENTER45 ffff, dropped",
    "replace without appendage length, 002755 REPLACE38, dropped",
    "replace cut short, 000655 5500000001, dropped",
    "replace with appendage length too large, 002955 REPLACE38 0003, dropped",
    "cancel of 8 bytes, 000955 5800000003000000, dropped",
    "cancel of 10 bytes, 000b55 58000000030000000000, dropped",
    "cancel with appendage length 3 and none, 000c55 5800000003000000000003, dropped",
    "cancel with element over the end, 000f55 5800000003000000000003031c01, dropped",
    "modify of 9 bytes, 000a55 4d0000000253000001, dropped",
    "modify of 11 bytes, 000c55 4d00000002530000019000, dropped",
    "modify with channel of 2 bytes, 001155 4d000000025300000190 0004 031c0101, dropped",
    "mass cancel without appendage length, 001255 43000000044d4b52412020202020202020, dropped",
    "mass cancel cut short, 000a55 43000000044d4b5241, dropped",
    "mass cancel with side of 2 bytes, 001855 43000000044d4b52412020202020202020 0004 031b4242, dropped",
    "disable without appendage length, 000a55 44000000054d4b5241, dropped",
    "disable with a byte too many, 000d55 44000000054d4b5241000000, dropped",
    "enable without appendage length, 000a55 45000000064d4b5241, dropped",
    "query of 2 bytes, 000355 5100, dropped",
    "query with broken element, 000755 5100030000 00, dropped",
    "heartbeat with a payload, 00025200, dropped",
    "logout with a payload, 00024f00, dropped",
    "sequenced data from a member, 00025358, dropped",
    "server heartbeat from a member, 000148, dropped",
    "end of session from a member, 00015a, dropped",
    "login accepted from a member, 000141, dropped",
    "packet of type 0, 000100, dropped",
    "packet of type 255, 0001ff, dropped",
    "second login of no length, 00014c, dropped",
    "packet of length 0, 0000, closed",
    "packet over the limit, 0402, closed",
    "packet of 65535 bytes, ffff, closed",
    "enter with an unknown tag, 003355 ENTER45 0003 02c801, command",
    "enter with a tag that is not its own, 003355 ENTER45 0003 021b42, command",
    "enter with a tag twice, 003655 ENTER45 0006 021c01 021c02, command",
    "mass cancel with every tag, 001e55 43000000044d4b52412020202020202020 000a 03180007021b42021c01,"
        + " command",
    "mass cancel with a tag of Enter, 001a55 43000000044d4b52412020202020202020 0006 05024d4b5241,"
        + " command",
    "disable with a channel, 000f55 44000000054d4b5241 0003 021c01, command",
    "enable with an unknown tag, 000f55 45000000064d4b5241 0003 02c801, command",
    "cancel with an empty appendage, 000c55 5800000003000000000000, command"
  })
  void shouldTreatEachInputAsStated(String what, String input, String expected) {
    FakeTransport.Peer broken = venue.login("MM01", 1);
    FakeTransport.Peer other = venue.login("MM02", 1);
    int before = venue.commands.size();
    String text =
        input.replace("ENTER45", ENTER45).replace("REPLACE38", REPLACE38).replace(" ", "");
    broken.send(Hex.bytes(text));
    venue.turn();
    count++;
    switch (expected) {
      case DROPPED -> {
        assertNull(broken.closed, what);
        assertEquals("A+", broken.types(), what);
        assertEquals(before, venue.commands.size(), what);
        assertServed(broken, 1);
      }
      case "closed" -> {
        assertEquals(CloseReason.PROTOCOL, broken.closed, what);
        assertEquals('P', Venue.reason(venue.commands.get(venue.commands.size() - 1)), what);
      }
      default -> {
        assertNull(broken.closed, what);
        assertEquals("A", broken.types(), what);
        assertEquals(before + 1, venue.commands.size(), what);
      }
    }
    assertServed(other, 1);
    venue.canceled(1, 5);
    venue.turn();
    assertEquals(1, other.sequenced().size());
  }

  @ParameterizedTest(name = "first packet {0}")
  @CsvSource({"000155", "000141", "000153", "0000", "ffff", "00025541", "000130"})
  void shouldCloseAConnectionThatBeginsWithNoLogin(String input) {
    FakeTransport.Peer broken = venue.transport.connect();
    broken.send(Hex.bytes(input));
    venue.turn();
    count++;
    assertEquals(CloseReason.PROTOCOL, broken.closed);
    assertEquals(0, broken.received.size());
    assertEquals(0, venue.commands.size());
  }

  @Test
  void shouldCloseAMemberThatIsBrokenAgainAndAgain() {
    FakeTransport.Peer broken = venue.login("MM01", 1);
    for (int i = 0; i < 9; i++) {
      broken.send(Hex.bytes("000155"));
    }
    venue.turn();
    assertNull(broken.closed);
    assertEquals("A+++++++++", broken.types());
    byte[] text = broken.packets().get(1);
    assertEquals("+unknown message type", new String(text, StandardCharsets.US_ASCII));
    broken.send(Hex.bytes("000155"));
    venue.turn();
    assertEquals(CloseReason.PROTOCOL, broken.closed);
  }

  @AfterAll
  static void say() {
    Tier.ran("gateway malformed inputs", count + " inputs");
  }

  private void assertServed(FakeTransport.Peer member, int orders) {
    List<byte[]> before = venue.commandsOf(CancelOrderDecoder.TEMPLATE_ID);
    member.send(Venue.packet('U', Hex.bytes("580000000300000000")));
    venue.turn();
    assertEquals(before.size() + orders, venue.commandsOf(CancelOrderDecoder.TEMPLATE_ID).size());
  }
}
