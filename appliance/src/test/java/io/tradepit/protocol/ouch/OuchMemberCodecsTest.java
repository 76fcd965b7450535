package io.tradepit.protocol.ouch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.tradepit.protocol.Hex;
import io.tradepit.protocol.itch.ItchText;
import io.tradepit.protocol.sbe.EnterOrderDecoder;
import io.tradepit.protocol.sbe.MessageHeaderDecoder;
import io.tradepit.protocol.sbe.MessageHeaderEncoder;
import io.tradepit.protocol.sbe.OrderExecutedEncoder;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The member's side of OUCH: the golden vectors, and both ways against the venue's codecs. */
@Timeout(20)
class OuchMemberCodecsTest {
  private static final long ACME = ItchText.symbol("ACME");
  private static final long TIME_NS = 34_200_000_000_123L;

  private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[512]);
  private final OuchRequestEncoder requests = new OuchRequestEncoder();
  private final OuchAnswerDecoder answers = new OuchAnswerDecoder();
  private final List<String> calls = new ArrayList<>();

  @Test
  void shouldWriteTheGoldenVectors() {
    assertWritten(
        "4f00000001420000006441434d4520202020000000000016f0a83059414e4e4f524430303031202020202020200000",
        to ->
            to.enter(1, (byte) 'B', 100, ACME, 1_503_400, OuchRequestEncoder.DAY)
                .clOrdId("ORD0001"));
    assertWritten(
        "4f0000000254000001f441434d4520202020000000000016f044334e504e4e4f52443030303220202020202020"
            + "000f05024d4b5241050300000064021c01",
        to ->
            to.enter(2, (byte) 'T', 500, ACME, 1_503_300, OuchRequestEncoder.IOC)
                .display((byte) 'N')
                .capacity((byte) 'P')
                .clOrdId("ORD0002")
                .tag(2, "MKRA")
                .tag(3, 100)
                .tag(28, 1));
    assertWritten(
        "55000000010000000300000096000000000016f10c30594e4f524430303033202020202020200000",
        to -> to.replace(1, 3, 150, 1_503_500, OuchRequestEncoder.DAY).clOrdId("ORD0003"));
    assertWritten("580000000300000000", to -> to.cancel(3, 0));
    assertWritten("5800000003000000000003021c01", to -> to.cancel(3, 0).tag(28, 1));
    assertWritten("4d000000025300000190", to -> to.modify(2, (byte) 'S', 400));
    assertWritten(
        "43000000044d4b524120202020202020200000",
        to -> to.massCancel(4, "MKRA", ItchText.symbol("")));
    assertWritten(
        "43000000044d4b524141434d45202020200003021b42",
        to -> to.massCancel(4, "MKRA", ACME).tag(27, 'B'));
    assertWritten("44000000054d4b52410000", to -> to.disableOrderEntry(5, "MKRA"));
    assertWritten("45000000064d4b52410000", to -> to.enableOrderEntry(6, "MKRA"));
    assertWritten("51", OuchRequestEncoder::accountQuery);
  }

  @Test
  void shouldWriteWhatTheVenueReads() {
    requests
        .wrap(buffer, 7)
        .enter(0xFFFF_FFFFL, (byte) 'S', 999_999, ACME, 1_999_999_900, OuchRequestEncoder.IOC)
        .tag(24, 65_535)
        .tag(7, -2)
        .tag(9, 5);
    OuchCommandDecoder venue = new OuchCommandDecoder();
    int length = venue.check(buffer, 7, requests.length());
    UnsafeBuffer command = new UnsafeBuffer(new byte[length]);
    venue.decode(buffer, 7, requests.length(), 0, command, 0);
    EnterOrderDecoder enter =
        new EnterOrderDecoder().wrapAndApplyHeader(command, 0, new MessageHeaderDecoder());
    assertEquals(0xFFFF_FFFFL, enter.userRefNum());
    assertEquals(999_999, enter.quantity());
    assertEquals(1_999_999_900, enter.price());
    assertEquals(65_535, enter.tags().groupId());
    assertEquals(-2, enter.tags().pegOffset());
    assertEquals(5, enter.tags().discretionPrice());
  }

  @Test
  void shouldRefuseAnUnassignedTagAndAFieldThatTheMessageHasNot() {
    requests.wrap(buffer, 0).cancel(1, 0);
    assertThrows(IllegalArgumentException.class, () -> requests.tag(8, 1));
    assertThrows(IllegalArgumentException.class, () -> requests.tag(31, 1));
    assertThrows(IllegalArgumentException.class, () -> requests.tag(-1, 1));
    assertThrows(IllegalStateException.class, () -> requests.clOrdId("X"));
    assertThrows(IllegalStateException.class, () -> requests.capacity((byte) 'A'));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      ignoreLeadingAndTrailingWhitespace = true,
      textBlock =
          """
          onSystemEvent|5300001f1aced9f07b53
          onAccepted|4100001f1aced9f07b00000001420000006441434d4520202020000000000016f0a8305900000000000003e9414e4e4c4f524430303031202020202020200000
          onExecuted|4500001f1aced9f07b0000000100000028000000000016f0a84100000000000023290000
          onCanceled|4300001f1aced9f07b000000010000003c55
          onCanceled 1|4300001f1aced9f07b000000010000003c550003021c01
          onRejected|4a00001f1aced9f07b0000000700174f52443030303720202020202020
          onReplaced|5500001f1aced9f07b0000000100000003420000009641434d4520202020000000000016f10c305900000000000003eb414e4e4c4f524430303033202020202020200000
          onMassCancelResponse|5800001f1aced9f07b000000044d4b524120202020202020200000
          onDisableResponse|4700001f1aced9f07b000000054d4b52410000
          onEnableResponse|4b00001f1aced9f07b000000064d4b52410000
          onAccountQueryResponse|5100001f1aced9f07b00000008
          onAiqCanceled|4400001f1aced9f07b000000010000000a510000000a000000000016f0a85244
          onRestated|5200001f1aced9f07b00000001520010051600000064090100000000000003f1
          onBrokenTrade|4200001f1aced9f07b000000010000000000002329454f52443030303120202020202020
          onCancelPending|5000001f1aced9f07b00000008
          onCancelReject|4900001f1aced9f07b00000008
          onPriorityUpdate|5400001f1aced9f07b00000001000000000016f0a85900000000000003ec
          onModified|4d00001f1aced9f07b000000025300000190
          """)
  void shouldReadTheGoldenVectors(String call, String hex) {
    UnsafeBuffer vector = Hex.buffer(hex);
    assertEquals(vector.capacity(), answers.decode(vector, 0, vector.capacity(), recorder()));
    String channel = answers.userRefIdx() == 0 ? "" : " " + answers.userRefIdx();
    assertEquals(call, calls.getFirst() + channel);
  }

  @Test
  void shouldReadWhatTheVenueWrites() {
    UnsafeBuffer event = new UnsafeBuffer(new byte[256]);
    new OrderExecutedEncoder()
        .wrapAndApplyHeader(event, 0, new MessageHeaderEncoder())
        .incomingUserRefNum(0xFFFF_FFFEL)
        .restingUserRefNum(3)
        .quantity(40)
        .price(1_503_400)
        .incomingLiquidity((byte) 'R')
        .incomingUserRefIdx((short) 255)
        .matchNumber(Long.MAX_VALUE);
    int length = new OuchEventEncoder().encode(event, 0, true, TIME_NS, buffer, 3);
    String[] seen = new String[1];
    answers.decode(
        buffer,
        3,
        length,
        new OuchAnswerListener() {
          @Override
          public void onExecuted(io.tradepit.protocol.ouch.wire.OuchExecutedDecoder message) {
            seen[0] =
                message.timestamp()
                    + " "
                    + message.userRefNum()
                    + " "
                    + message.quantity()
                    + " "
                    + message.price()
                    + " "
                    + (char) message.liquidityFlag()
                    + " "
                    + message.matchNumber();
          }
        });
    assertEquals(TIME_NS + " 4294967294 40 1503400 R " + Long.MAX_VALUE, seen[0]);
    assertEquals(255, answers.userRefIdx());
  }

  @Test
  void shouldNameWhatItCannotRead() {
    UnsafeBuffer cut = Hex.buffer("4300001f1aced9f07b000000010000003c");
    assertEquals(OuchAnswerDecoder.MALFORMED, answers.decode(cut, 0, 17, recorder()));
    UnsafeBuffer broken = Hex.buffer("4300001f1aced9f07b000000010000003c550004021c01");
    assertEquals(OuchAnswerDecoder.MALFORMED, answers.decode(broken, 0, 23, recorder()));
    assertEquals(
        OuchAnswerDecoder.UNKNOWN_TYPE, answers.decode(Hex.buffer("5a00"), 0, 2, recorder()));
    assertEquals(OuchAnswerDecoder.UNKNOWN_TYPE, answers.decode(broken, 0, 0, recorder()));
    assertEquals(List.of(), calls);
  }

  private void assertWritten(String hex, Consumer<OuchRequestEncoder> write) {
    buffer.setMemory(0, 256, (byte) 0x55);
    write.accept(requests.wrap(buffer, 5));
    assertEquals(hex, Hex.text(buffer, 5, requests.length()));
  }

  private OuchAnswerListener recorder() {
    return (OuchAnswerListener)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {OuchAnswerListener.class},
            (proxy, method, arguments) -> {
              calls.add(method.getName());
              return null;
            });
  }
}
