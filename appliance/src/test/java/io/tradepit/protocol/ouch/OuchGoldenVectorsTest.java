package io.tradepit.protocol.ouch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tradepit.protocol.Hex;
import io.tradepit.protocol.ouch.wire.OuchAcceptedDecoder;
import io.tradepit.protocol.ouch.wire.OuchAiqCanceledEncoder;
import io.tradepit.protocol.ouch.wire.OuchBrokenTradeEncoder;
import io.tradepit.protocol.ouch.wire.OuchCancelOrderEncoder;
import io.tradepit.protocol.ouch.wire.OuchCancelPendingEncoder;
import io.tradepit.protocol.ouch.wire.OuchCancelRejectEncoder;
import io.tradepit.protocol.ouch.wire.OuchEnterOrderEncoder;
import io.tradepit.protocol.ouch.wire.OuchExecutedDecoder;
import io.tradepit.protocol.ouch.wire.OuchPriorityUpdateEncoder;
import io.tradepit.protocol.ouch.wire.OuchRestatedEncoder;
import io.tradepit.protocol.sbe.AccountQueriedEncoder;
import io.tradepit.protocol.sbe.CancelOrderDecoder;
import io.tradepit.protocol.sbe.DisableOrderEntryDecoder;
import io.tradepit.protocol.sbe.EnableOrderEntryDecoder;
import io.tradepit.protocol.sbe.EnterOrderDecoder;
import io.tradepit.protocol.sbe.MassCancelDecoder;
import io.tradepit.protocol.sbe.MassCanceledEncoder;
import io.tradepit.protocol.sbe.MessageHeaderDecoder;
import io.tradepit.protocol.sbe.MessageHeaderEncoder;
import io.tradepit.protocol.sbe.ModifyOrderDecoder;
import io.tradepit.protocol.sbe.OrderAcceptedEncoder;
import io.tradepit.protocol.sbe.OrderCanceledEncoder;
import io.tradepit.protocol.sbe.OrderEntryDisabledEncoder;
import io.tradepit.protocol.sbe.OrderEntryEnabledEncoder;
import io.tradepit.protocol.sbe.OrderExecutedEncoder;
import io.tradepit.protocol.sbe.OrderModifiedEncoder;
import io.tradepit.protocol.sbe.OrderRejectedEncoder;
import io.tradepit.protocol.sbe.OrderReplacedEncoder;
import io.tradepit.protocol.sbe.ReplaceOrderDecoder;
import io.tradepit.protocol.sbe.SessionNotifiedEncoder;
import java.util.Locale;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Golden vectors of the protocol, byte for byte. */
@Timeout(20)
class OuchGoldenVectorsTest {
  private static final long TIME_NS = 34_200_000_000_123L;
  private static final long ACME = 0x41434d4520202020L;
  private static final String TS = "00001f1aced9f07b";

  private final UnsafeBuffer event = new UnsafeBuffer(new byte[512]);
  private final UnsafeBuffer out = new UnsafeBuffer(new byte[512]);
  private final MessageHeaderEncoder header = new MessageHeaderEncoder();
  private final MessageHeaderDecoder headerDecoder = new MessageHeaderDecoder();

  @Test
  void shouldDecodeInbound() {
    EnterOrderDecoder enter = new EnterOrderDecoder();
    enter.wrapAndApplyHeader(
        command(
            "4f00000001420000006441434d4520202020000000000016f0a83059414e4e4f52443030303120202020202020"
                + "0000"),
        0,
        headerDecoder);
    assertEquals(
        "1 B 100 " + ACME + " 1503400 0YANN [ORD0001       ] 0",
        enter.userRefNum()
            + " "
            + (char) enter.side()
            + " "
            + enter.quantity()
            + " "
            + enter.symbol()
            + " "
            + enter.price()
            + " "
            + (char) enter.timeInForce()
            + (char) enter.display()
            + (char) enter.capacity()
            + (char) enter.interMarketSweep()
            + (char) enter.crossType()
            + " ["
            + enter.clOrdId()
            + "] "
            + enter.tags().present());
    enter.wrapAndApplyHeader(
        command(
            "4f0000000254000001f441434d4520202020000000000016f044334e504e4e4f52443030303220202020202020"
                + "000f05024d4b5241050300000064021c01"),
        0,
        headerDecoder);
    assertEquals((1 << 2) | (1 << 3) | (1 << 28), enter.tags().present());
    assertEquals("MKRA", enter.tags().firm());
    assertEquals(100, enter.tags().minQty());
    assertEquals(1, enter.tags().userRefIdx());
    ReplaceOrderDecoder replace = new ReplaceOrderDecoder();
    replace.wrapAndApplyHeader(
        command(
            "55000000010000000300000096000000000016f10c30594e4f52443030303320202020202020"
                + "0000"),
        0,
        headerDecoder);
    assertEquals(1, replace.origUserRefNum());
    assertEquals(3, replace.userRefNum());
    assertEquals(150, replace.quantity());
    assertEquals(1_503_500, replace.price());
    assertEquals("ORD0003       ", replace.clOrdId());
    CancelOrderDecoder cancel = new CancelOrderDecoder();
    cancel.wrapAndApplyHeader(command("580000000300000000"), 0, headerDecoder);
    assertEquals(
        "3 0 0", cancel.userRefNum() + " " + cancel.quantity() + " " + cancel.userRefIdx());
    cancel.wrapAndApplyHeader(command("5800000003000000000003021c01"), 0, headerDecoder);
    assertEquals(1, cancel.userRefIdx());
    ModifyOrderDecoder modify = new ModifyOrderDecoder();
    modify.wrapAndApplyHeader(command("4d000000025300000190"), 0, headerDecoder);
    assertEquals(
        "2 S 400", modify.userRefNum() + " " + (char) modify.side() + " " + modify.quantity());
    MassCancelDecoder mass = new MassCancelDecoder();
    mass.wrapAndApplyHeader(
        command("43000000044d4b524141434d45202020200003021b42"), 0, headerDecoder);
    assertEquals("MKRA", mass.firm());
    assertEquals(ACME, mass.symbol());
    assertEquals('B', mass.tags().side());
    mass.wrapAndApplyHeader(command("43000000044d4b524120202020202020200000"), 0, headerDecoder);
    assertEquals(0x2020202020202020L, mass.symbol());
    mass.wrapAndApplyHeader(
        command("43000000044d4b52412020202020202020000a03180102021b45021c09"), 0, headerDecoder);
    assertEquals(1 << 24 | 1 << 27 | 1 << 28, mass.tags().present());
    assertEquals(258, mass.tags().groupId());
    assertEquals('E', mass.tags().side());
    assertEquals(9, mass.tags().userRefIdx());
    DisableOrderEntryDecoder disable = new DisableOrderEntryDecoder();
    disable.wrapAndApplyHeader(command("44000000054d4b52410003021c09"), 0, headerDecoder);
    assertEquals(
        "5 MKRA 9", disable.userRefNum() + " " + disable.firm() + " " + disable.userRefIdx());
    EnableOrderEntryDecoder enable = new EnableOrderEntryDecoder();
    enable.wrapAndApplyHeader(command("45000000064d4b52410000"), 0, headerDecoder);
    assertEquals("6 MKRA 0", enable.userRefNum() + " " + enable.firm() + " " + enable.userRefIdx());
    assertEquals(8, headerDecoder.wrap(command("51"), 0).templateId());
  }

  @Test
  void shouldEncodeEvents() {
    new SessionNotifiedEncoder().wrapAndApplyHeader(event, 0, header).eventCode((byte) 'S');
    assertEncoded("53" + TS + "53", false);
    new OrderAcceptedEncoder()
        .wrapAndApplyHeader(event, 0, header)
        .orderNumber(1_001)
        .symbol(ACME)
        .price(1_503_400)
        .userRefNum(1)
        .quantity(100)
        .side((byte) 'B')
        .timeInForce((byte) '0')
        .display((byte) 'Y')
        .capacity((byte) 'A')
        .interMarketSweep((byte) 'N')
        .crossType((byte) 'N')
        .orderState((byte) 'L')
        .clOrdId("ORD0001       ");
    String accepted =
        "41"
            + TS
            + "00000001420000006441434d4520202020000000000016f0a8305900000000000003e9414e4e4c"
            + "4f52443030303120202020202020";
    assertEncoded(accepted + "0000", false);
    OuchAcceptedDecoder read = new OuchAcceptedDecoder().wrap(out, 0, 62, 0);
    assertEquals(1_001, read.orderReferenceNumber());
    assertEquals(TIME_NS, read.timestamp());
    new OrderReplacedEncoder()
        .wrapAndApplyHeader(event, 0, header)
        .orderNumber(1_003)
        .symbol(ACME)
        .price(1_503_500)
        .origUserRefNum(1)
        .userRefNum(3)
        .quantity(150)
        .side((byte) 'B')
        .timeInForce((byte) '0')
        .display((byte) 'Y')
        .capacity((byte) 'A')
        .interMarketSweep((byte) 'N')
        .crossType((byte) 'N')
        .orderState((byte) 'L')
        .clOrdId("ORD0003       ")
        .tags()
        .present(0);
    assertEncoded(
        "55"
            + TS
            + "0000000100000003420000009641434d4520202020000000000016f10c305900000000000003eb"
            + "414e4e4c4f52443030303320202020202020"
            + "0000",
        false);
    OrderCanceledEncoder canceled = new OrderCanceledEncoder();
    canceled
        .wrapAndApplyHeader(event, 0, header)
        .userRefNum(1)
        .quantity(60)
        .reason((byte) 'U')
        .userRefIdx((short) 0);
    assertEncoded("43" + TS + "000000010000003c55", false);
    canceled.userRefIdx((short) 1);
    assertEncoded("43" + TS + "000000010000003c550003021c01", false);
    new OrderRejectedEncoder()
        .wrapAndApplyHeader(event, 0, header)
        .userRefNum(7)
        .reason(0x17)
        .userRefIdx((short) 0)
        .clOrdId("ORD0007       ");
    assertEncoded("4a" + TS + "0000000700174f52443030303720202020202020", false);
    new AccountQueriedEncoder()
        .wrapAndApplyHeader(event, 0, header)
        .nextUserRefNum(8)
        .userRefIdx((short) 0);
    assertEncoded("51" + TS + "00000008", false);
    new OrderModifiedEncoder()
        .wrapAndApplyHeader(event, 0, header)
        .userRefNum(2)
        .side((byte) 'S')
        .quantity(400)
        .tags()
        .present(0);
    assertEncoded("4d" + TS + "000000025300000190", false);
  }

  @Test
  void shouldEncodeTheAnswersOfAccounts() {
    MassCanceledEncoder massCanceled = new MassCanceledEncoder();
    massCanceled
        .wrapAndApplyHeader(event, 0, header)
        .symbol(0x2020202020202020L)
        .userRefNum(4)
        .firm("MKRA")
        .tags()
        .present(0);
    assertEncoded("58" + TS + "000000044d4b524120202020202020200000", false);
    massCanceled
        .symbol(ACME)
        .tags()
        .present(1 << 24 | 1 << 27 | 1 << 28)
        .groupId(7)
        .side((byte) 'B')
        .userRefIdx((short) 1);
    assertEncoded(
        "58" + TS + "000000044d4b524141434d4520202020" + "000a" + "03180007021b42021c01", false);
    OrderEntryDisabledEncoder disabled = new OrderEntryDisabledEncoder();
    disabled.wrapAndApplyHeader(event, 0, header).userRefNum(5).userRefIdx((short) 0).firm("MKRA");
    assertEncoded("47" + TS + "000000054d4b52410000", false);
    disabled.userRefIdx((short) 2);
    assertEncoded("47" + TS + "000000054d4b52410003021c02", false);
    OrderEntryEnabledEncoder enabled = new OrderEntryEnabledEncoder();
    enabled.wrapAndApplyHeader(event, 0, header).userRefNum(6).userRefIdx((short) 0).firm("MKRA");
    assertEncoded("4b" + TS + "000000064d4b52410000", false);
    enabled.userRefIdx((short) 255);
    assertEncoded("4b" + TS + "000000064d4b52410003021cff", false);
  }

  @Test
  void shouldEncodeBothSidesOfAnExecution() {
    new OrderExecutedEncoder()
        .wrapAndApplyHeader(event, 0, header)
        .matchNumber(9_001)
        .price(1_503_400)
        .quantity(40)
        .restingUserRefNum(1)
        .incomingUserRefNum(2)
        .restingLiquidity((byte) 'A')
        .incomingLiquidity((byte) 'R')
        .restingUserRefIdx((short) 0)
        .incomingUserRefIdx((short) 3);
    String middle = "00000028000000000016f0a8";
    assertEncoded("45" + TS + "00000001" + middle + "4100000000000023290000", false);
    assertEncoded("45" + TS + "00000002" + middle + "5200000000000023290003021c03", true);
    assertEquals('R', new OuchExecutedDecoder().wrap(out, 0, 34, 0).liquidityFlag());
  }

  @Test
  void shouldCarryTagsToTheAnswerUnchanged() {
    String tags =
        "05024d4b5241"
            + "050300000064"
            + "02044e"
            + "050500000032"
            + "02064c"
            + "0507fffffff6"
            + "0909000000000016f0a8"
            + "020a4c"
            + "050b0000000a"
            + "020c50"
            + "050d00000007"
            + "050f00000e10"
            + "02104e"
            + "021149"
            + "03180102"
            + "021959"
            + "021c09"
            + "021d2a"
            + "031e2a2a";
    String length = String.format(Locale.ROOT, "%04x", tags.length() / 2);
    UnsafeBuffer command =
        command(
            "4f00000001420000006441434d4520202020000000000016f0a83059414e4e4f52443030303120202020202020"
                + length
                + tags);
    EnterOrderDecoder enter = new EnterOrderDecoder();
    enter.wrapAndApplyHeader(command, 0, headerDecoder);
    assertEquals(-10, enter.tags().pegOffset());
    assertEquals(258, enter.tags().groupId());
    int bytes =
        OuchAppendage.encode(
            command, 8 + EnterOrderDecoder.tagsEncodingOffset(), OuchAppendage.ENTER_TAGS, out, 0);
    assertEquals(length + tags, Hex.text(out, 0, bytes));
  }

  @Test
  void shouldEncodeWhatNoEventLeadsToYet() {
    new OuchAiqCanceledEncoder()
        .wrap(out, 0)
        .messageType((byte) 'D')
        .timestamp(TIME_NS)
        .userRefNum(1)
        .decrementShares(10)
        .reason((byte) 'Q')
        .quantityPreventedFromTrading(10)
        .executionPrice(1_503_400)
        .liquidityFlag((byte) 'R')
        .aiqStrategy((byte) 'D');
    assertOut("44" + TS + "000000010000000a510000000a000000000016f0a85244");
    new OuchBrokenTradeEncoder()
        .wrap(out, 0)
        .messageType((byte) 'B')
        .timestamp(TIME_NS)
        .userRefNum(1)
        .matchNumber(9_001)
        .reason((byte) 'E')
        .clOrdId("ORD0001       ");
    assertOut("42" + TS + "000000010000000000002329454f52443030303120202020202020");
    new OuchCancelPendingEncoder()
        .wrap(out, 0)
        .messageType((byte) 'P')
        .timestamp(TIME_NS)
        .userRefNum(8);
    assertOut("50" + TS + "00000008");
    new OuchCancelRejectEncoder()
        .wrap(out, 0)
        .messageType((byte) 'I')
        .timestamp(TIME_NS)
        .userRefNum(8);
    assertOut("49" + TS + "00000008");
    new OuchPriorityUpdateEncoder()
        .wrap(out, 0)
        .messageType((byte) 'T')
        .timestamp(TIME_NS)
        .userRefNum(1)
        .price(1_503_400)
        .display((byte) 'Y')
        .orderReferenceNumber(1_004);
    assertOut("54" + TS + "00000001000000000016f0a85900000000000003ec");
    new OuchRestatedEncoder()
        .wrap(out, 0)
        .messageType((byte) 'R')
        .timestamp(TIME_NS)
        .userRefNum(1)
        .reason((byte) 'R');
    assertOut("52" + TS + "0000000152");
  }

  @Test
  void shouldEncodeInboundForClients() {
    new OuchEnterOrderEncoder()
        .wrap(out, 0)
        .messageType((byte) 'O')
        .userRefNum(1)
        .side((byte) 'B')
        .quantity(100)
        .symbol(ACME)
        .price(1_503_400)
        .timeInForce((byte) '0')
        .display((byte) 'Y')
        .capacity((byte) 'A')
        .interMarketSweep((byte) 'N')
        .crossType((byte) 'N')
        .clOrdId("ORD0001       ");
    assertOut(
        "4f00000001420000006441434d4520202020000000000016f0a83059414e4e4f52443030303120202020202020");
    new OuchCancelOrderEncoder().wrap(out, 0).messageType((byte) 'X').userRefNum(3).quantity(0);
    int length = 9 + OuchAppendage.encodeUserRefIdx(1, out, 9);
    assertEquals("5800000003000000000003021c01", Hex.text(out, 0, length));
  }

  private UnsafeBuffer command(String message) {
    UnsafeBuffer wire = Hex.buffer(message);
    OuchCommandDecoder decoder = new OuchCommandDecoder();
    int length = decoder.check(wire, 0, wire.capacity());
    assertTrue(length > 0, message);
    UnsafeBuffer command = new UnsafeBuffer(new byte[length]);
    command.setMemory(0, length, (byte) 0x55);
    decoder.decode(wire, 0, wire.capacity(), 0, command, 0);
    return command;
  }

  private void assertEncoded(String expected, boolean incoming) {
    int length = new OuchEventEncoder().encode(event, 0, incoming, TIME_NS, out, 0);
    assertEquals(expected, Hex.text(out, 0, length));
  }

  private void assertOut(String expected) {
    assertEquals(expected, Hex.text(out, 0, expected.length() / 2));
  }
}
