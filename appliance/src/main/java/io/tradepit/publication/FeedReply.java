package io.tradepit.publication;

import io.tradepit.protocol.mold.MoldPacketEncoder;
import java.nio.ByteBuffer;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The one packet that answers a request: whole messages from the wanted number on, as many as were
 * asked for and fit. One thread; allocates nothing.
 */
final class FeedReply implements FeedSink {
  /** Where a message goes that does not fit any more. */
  private static final int SCRATCH_BYTES = 64;

  private final int payloadBytes;
  private final ByteBuffer packet;
  private final UnsafeBuffer buffer;
  private final MoldPacketEncoder encoder = new MoldPacketEncoder();
  private long next;
  private long end;

  /**
   * @param payloadBytes of the largest packet
   */
  FeedReply(int payloadBytes) {
    this.payloadBytes = payloadBytes;
    packet = ByteBuffer.allocateDirect(payloadBytes + SCRATCH_BYTES);
    buffer = new UnsafeBuffer(packet);
  }

  /**
   * @param first number of the first message
   * @param count at most this many, from 1
   */
  void begin(DirectBuffer session, long first, long count) {
    next = first;
    end = first + count;
    encoder.begin(buffer, 0, payloadBytes, session, first);
  }

  /** Whether nothing more goes in. */
  boolean isComplete() {
    return next == end;
  }

  /** Number of the first message that is not in it. */
  long next() {
    return next;
  }

  /** Messages in it. */
  int count() {
    return encoder.count();
  }

  /** Completes the packet and returns it, ready to be sent. */
  ByteBuffer packet() {
    packet.limit(encoder.end()).position(0);
    return packet;
  }

  @Override
  public boolean accepts(long number) {
    if (number < next || isComplete()) {
      return false;
    }
    if (number != next) {
      throw new IllegalStateException("feedMessageNumber=" + number + " expected=" + next);
    }
    return true;
  }

  @Override
  public int claim(int messageLength) {
    if (!encoder.hasRoomFor(messageLength)) {
      end = next;
      return payloadBytes;
    }
    next++;
    return encoder.append(messageLength);
  }

  @Override
  public MutableDirectBuffer buffer() {
    return buffer;
  }
}
