package io.tradepit.recovery;

import io.tradepit.stream.Log;
import io.tradepit.stream.LogHandler;
import io.tradepit.stream.LogHistory;
import org.agrona.DirectBuffer;

/**
 * The log of a day that goes on: first what was recorded before the start and not applied yet, then
 * the live log.
 *
 * <p>Belongs to the matcher's thread, but for {@link #offer} and the positions, which go to the
 * live log.
 */
public final class CatchUpLog implements Log {
  private final LogHistory recorded;
  private final Log live;
  private final long end;
  private long position;

  /**
   * Reads {@code [from, end)} of the recorded log before the live one, which begins at {@code end}.
   */
  public CatchUpLog(LogHistory recorded, long from, long end, Log live) {
    this.recorded = recorded;
    this.position = from;
    this.end = end;
    this.live = live;
  }

  @Override
  public long offer(
      DirectBuffer header,
      int headerOffset,
      int headerLength,
      DirectBuffer body,
      int bodyOffset,
      int bodyLength) {
    return live.offer(header, headerOffset, headerLength, body, bodyOffset, bodyLength);
  }

  @Override
  public long releasePosition() {
    return live.releasePosition();
  }

  @Override
  public long offeredPosition() {
    return live.offeredPosition();
  }

  @Override
  public long polledPosition() {
    return position < end ? position : live.polledPosition();
  }

  @Override
  public int poll(LogHandler handler, int limit) {
    if (position >= end) {
      return live.poll(handler, limit);
    }
    int taken = 0;
    while (taken < limit && position < end) {
      long next = recorded.read(position, end, handler, 1);
      if (next == position) {
        return taken;
      }
      position = next;
      taken++;
    }
    return taken;
  }
}
