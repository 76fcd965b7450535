package io.tradepit.protocol.ouch;

import io.tradepit.protocol.ouch.wire.OuchAccountQueryDecoder;
import io.tradepit.protocol.ouch.wire.OuchCancelOrderDecoder;
import io.tradepit.protocol.ouch.wire.OuchDisableOrderEntryDecoder;
import io.tradepit.protocol.ouch.wire.OuchEnableOrderEntryDecoder;
import io.tradepit.protocol.ouch.wire.OuchEnterOrderDecoder;
import io.tradepit.protocol.ouch.wire.OuchMassCancelDecoder;
import io.tradepit.protocol.ouch.wire.OuchModifyOrderDecoder;
import io.tradepit.protocol.ouch.wire.OuchReplaceOrderDecoder;
import io.tradepit.protocol.sbe.AccountQueryEncoder;
import io.tradepit.protocol.sbe.CancelOrderEncoder;
import io.tradepit.protocol.sbe.DisableOrderEntryEncoder;
import io.tradepit.protocol.sbe.EnableOrderEntryEncoder;
import io.tradepit.protocol.sbe.EnterOrderEncoder;
import io.tradepit.protocol.sbe.MassCancelEncoder;
import io.tradepit.protocol.sbe.MessageHeaderEncoder;
import io.tradepit.protocol.sbe.ModifyOrderEncoder;
import io.tradepit.protocol.sbe.ReplaceOrderEncoder;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * Decodes a member's OUCH 5.0 message (2.5 of the protocol) into the command that the log keeps.
 *
 * <p>Strict in form and silent on content: a message of the wrong length, of an unknown type or
 * with a broken appendage is no command; whether a price or a letter makes sense is the matcher's
 * to say. One thread; nothing allocates.
 */
public final class OuchCommandDecoder {
  /** Returned for a letter that no inbound message has, and for no bytes at all. */
  public static final int UNKNOWN_TYPE = -1;

  /** Returned for a message with a wrong length or a broken appendage. */
  public static final int MALFORMED = -2;

  private static final int CL_ORD_ID_LENGTH = EnterOrderEncoder.clOrdIdLength();
  private static final int FIRM_LENGTH = MassCancelEncoder.firmLength();

  private final OuchEnterOrderDecoder enter = new OuchEnterOrderDecoder();
  private final OuchReplaceOrderDecoder replace = new OuchReplaceOrderDecoder();
  private final OuchCancelOrderDecoder cancel = new OuchCancelOrderDecoder();
  private final OuchModifyOrderDecoder modify = new OuchModifyOrderDecoder();
  private final OuchMassCancelDecoder massCancel = new OuchMassCancelDecoder();
  private final OuchDisableOrderEntryDecoder disable = new OuchDisableOrderEntryDecoder();
  private final OuchEnableOrderEntryDecoder enable = new OuchEnableOrderEntryDecoder();

  private final MessageHeaderEncoder header = new MessageHeaderEncoder();
  private final EnterOrderEncoder enterOrder = new EnterOrderEncoder();
  private final ReplaceOrderEncoder replaceOrder = new ReplaceOrderEncoder();
  private final CancelOrderEncoder cancelOrder = new CancelOrderEncoder();
  private final ModifyOrderEncoder modifyOrder = new ModifyOrderEncoder();
  private final MassCancelEncoder massCancelOrders = new MassCancelEncoder();
  private final DisableOrderEntryEncoder disableOrderEntry = new DisableOrderEntryEncoder();
  private final EnableOrderEntryEncoder enableOrderEntry = new EnableOrderEntryEncoder();
  private final AccountQueryEncoder accountQuery = new AccountQueryEncoder();

  /**
   * Checks a message.
   *
   * @param length all its bytes, 0 or more
   * @return bytes of its command with the SBE header, or {@link #UNKNOWN_TYPE}, or {@link
   *     #MALFORMED}
   */
  public int check(DirectBuffer buffer, int offset, int length) {
    int block = length == 0 ? 0 : blockLength(buffer.getByte(offset));
    if (block == 0) {
      return UNKNOWN_TYPE;
    }
    boolean bare = length == block && mayEndBeforeAppendage(buffer.getByte(offset));
    if (!bare
        && (length < block || !OuchAppendage.isValid(buffer, offset + block, offset + length))) {
      return MALFORMED;
    }
    return MessageHeaderEncoder.ENCODED_LENGTH + commandBlockLength(buffer.getByte(offset));
  }

  /**
   * Writes the command of a message that {@link #check} let pass: SBE header and block, all of it
   * but the {@code origin}, which is zero.
   *
   * @param verdict 0 = no objection, else an OUCH reject reason
   */
  public void decode(
      DirectBuffer buffer,
      int offset,
      int length,
      int verdict,
      MutableDirectBuffer target,
      int targetOffset) {
    int block = targetOffset + MessageHeaderEncoder.ENCODED_LENGTH;
    // Absent tags and padding are zero whatever was in the buffer before: equal logs, equal bytes.
    target.setMemory(block, commandBlockLength(buffer.getByte(offset)), (byte) 0);
    int end = offset + length;
    switch (buffer.getByte(offset)) {
      case 'O' -> enterOrder(buffer, offset, end, verdict, target, targetOffset);
      case 'U' -> replaceOrder(buffer, offset, end, verdict, target, targetOffset);
      case 'X' -> cancelOrder(buffer, offset, end, verdict, target, targetOffset);
      case 'M' -> modifyOrder(buffer, offset, end, verdict, target, targetOffset);
      case 'C' -> massCancel(buffer, offset, end, verdict, target, targetOffset);
      case 'D' -> disable(buffer, offset, end, verdict, target, targetOffset);
      case 'E' -> enable(buffer, offset, end, verdict, target, targetOffset);
      default -> accountQuery(buffer, offset, end, verdict, target, targetOffset);
    }
  }

  /** Whether the message takes a new user reference number: {@code O U C D E}. */
  public static boolean takesUserRefNum(byte type) {
    return type == 'O' || type == 'U' || type == 'C' || type == 'D' || type == 'E';
  }

  /** Bytes of the fixed part of an inbound message, 0 for an unknown letter. */
  public static int blockLength(byte type) {
    return switch (type) {
      case 'O' -> OuchEnterOrderDecoder.BLOCK_LENGTH;
      case 'U' -> OuchReplaceOrderDecoder.BLOCK_LENGTH;
      case 'X' -> OuchCancelOrderDecoder.BLOCK_LENGTH;
      case 'M' -> OuchModifyOrderDecoder.BLOCK_LENGTH;
      case 'C' -> OuchMassCancelDecoder.BLOCK_LENGTH;
      case 'D' -> OuchDisableOrderEntryDecoder.BLOCK_LENGTH;
      case 'E' -> OuchEnableOrderEntryDecoder.BLOCK_LENGTH;
      case 'Q' -> OuchAccountQueryDecoder.BLOCK_LENGTH;
      default -> 0;
    };
  }

  private static int commandBlockLength(byte type) {
    return switch (type) {
      case 'O' -> EnterOrderEncoder.BLOCK_LENGTH;
      case 'U' -> ReplaceOrderEncoder.BLOCK_LENGTH;
      case 'X' -> CancelOrderEncoder.BLOCK_LENGTH;
      case 'M' -> ModifyOrderEncoder.BLOCK_LENGTH;
      case 'C' -> MassCancelEncoder.BLOCK_LENGTH;
      case 'D' -> DisableOrderEntryEncoder.BLOCK_LENGTH;
      case 'E' -> EnableOrderEntryEncoder.BLOCK_LENGTH;
      default -> AccountQueryEncoder.BLOCK_LENGTH;
    };
  }

  private static boolean mayEndBeforeAppendage(byte type) {
    return type == 'X' || type == 'M' || type == 'Q';
  }

  private void enterOrder(
      DirectBuffer buffer, int offset, int end, int verdict, MutableDirectBuffer target, int at) {
    enter.wrap(buffer, offset, OuchEnterOrderDecoder.BLOCK_LENGTH, 0);
    enterOrder
        .wrapAndApplyHeader(target, at, header)
        .symbol(enter.symbol())
        .price(enter.price())
        .userRefNum(enter.userRefNum())
        .quantity(enter.quantity())
        .verdict(verdict)
        .side(enter.side())
        .timeInForce(enter.timeInForce())
        .display(enter.display())
        .capacity(enter.capacity())
        .interMarketSweep(enter.interMarketSweep())
        .crossType(enter.crossType());
    target.putBytes(
        enterOrder.offset() + EnterOrderEncoder.clOrdIdEncodingOffset(),
        buffer,
        offset + OuchEnterOrderDecoder.clOrdIdEncodingOffset(),
        CL_ORD_ID_LENGTH);
    OuchAppendage.decode(
        buffer,
        offset + OuchEnterOrderDecoder.BLOCK_LENGTH,
        end,
        OuchAppendage.ENTER_TAGS,
        target,
        enterOrder.offset() + EnterOrderEncoder.tagsEncodingOffset());
  }

  private void replaceOrder(
      DirectBuffer buffer, int offset, int end, int verdict, MutableDirectBuffer target, int at) {
    replace.wrap(buffer, offset, OuchReplaceOrderDecoder.BLOCK_LENGTH, 0);
    replaceOrder
        .wrapAndApplyHeader(target, at, header)
        .price(replace.price())
        .origUserRefNum(replace.origUserRefNum())
        .userRefNum(replace.userRefNum())
        .quantity(replace.quantity())
        .verdict(verdict)
        .timeInForce(replace.timeInForce())
        .display(replace.display())
        .interMarketSweep(replace.interMarketSweep());
    target.putBytes(
        replaceOrder.offset() + ReplaceOrderEncoder.clOrdIdEncodingOffset(),
        buffer,
        offset + OuchReplaceOrderDecoder.clOrdIdEncodingOffset(),
        CL_ORD_ID_LENGTH);
    OuchAppendage.decode(
        buffer,
        offset + OuchReplaceOrderDecoder.BLOCK_LENGTH,
        end,
        OuchAppendage.REPLACE_TAGS,
        target,
        replaceOrder.offset() + ReplaceOrderEncoder.tagsEncodingOffset());
  }

  private void cancelOrder(
      DirectBuffer buffer, int offset, int end, int verdict, MutableDirectBuffer target, int at) {
    cancel.wrap(buffer, offset, OuchCancelOrderDecoder.BLOCK_LENGTH, 0);
    cancelOrder
        .wrapAndApplyHeader(target, at, header)
        .userRefNum(cancel.userRefNum())
        .quantity(cancel.quantity())
        .verdict(verdict)
        .userRefIdx(
            OuchAppendage.userRefIdx(buffer, offset + OuchCancelOrderDecoder.BLOCK_LENGTH, end));
  }

  private void modifyOrder(
      DirectBuffer buffer, int offset, int end, int verdict, MutableDirectBuffer target, int at) {
    modify.wrap(buffer, offset, OuchModifyOrderDecoder.BLOCK_LENGTH, 0);
    modifyOrder
        .wrapAndApplyHeader(target, at, header)
        .userRefNum(modify.userRefNum())
        .quantity(modify.quantity())
        .verdict(verdict)
        .side(modify.side());
    OuchAppendage.decode(
        buffer,
        offset + OuchModifyOrderDecoder.BLOCK_LENGTH,
        end,
        OuchAppendage.MODIFY_TAGS,
        target,
        modifyOrder.offset() + ModifyOrderEncoder.tagsEncodingOffset());
  }

  private void massCancel(
      DirectBuffer buffer, int offset, int end, int verdict, MutableDirectBuffer target, int at) {
    massCancel.wrap(buffer, offset, OuchMassCancelDecoder.BLOCK_LENGTH, 0);
    massCancelOrders
        .wrapAndApplyHeader(target, at, header)
        .symbol(massCancel.symbol())
        .userRefNum(massCancel.userRefNum())
        .verdict(verdict);
    target.putBytes(
        massCancelOrders.offset() + MassCancelEncoder.firmEncodingOffset(),
        buffer,
        offset + OuchMassCancelDecoder.firmEncodingOffset(),
        FIRM_LENGTH);
    OuchAppendage.decode(
        buffer,
        offset + OuchMassCancelDecoder.BLOCK_LENGTH,
        end,
        OuchAppendage.MASS_CANCEL_TAGS,
        target,
        massCancelOrders.offset() + MassCancelEncoder.tagsEncodingOffset());
  }

  private void disable(
      DirectBuffer buffer, int offset, int end, int verdict, MutableDirectBuffer target, int at) {
    disable.wrap(buffer, offset, OuchDisableOrderEntryDecoder.BLOCK_LENGTH, 0);
    disableOrderEntry
        .wrapAndApplyHeader(target, at, header)
        .userRefNum(disable.userRefNum())
        .verdict(verdict)
        .userRefIdx(
            OuchAppendage.userRefIdx(
                buffer, offset + OuchDisableOrderEntryDecoder.BLOCK_LENGTH, end));
    target.putBytes(
        disableOrderEntry.offset() + DisableOrderEntryEncoder.firmEncodingOffset(),
        buffer,
        offset + OuchDisableOrderEntryDecoder.firmEncodingOffset(),
        FIRM_LENGTH);
  }

  private void enable(
      DirectBuffer buffer, int offset, int end, int verdict, MutableDirectBuffer target, int at) {
    enable.wrap(buffer, offset, OuchEnableOrderEntryDecoder.BLOCK_LENGTH, 0);
    enableOrderEntry
        .wrapAndApplyHeader(target, at, header)
        .userRefNum(enable.userRefNum())
        .verdict(verdict)
        .userRefIdx(
            OuchAppendage.userRefIdx(
                buffer, offset + OuchEnableOrderEntryDecoder.BLOCK_LENGTH, end));
    target.putBytes(
        enableOrderEntry.offset() + EnableOrderEntryEncoder.firmEncodingOffset(),
        buffer,
        offset + OuchEnableOrderEntryDecoder.firmEncodingOffset(),
        FIRM_LENGTH);
  }

  private void accountQuery(
      DirectBuffer buffer, int offset, int end, int verdict, MutableDirectBuffer target, int at) {
    accountQuery
        .wrapAndApplyHeader(target, at, header)
        .verdict(verdict)
        .userRefIdx(
            OuchAppendage.userRefIdx(buffer, offset + OuchAccountQueryDecoder.BLOCK_LENGTH, end));
  }
}
