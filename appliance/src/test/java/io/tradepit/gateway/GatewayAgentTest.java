package io.tradepit.gateway;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tradepit.protocol.Hex;
import io.tradepit.protocol.sbe.CancelOrderDecoder;
import io.tradepit.protocol.sbe.ConnectSessionDecoder;
import io.tradepit.protocol.sbe.DisconnectSessionDecoder;
import io.tradepit.protocol.sbe.EnterOrderDecoder;
import io.tradepit.protocol.sbe.MessageHeaderDecoder;
import io.tradepit.protocol.sbe.OriginDecoder;
import io.tradepit.transport.CloseReason;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class GatewayAgentTest {
  private static final String ENTER =
      "4f00000001420000006441434d4520202020000000000016f0a83059414e4e4f524430303031202020202020200000";
  private static final String CANCEL = "580000000300000000";
  private static final byte[] CANCEL_PACKET = Venue.packet('U', Hex.bytes(CANCEL));

  private final Venue venue = new Venue();

  @Test
  void shouldAcceptBothLoginLengthsAndNameTheNextNumber() {
    FakeTransport.Peer first = venue.login("mm01", 1);
    assertEquals(
        "001f41" + ascii(" 20261120A") + ascii(" ".repeat(19) + "1"),
        hex(first.received.toByteArray()));
    FakeTransport.Peer second = venue.transport.connect();
    second.send(Venue.loginRequest("MM02", "SECRET", Venue.SESSION, 0, 5_000));
    venue.turn();
    assertEquals("A", second.types());
    venue.advance(4_900_000_000L);
    assertNull(second.closed);
    venue.advance(200_000_000L);
    assertEquals(CloseReason.HEARTBEAT, second.closed);
    assertEquals('H', Venue.reason(venue.commandsOf(DisconnectSessionDecoder.TEMPLATE_ID).get(0)));
  }

  @Test
  void shouldAnswerOnlyWhenTheLoginHasComeBack() {
    venue.matches = false;
    FakeTransport.Peer peer = venue.login("MM01", 1);
    peer.send(CANCEL_PACKET);
    venue.turn();
    assertEquals("", peer.types());
    assertEquals(1, venue.commands.size());
    OriginDecoder origin = Venue.origin(venue.commands.get(0));
    assertEquals(1, origin.gatewaySequence());
    assertEquals(1, origin.connectionEpoch());
    venue.connected(0, 1);
    venue.turn();
    assertEquals("A", peer.types());
    assertEquals(CancelOrderDecoder.TEMPLATE_ID, Venue.template(venue.commands.get(1)));
  }

  @Test
  void shouldRejectLogins() {
    assertEquals("4a41", rejected(Venue.loginRequest("MM01", "wrong", "", 1, 0)));
    assertEquals("4a53", rejected(Venue.loginRequest("MM01", "secret", "20261119A", 1, 0)));
    assertEquals("4a53", rejected(Venue.loginRequest("MM09", "secret", "", 1, 0)));
    byte[] badNumber = Venue.loginRequest("MM01", "secret", "", 1, 0);
    badNumber[48] = 'x';
    assertEquals("4a41", rejected(badNumber));
    assertEquals("4a41", rejected(Venue.packet('L', new byte[47])));
    assertTrue(venue.commands.isEmpty());
  }

  @Test
  void shouldRefuseASourceUnheardWhenItFailedTooOften() {
    for (int i = 0; i < 10; i++) {
      assertEquals("4a41", rejected(Venue.loginRequest("MM01", "wrong", "", 1, 0)));
    }
    assertEquals("4a41", rejected(Venue.loginRequest("MM01", "secret", "", 1, 0)));
    venue.advance(61 * Venue.SECOND_NS);
    assertEquals("A", venue.login("MM01", 1).types());
  }

  @Test
  void shouldRefuseASourceUnheardWhenItFailedTooOftenWithoutWaitingForTheAnswer() {
    for (int i = 0; i < 10; i++) {
      FakeTransport.Peer peer = venue.transport.connect();
      peer.send(Venue.loginRequest("MM01", "wrong", "", 1, 0));
      venue.transport.poll(64);
      venue.transport.close(peer.connection, CloseReason.PEER, 0);
      venue.turn();
    }
    assertEquals("4a41", rejected(Venue.loginRequest("MM01", "secret", "", 1, 0)));
    venue.advance(60 * Venue.SECOND_NS);
    assertEquals("A", venue.login("MM01", 1).types().substring(0, 1));
  }

  @Test
  void shouldReplayFromAnyNumberTheBytesOfTheLiveStream() {
    FakeTransport.Peer live = venue.login("MM01", 1);
    int count = 300;
    for (int i = 1; i <= count; i++) {
      if (i % 3 == 0) {
        venue.executed(0, 1);
      } else {
        venue.canceled(0, i);
      }
    }
    venue.turn();
    List<byte[]> stream = live.sequenced();
    assertEquals(count, stream.size());
    for (int from = 0; from <= count + 2; from++) {
      FakeTransport.Peer again = venue.login("MM01", from);
      int first = from == 0 || from > count ? count + 1 : from;
      assertEquals("A", again.types().substring(0, 1));
      assertEquals(
          first,
          Integer.parseInt(
              new String(again.packets().get(0), 11, 20, StandardCharsets.US_ASCII).strip()));
      assertStream(stream.subList(first - 1, count), again.sequenced());
    }
    assertEquals(CloseReason.OPERATOR, live.closed);
  }

  @Test
  void shouldSendBothMessagesOfATradeWithinOneSession() {
    FakeTransport.Peer peer = venue.login("MM01", 1);
    venue.executed(0, 0);
    venue.turn();
    String tail = "00000028000000000016f0a8";
    assertEquals(2, peer.sequenced().size());
    assertEquals(
        "5345" + "00001f1aced9f07b" + "00000007" + tail + "41" + "0000000000002329" + "0000",
        hex(peer.sequenced().get(0)));
    assertEquals(
        "5345" + "00001f1aced9f07b" + "00000008" + tail + "52" + "0000000000002329" + "0000",
        hex(peer.sequenced().get(1)));
  }

  @Test
  void shouldGiveTheSessionToTheNewestLogin() {
    FakeTransport.Peer old = venue.login("MM01", 1);
    venue.matches = false;
    FakeTransport.Peer fresh = venue.login("MM01", 1);
    old.send(CANCEL_PACKET);
    venue.turn();
    venue.connected(0, 2);
    venue.agent.doWork();
    old.send(CANCEL_PACKET);
    fresh.send(CANCEL_PACKET);
    venue.turn();
    assertEquals(CloseReason.OPERATOR, old.closed);
    List<byte[]> cancels = venue.commandsOf(CancelOrderDecoder.TEMPLATE_ID);
    assertEquals(2, cancels.size());
    assertEquals(1, Venue.origin(cancels.get(0)).connectionEpoch());
    assertEquals(2, Venue.origin(cancels.get(1)).connectionEpoch());
    assertTrue(venue.commandsOf(DisconnectSessionDecoder.TEMPLATE_ID).isEmpty());
    assertEquals(2, venue.commandsOf(ConnectSessionDecoder.TEMPLATE_ID).size());
  }

  @Test
  void shouldLoseAndDoubleNothingWhateverTheTransportTakes() {
    FakeTransport.Peer reference = venue.login("MM02", 1);
    FakeTransport.Peer peer = venue.login("MM01", 1);
    peer.room = 0;
    for (int i = 1; i <= 200; i++) {
      venue.canceled(0, i);
      venue.canceled(1, i);
      peer.room += 1 + i * 7 % 31;
      venue.events.unrecorded(i % 3);
      venue.turn();
    }
    venue.events.unrecorded(0);
    for (int i = 0; i < 500; i++) {
      peer.room += 13;
      venue.turn();
    }
    assertStream(reference.sequenced(), peer.sequenced());
    assertEquals(200, peer.sequenced().size());
    assertNull(peer.closed);
  }

  @Test
  void shouldCutAMemberThatReadsTooSlowlyAndGiveItsStreamOnReturn() {
    venue.context.sendBufferLimitBytes(1_024);
    FakeTransport.Peer slow = venue.login("MM01", 1);
    FakeTransport.Peer other = venue.login("MM02", 1);
    slow.room = 50;
    for (int i = 1; i <= 48; i++) {
      venue.canceled(0, i);
      venue.canceled(1, i);
    }
    venue.turn();
    assertNull(slow.closed);
    for (int i = 49; i <= 60; i++) {
      venue.canceled(0, i);
      venue.canceled(1, i);
    }
    venue.turn();
    assertNull(slow.closed);
    venue.advance(Venue.SECOND_NS);
    assertEquals(CloseReason.SLOW_READER, slow.closed);
    assertEquals('S', Venue.reason(venue.commandsOf(DisconnectSessionDecoder.TEMPLATE_ID).get(0)));
    assertEquals(60, other.sequenced().size());
    FakeTransport.Peer back = venue.login("MM01", 1);
    assertStream(other.sequenced(), back.sequenced());
  }

  @Test
  void shouldKeepAMemberThatIsFarBehindButReadsOn() {
    venue.context.sendBufferLimitBytes(1_024);
    FakeTransport.Peer late = venue.login("MM01", 1);
    late.room = 0;
    int messages = 0;
    for (int second = 0; second < 10; second++) {
      for (int i = 0; i < 60; i++) {
        venue.canceled(0, ++messages);
      }
      late.room += 300;
      venue.advance(Venue.SECOND_NS);
      assertNull(late.closed, "second=" + second);
    }
    // Less than a quarter of the limit in a second.
    late.room += 200;
    venue.advance(Venue.SECOND_NS);
    assertNull(late.closed);
    venue.advance(Venue.SECOND_NS);
    assertEquals(CloseReason.SLOW_READER, late.closed);
  }

  @Test
  void shouldCutAReplayThatTakesNothing() {
    venue.canceled(0, 1);
    venue.turn();
    FakeTransport.Peer peer = venue.transport.connect();
    peer.room = 33;
    peer.send(Venue.loginRequest("MM01", "secret", "", 1, 0));
    venue.turn();
    for (int i = 0; i < 14; i++) {
      peer.send(Hex.bytes("000152"));
      venue.advance(Venue.SECOND_NS);
    }
    assertNull(peer.closed);
    peer.send(Hex.bytes("000152"));
    venue.advance(Venue.SECOND_NS);
    assertEquals(CloseReason.SLOW_READER, peer.closed);
  }

  @Test
  void shouldSendHeartbeatsAfterASecondAndCloseASilentMember() {
    FakeTransport.Peer peer = venue.login("MM01", 1);
    venue.advance(990_000_000L);
    assertEquals("A", peer.types());
    venue.advance(10_000_000L);
    assertEquals("AH", peer.types());
    venue.advance(13_900_000_000L);
    assertNull(peer.closed);
    venue.advance(200_000_000L);
    assertEquals(CloseReason.HEARTBEAT, peer.closed);
    assertEquals("AHH", peer.types());
  }

  @Test
  void shouldCloseAConnectionThatDoesNotLogIn() {
    FakeTransport.Peer peer = venue.transport.connect();
    venue.advance(29_900_000_000L);
    assertNull(peer.closed);
    venue.advance(200_000_000L);
    assertEquals(CloseReason.PROTOCOL, peer.closed);
  }

  @Test
  void shouldEndSessionsOnceTheyHaveTheirStream() {
    FakeTransport.Peer peer = venue.login("MM01", 1);
    peer.room = 0;
    venue.canceled(0, 1);
    venue.closeDay();
    venue.turn();
    assertNull(peer.closed);
    peer.room = Long.MAX_VALUE;
    venue.turn();
    assertEquals("ASZ", peer.types());
    assertEquals(CloseReason.SHUTDOWN, peer.closed);
    assertEquals("4a53", rejected(Venue.loginRequest("MM01", "secret", "", 1, 0)));
  }

  @Test
  void shouldCloseOnLogoutAndOnTheOperatorsWord() {
    FakeTransport.Peer leaves = venue.login("MM01", 1);
    leaves.send(Hex.bytes("00014f"));
    FakeTransport.Peer stays = venue.login("MM02", 1);
    venue.control(1, 'C');
    venue.turn();
    assertNull(stays.closed);
    venue.control(1, 'X');
    venue.turn();
    assertEquals(CloseReason.LOGOUT, leaves.closed);
    assertEquals(CloseReason.OPERATOR, stays.closed);
    List<byte[]> closes = venue.commandsOf(DisconnectSessionDecoder.TEMPLATE_ID);
    assertEquals("LO", "" + Venue.reason(closes.get(0)) + Venue.reason(closes.get(1)));
  }

  @Test
  void shouldLoseNothingWhenTheRingIsFull() {
    FakeTransport.Peer peer = venue.login("MM01", 1);
    int count = 4_000;
    for (int i = 1; i <= count; i++) {
      byte[] message = Hex.bytes(CANCEL);
      message[3] = (byte) (i >> 8);
      message[4] = (byte) i;
      peer.send(Venue.packet('U', message));
    }
    for (int i = 0; i < 100; i++) {
      venue.agent.doWork();
    }
    assertTrue(peer.toVenueLength > 0);
    venue.turn();
    List<byte[]> cancels = venue.commandsOf(CancelOrderDecoder.TEMPLATE_ID);
    assertEquals(count, cancels.size());
    for (int i = 0; i < count; i++) {
      assertEquals(i + 2, Venue.origin(cancels.get(i)).gatewaySequence());
      assertEquals(i + 1, cancel(cancels.get(i)).userRefNum());
    }
  }

  @Test
  void shouldTakePacketsCutAnywhere() {
    FakeTransport.Peer peer = venue.login("MM01", 1);
    byte[] two = Hex.bytes("0030" + "55" + ENTER + "000a" + "55" + CANCEL);
    for (int cut = 1; cut < two.length; cut++) {
      venue.commands.clear();
      peer.send(Arrays.copyOfRange(two, 0, cut));
      venue.turn();
      peer.send(Arrays.copyOfRange(two, cut, two.length));
      venue.turn();
      assertEquals(2, venue.commands.size());
      assertEquals(EnterOrderDecoder.TEMPLATE_ID, Venue.template(venue.commands.get(0)));
      assertEquals(3, cancel(venue.commands.get(1)).userRefNum());
    }
  }

  @Test
  void shouldMarkMessagesAboveTheSessionsRate() {
    FakeTransport.Peer peer = venue.login("MM02", 1);
    for (int i = 0; i < 3; i++) {
      peer.send(Venue.packet('U', Hex.bytes(ENTER)));
    }
    peer.send(CANCEL_PACKET);
    venue.turn();
    List<byte[]> orders = venue.commandsOf(EnterOrderDecoder.TEMPLATE_ID);
    assertEquals(3, orders.size());
    EnterOrderDecoder last = new EnterOrderDecoder();
    last.wrapAndApplyHeader(new UnsafeBuffer(orders.get(1)), 0, new MessageHeaderDecoder());
    assertEquals(0, last.verdict());
    last.wrapAndApplyHeader(new UnsafeBuffer(orders.get(2)), 0, new MessageHeaderDecoder());
    assertEquals(0x29, last.verdict());
    assertEquals(0, cancel(venue.commandsOf(CancelOrderDecoder.TEMPLATE_ID).get(0)).verdict());
  }

  @Test
  void shouldCloseAConnectionAboveTheHardRate() {
    venue.context.maxMessagesPerSecond(5);
    FakeTransport.Peer peer = venue.login("MM01", 1);
    for (int i = 0; i < 6; i++) {
      peer.send(CANCEL_PACKET);
    }
    venue.advance(10_000_000L);
    assertEquals(CloseReason.PROTOCOL, peer.closed);
    assertEquals(5, venue.commandsOf(CancelOrderDecoder.TEMPLATE_ID).size());
    assertEquals(1, venue.commandsOf(DisconnectSessionDecoder.TEMPLATE_ID).size());
  }

  @Test
  void shouldCloseAConnectionAboveTheHardRateOfItsSession() {
    FakeTransport.Peer peer = venue.login("MM02", 1);
    for (int i = 0; i < 5; i++) {
      peer.send(CANCEL_PACKET);
    }
    venue.advance(10_000_000L);
    assertEquals(CloseReason.PROTOCOL, peer.closed);
    assertEquals(4, venue.commandsOf(CancelOrderDecoder.TEMPLATE_ID).size());
  }

  @Test
  void shouldDisconnectALoginThatIsAppliedOnlyAfterTheRestart() {
    Venue restarted = new Venue(venue.events, 1 << 16, 6);
    restarted.matches = false;
    restarted.turn();
    assertEquals(List.of(), restarted.commands);

    restarted.connected(0, 5);
    restarted.turn();

    assertEquals(1, restarted.commands.size());
    byte[] disconnect = restarted.commands.getFirst();
    assertEquals(DisconnectSessionDecoder.TEMPLATE_ID, Venue.template(disconnect));
    assertEquals(5, Venue.origin(disconnect).connectionEpoch());
    assertEquals('R', Venue.reason(disconnect));
  }

  @Test
  void shouldGoOnAfterARestart() {
    FakeTransport.Peer before = venue.login("MM01", 1);
    for (int i = 1; i <= 200; i++) {
      venue.canceled(0, i);
    }
    venue.turn();
    Venue restarted = new Venue(venue.events, 1 << 16);
    restarted.agent.doWork();
    restarted.matches = false;
    restarted.drain();
    byte[] disconnect = restarted.commands.get(0);
    assertEquals('R', Venue.reason(disconnect));
    assertEquals(1, Venue.origin(disconnect).connectionEpoch());
    FakeTransport.Peer after = restarted.login("MM01", 100);
    assertEquals(2, Venue.origin(restarted.commands.get(1)).connectionEpoch());
    venue.connected(0, 2);
    restarted.turn();
    assertStream(before.sequenced().subList(99, 200), after.sequenced());
  }

  private String rejected(byte[] login) {
    FakeTransport.Peer peer = venue.transport.connect();
    peer.send(login);
    venue.turn();
    assertEquals(CloseReason.PROTOCOL, peer.closed);
    List<byte[]> packets = peer.packets();
    assertEquals(1, packets.size());
    return hex(packets.get(0));
  }

  private static CancelOrderDecoder cancel(byte[] command) {
    return new CancelOrderDecoder()
        .wrapAndApplyHeader(new UnsafeBuffer(command), 0, new MessageHeaderDecoder());
  }

  private static void assertStream(List<byte[]> expected, List<byte[]> actual) {
    List<String> want = new ArrayList<>();
    expected.forEach(packet -> want.add(hex(packet)));
    List<String> got = new ArrayList<>();
    actual.forEach(packet -> got.add(hex(packet)));
    assertArrayEquals(want.toArray(), got.toArray());
  }

  private static String ascii(String text) {
    return hex(text.getBytes(StandardCharsets.US_ASCII));
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }
}
