package io.tradepit.transport;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Bytes on their way to a peer: a ring whose one contiguous part at a time Netty is sending from.
 *
 * <pre>
 *        taken          start of send   end of send        written
 *   -------+--------------------------------+-----------------+--------
 *          | the kernel   | Netty's, one    | copied, not yet |  free
 *          | took it      | send in flight  | handed over     |
 * </pre>
 *
 * <p>Handing over allocates nothing: Netty gets this very memory, one reference more, and no
 * promise. It is done when the reference is back; before that its reader index says how far.
 */
final class SendBuffer {
  private final ByteBuf memory;
  private final UnsafeBuffer view;
  private final int capacity;
  private long written;
  private long taken;
  private long sendBase;
  private int sendIndex;
  private int sendLength;
  private boolean isShort;

  SendBuffer(ByteBufAllocator allocator, int capacity) {
    this.capacity = capacity;
    memory = allocator.directBuffer(capacity, capacity);
    view = new UnsafeBuffer(memory.nioBuffer(0, capacity));
  }

  /** Makes it ready for another connection. */
  void clear() {
    assert !isHeld();
    written = 0;
    taken = 0;
    sendLength = 0;
    isShort = false;
  }

  /** Whether Netty, and so perhaps the kernel, still reads from it. */
  boolean isHeld() {
    return memory.refCnt() > 1;
  }

  void release() {
    memory.release();
  }

  int unsentBytes() {
    return (int) (written - taken);
  }

  /** Copies as many bytes as there is room for. */
  int offer(DirectBuffer source, int offset, int length) {
    int count = Math.min(length, capacity - unsentBytes());
    int index = (int) written & (capacity - 1);
    int upToEnd = Math.min(count, capacity - index);
    view.putBytes(index, source, offset, upToEnd);
    view.putBytes(0, source, offset + upToEnd, count - upToEnd);
    written += count;
    return count;
  }

  /**
   * Hands over the next contiguous part if Netty is done with the one before.
   *
   * @return whether something was handed over
   */
  boolean send(Channel channel) {
    int unsent = unsentBytes();
    if (sendLength > 0 || unsent == 0) {
      return false;
    }
    sendBase = taken;
    sendIndex = (int) taken & (capacity - 1);
    sendLength = Math.min(unsent, capacity - sendIndex);
    isShort = false;
    memory.setIndex(sendIndex, sendIndex + sendLength);
    memory.retain();
    ChannelFuture _ = channel.writeAndFlush(memory, channel.voidPromise());
    return true;
  }

  /** Sees what became of the send in flight: returns the bytes that went since it was last seen. */
  int settle() {
    if (sendLength == 0) {
      return 0;
    }
    long before = taken;
    if (isHeld()) {
      taken = sendBase + memory.readerIndex() - sendIndex;
    } else {
      taken = sendBase + sendLength;
      sendLength = 0;
    }
    return (int) (taken - before);
  }

  /** Whether the send in flight was not taken whole at once; says so once for each send. */
  boolean becameShort() {
    boolean became = sendLength > 0 && !isShort;
    isShort |= became;
    return became;
  }
}
