package io.tradepit.protocol.itch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class ItchCodecTest {
  /** 09:30:00.000000123. */
  private static final long TIME_NS = 34_200_000_000_123L;

  private static final long ACME = ItchText.symbol("ACME");

  private final ItchDecoder decoder = new ItchDecoder();

  @Test
  void shouldEncodeEveryMessageAgainFromItsFieldsAsTheGoldenBytes() {
    List<String> seen = new ArrayList<>();
    for (byte[] vector : ItchVectors.all()) {
      int result =
          decoder.decode(
              new UnsafeBuffer(vector),
              0,
              vector.length,
              new AnyMessage(message -> {
                assertArrayEquals(vector, ItchCopier.copy(message));
                seen.add(String.valueOf((char) message.type()));
              }));
      assertEquals(vector.length, result);
    }
    assertEquals("SRHYLVWKJhAFECXDUPQBINO", String.join("", seen));
  }

  @Test
  void shouldEncodeTheGoldenBytesFromTheirMeaning() {
    assertVector("S", begin(new SystemEvent(), 0).eventCode((byte) 'Q'));
    assertVector(
        "R",
        begin(new StockDirectory(), 7)
            .stock(ACME)
            .marketCategory((byte) 'Q')
            .financialStatus((byte) 'N')
            .roundLotSize(100)
            .roundLotsOnly((byte) 'N')
            .issueClassification((byte) 'C')
            .issueSubType(ItchText.alpha2("Z"))
            .authenticity((byte) 'P')
            .shortSaleThreshold((byte) 'N')
            .ipoFlag((byte) 'N')
            .luldReferencePriceTier((byte) '1')
            .etpFlag((byte) 'N')
            .etpLeverageFactor(0)
            .inverseIndicator((byte) 'N'));
    assertVector(
        "H",
        begin(new TradingAction(), 7)
            .stock(ACME)
            .tradingState((byte) 'T')
            .reserved((byte) ' ')
            .reason(ItchText.alpha4("")));
    assertVector(
        "A",
        begin(new AddOrder(), 7)
            .orderReference(1001)
            .side((byte) 'B')
            .shares(100)
            .stock(ACME)
            .price(150_3400));
    assertVector(
        "F",
        begin(new AddAttributedOrder(), 7)
            .orderReference(1002)
            .side((byte) 'S')
            .shares(250)
            .stock(ACME)
            .price(150_3500)
            .attribution(ItchText.alpha4("MKRA")));
    assertVector(
        "E",
        begin(new OrderExecuted(), 7).orderReference(1001).executedShares(40).matchNumber(9001));
    assertVector("X", begin(new OrderCancel(), 7).orderReference(1001).cancelledShares(10));
    assertVector("D", begin(new OrderDelete(), 7).orderReference(1002));
    assertVector(
        "U",
        begin(new OrderReplace(), 7)
            .originalOrderReference(1001)
            .newOrderReference(1003)
            .shares(75)
            .price(150_3300));
    assertVector(
        "Q",
        begin(new CrossTrade(), 7)
            .shares(125_000)
            .stock(ACME)
            .crossPrice(150_3400)
            .matchNumber(9004)
            .crossType((byte) 'O'));
  }

  @Test
  void shouldReadNumbersWithoutTheirSign() {
    byte[] bytes = new byte[36];
    UnsafeBuffer buffer = new UnsafeBuffer(bytes);
    AddOrder add = new AddOrder();
    add.begin(buffer, 0, 0xFFFF, 0xFFFE, 0xFFFF_FFFF_FFFFL);
    add.orderReference(-1).shares(0xFFFF_FFFFL).price(0x7735_9400L);

    assertEquals(0xFFFF, add.stockLocate());
    assertEquals(0xFFFE, add.trackingNumber());
    assertEquals(0xFFFF_FFFF_FFFFL, add.timestampNs());
    assertEquals(0xFFFF_FFFFL, add.shares());
    assertEquals(2_000_000_000L, add.price());
  }

  @Test
  void shouldWalkFramedBytesPastAnUnknownType() {
    byte[] bytes =
        HexFormat.of()
            .parseHex(
                "000c53000000031f1aced9f07b51"
                    + "0000"
                    + "0003aabbcc"
                    + "001344000700031f1aced9f07b00000000000003ea");
    List<String> seen = new ArrayList<>();
    ItchListener listener =
        new ItchListener() {
          @Override
          public void onSystemEvent(SystemEvent message) {
            seen.add("S" + (char) message.eventCode());
          }

          @Override
          public void onOrderDelete(OrderDelete message) {
            seen.add("D" + message.orderReference());
          }

          @Override
          public void onUnknown(byte type, int length) {
            seen.add("unknown " + (type & 0xFF) + " " + length);
          }
        };

    assertEquals(3, decoder.decodeFramed(new UnsafeBuffer(bytes), 0, bytes.length, listener));
    assertEquals(List.of("SQ", "unknown 170 3", "D1002"), seen);
  }

  @Test
  void shouldRefuseBytesThatEndWithinAMessage() {
    ItchListener ignore = new ItchListener() {};
    for (byte[] vector : ItchVectors.all()) {
      UnsafeBuffer buffer = new UnsafeBuffer(vector);
      for (int length = 0; length < vector.length; length++) {
        assertEquals(ItchDecoder.MALFORMED, decoder.decode(buffer, 0, length, ignore));
        int unframed = decoder.decodeUnframed(buffer, 0, length, ignore);
        assertEquals(length == 0 ? 0 : ItchDecoder.MALFORMED, unframed);
      }
      assertEquals(1, decoder.decodeUnframed(buffer, 0, vector.length, ignore));
    }
    byte[] cut = HexFormat.of().parseHex("000c53000000031f1aced9f07b");
    assertEquals(
        ItchDecoder.MALFORMED, decoder.decodeFramed(new UnsafeBuffer(cut), 0, cut.length, ignore));
  }

  @Test
  void shouldStopAtAnUnknownTypeWhenNothingFramesIt() {
    byte[] bytes = HexFormat.of().parseHex("53000000031f1aced9f07b51" + "7a00");
    assertEquals(
        ItchDecoder.UNKNOWN_TYPE,
        decoder.decodeUnframed(new UnsafeBuffer(bytes), 0, bytes.length, new ItchListener() {}));
  }

  private static <T extends ItchMessage> T begin(T message, int stockLocate) {
    UnsafeBuffer buffer = new UnsafeBuffer(new byte[message.length()]);
    message.begin(buffer, 0, stockLocate, 3, TIME_NS);
    return message;
  }

  private static void assertVector(String type, ItchMessage message) {
    String expected =
        ItchVectors.HEX.stream()
            .filter(hex -> hex.startsWith(HexFormat.of().toHexDigits((byte) type.charAt(0))))
            .findFirst()
            .orElseThrow();
    assertEquals(expected, HexFormat.of().formatHex(message.toByteArray()));
  }
}
