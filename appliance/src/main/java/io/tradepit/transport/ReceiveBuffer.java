package io.tradepit.transport;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.ChannelConfig;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.util.UncheckedBooleanSupplier;
import java.util.ArrayDeque;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Bytes from a peer that the listener did not take yet. Netty reads into the one fixed memory of
 * this buffer, one read for each request, so nothing is allocated while the peer is there.
 *
 * <p>When the peer shuts its side, Netty reads what the kernel still holds without being asked.
 * Only then more memory is allocated, at most as much as the kernel's own receive buffer.
 */
@SuppressWarnings("deprecation") // Handle is deprecated, and still what newHandle() must return.
final class ReceiveBuffer implements RecvByteBufAllocator, RecvByteBufAllocator.ExtendedHandle {
  private final ByteBuf memory;
  private final UnsafeBuffer memoryView;
  private final UnsafeBuffer laterView = new UnsafeBuffer();
  private final ArrayDeque<ByteBuf> later = new ArrayDeque<>();
  private ByteBuf current;
  private int lastBytes;
  private int attemptedBytes;

  ReceiveBuffer(ByteBufAllocator allocator) {
    memory = allocator.directBuffer(Transport.MAX_READ_BYTES, Transport.MAX_READ_BYTES);
    memoryView = new UnsafeBuffer(memory.nioBuffer(0, Transport.MAX_READ_BYTES));
  }

  /** Whether Netty, and so perhaps the kernel, still writes into it. */
  boolean isHeld() {
    return memory.refCnt() > 1;
  }

  void release() {
    memory.release();
  }

  /** What Netty read. */
  void add(ByteBuf bytes) {
    if (current == null) {
      current = bytes;
    } else {
      later.add(bytes);
    }
  }

  boolean isEmpty() {
    return current == null;
  }

  /** The bytes to take next lie in {@link #view()} from here. */
  int offset() {
    return current.readerIndex();
  }

  int length() {
    return current.readableBytes();
  }

  @SuppressWarnings("ReferenceEquality") // It is the very memory that matters, not what it holds.
  UnsafeBuffer view() {
    if (current == memory) {
      return memoryView;
    }
    laterView.wrap(current.nioBuffer(0, current.writerIndex()));
    return laterView;
  }

  /** Drops bytes that were taken. */
  void take(int count) {
    current.skipBytes(count);
    if (!current.isReadable()) {
      current.release();
      current = later.poll();
    }
  }

  /** Drops everything. */
  void discard() {
    while (current != null) {
      take(length());
    }
  }

  @Override
  public Handle newHandle() {
    return this;
  }

  @Override
  public ByteBuf allocate(ByteBufAllocator allocator) {
    return isHeld() ? allocator.directBuffer(Transport.MAX_READ_BYTES) : memory.clear().retain();
  }

  @Override
  public int guess() {
    return Transport.MAX_READ_BYTES;
  }

  @Override
  public void reset(ChannelConfig config) {
    lastBytes = 0;
    attemptedBytes = 0;
  }

  @Override
  public void incMessagesRead(int count) {
    // One read for each request: there is nothing to count.
  }

  @Override
  public void lastBytesRead(int bytes) {
    lastBytes = bytes;
  }

  @Override
  public int lastBytesRead() {
    return lastBytes;
  }

  @Override
  public void attemptedBytesRead(int bytes) {
    attemptedBytes = bytes;
  }

  @Override
  public int attemptedBytesRead() {
    return attemptedBytes;
  }

  @Override
  public boolean continueReading() {
    return false;
  }

  @Override
  public boolean continueReading(UncheckedBooleanSupplier maybeMoreData) {
    return false;
  }

  @Override
  public void readComplete() {
    // The transport asks for the next read when the listener took this one.
  }
}
