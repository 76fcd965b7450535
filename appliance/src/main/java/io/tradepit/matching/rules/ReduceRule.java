package io.tradepit.matching.rules;

import io.tradepit.matching.book.OrderLine;
import io.tradepit.protocol.sbe.CancelOrderDecoder;
import io.tradepit.protocol.sbe.ModifyOrderDecoder;
import io.tradepit.protocol.sbe.TagsDecoder;
import org.agrona.DirectBuffer;
import org.agrona.UnsafeApi;

/** Cancel Order and Modify Order (RULES.md 7): an order gets smaller and keeps its place. */
final class ReduceRule {
  private final MatchingState state;
  private final EventWriter events;
  private final Execution execution;
  private final CancelOrderDecoder cancel = new CancelOrderDecoder();
  private final ModifyOrderDecoder modify = new ModifyOrderDecoder();

  ReduceRule(MatchingState state, EventWriter events, Execution execution) {
    this.state = state;
    this.events = events;
    this.execution = execution;
  }

  boolean cancel(int session, DirectBuffer buffer, int offset) {
    cancel.wrap(buffer, offset, CancelOrderDecoder.BLOCK_LENGTH, CancelOrderDecoder.SCHEMA_VERSION);
    if (cancel.verdict() != 0) {
      return true;
    }
    int order = state.openOrders.find(session, cancel.userRefIdx(), (int) cancel.userRefNum());
    if (order != 0) {
      reduceTo(order, cancel.quantity());
    }
    return true;
  }

  private void reduceTo(int order, long size) {
    long line = state.orders.line(order);
    int remaining = UnsafeApi.getInt(line + OrderLine.REMAINING);
    long target = targetOf(line, size);
    if (target == 0) {
      execution.cancel(order, 'U');
    } else if (target < remaining) {
      int removed = remaining - (int) target;
      execution.reduce(order, removed);
      events.canceled(order, removed, 'U', true);
    }
  }

  /** What may remain when the order's size is this, its executed quantity included. */
  private static long targetOf(long line, long size) {
    return Math.max(0, size - UnsafeApi.getInt(line + OrderLine.EXECUTED));
  }

  boolean modify(int session, DirectBuffer buffer, int offset) {
    modify.wrap(buffer, offset, ModifyOrderDecoder.BLOCK_LENGTH, ModifyOrderDecoder.SCHEMA_VERSION);
    if (modify.verdict() != 0) {
      return true;
    }
    int tagsOffset = offset + ModifyOrderDecoder.tagsEncodingOffset();
    TagsDecoder tags = modify.tags();
    boolean inChannel = OrderChecks.has(buffer.getInt(tagsOffset), 28);
    int channel = inChannel ? tags.userRefIdx() : 0;
    int order = state.openOrders.find(session, channel, (int) modify.userRefNum());
    if (order != 0) {
      resize(order, buffer, tagsOffset);
    }
    return true;
  }

  private void resize(int order, DirectBuffer buffer, int tagsOffset) {
    long line = state.orders.line(order);
    byte side = UnsafeApi.getByte(line + OrderLine.SIDE);
    byte wanted = modify.side();
    boolean sideAllowed =
        wanted == side || (OrderChecks.isSell(wanted) && OrderChecks.isSell(side));
    long removed = UnsafeApi.getInt(line + OrderLine.REMAINING) - targetOf(line, modify.quantity());
    if (!sideAllowed || removed < 0 || (removed == 0 && wanted == side)) {
      return;
    }
    if (removed == UnsafeApi.getInt(line + OrderLine.REMAINING)) {
      execution.cancel(order, 'U');
      return;
    }
    change(order, line, wanted, (int) removed);
    events.modified(order, (int) removed, buffer, tagsOffset);
  }

  private void change(int order, long line, byte side, int removed) {
    if (removed > 0) {
      execution.reduce(order, removed);
    }
    state.orders.leaveHash(order);
    UnsafeApi.putByte(line + OrderLine.SIDE, side);
    state.orders.enterHash(order);
  }
}
