package io.tradepit.gateway;

import io.tradepit.protocol.ouch.OuchCommandDecoder;
import io.tradepit.protocol.sbe.ConnectSessionEncoder;
import io.tradepit.protocol.sbe.DisconnectSessionEncoder;
import io.tradepit.protocol.sbe.MessageHeaderEncoder;
import io.tradepit.protocol.sbe.OriginEncoder;
import io.tradepit.time.Clock;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.collections.LongArrayQueue;
import org.agrona.concurrent.ringbuffer.RingBuffer;

/**
 * The gateway's end of the ring to the sequencer: encodes commands in place and numbers them.
 *
 * <p>Session commands that find the ring full wait here, a long each, and go before any later
 * command. Gateway thread; orders allocate nothing.
 */
final class CommandWriter {
  /** Type of every record in the ring. */
  static final int MESSAGE_TYPE = 1;

  private static final int HEADER = MessageHeaderEncoder.ENCODED_LENGTH;
  private static final byte CONNECT = 0;
  private static final byte POLLED = 'P';

  private final RingBuffer ring;
  private final Clock clock;
  private final int gateway;
  private final MessageHeaderEncoder header = new MessageHeaderEncoder();
  private final OriginEncoder origin = new OriginEncoder();
  private final ConnectSessionEncoder connect = new ConnectSessionEncoder();
  private final DisconnectSessionEncoder disconnect = new DisconnectSessionEncoder();
  // reason or CONNECT << 48 | session << 32 | epoch
  private final LongArrayQueue waiting = new LongArrayQueue(64, Long.MIN_VALUE, true);
  private long nextSequence;

  CommandWriter(RingBuffer ring, Clock clock, int gateway, long firstSequence) {
    this.ring = ring;
    this.clock = clock;
    this.gateway = gateway;
    this.nextSequence = firstSequence;
  }

  /** Writes a member's checked message; false when the ring is full and nothing was done. */
  boolean order(
      OuchCommandDecoder decoder,
      DirectBuffer message,
      int offset,
      int length,
      int commandLength,
      int verdict,
      int sessionId,
      int epoch,
      long ingressTimeNs,
      byte ingressSource) {
    int index = waiting.isEmpty() ? ring.tryClaim(MESSAGE_TYPE, commandLength) : -1;
    if (index < 0) {
      return false;
    }
    MutableDirectBuffer buffer = ring.buffer();
    decoder.decode(message, offset, length, verdict, buffer, index);
    stamp(buffer, index, sessionId, epoch, ingressTimeNs, ingressSource);
    ring.commit(index);
    return true;
  }

  void connect(int sessionId, int epoch) {
    enqueue(CONNECT, sessionId, epoch);
  }

  void disconnect(int sessionId, int epoch, byte reason) {
    enqueue(reason, sessionId, epoch);
  }

  /** Writes waiting session commands while the ring takes them. */
  int flush() {
    int count = 0;
    while (!waiting.isEmpty() && writeSession(waiting.peekLong())) {
      waiting.pollLong();
      count++;
    }
    return count;
  }

  private void enqueue(byte action, int sessionId, int epoch) {
    waiting.offerLong((long) action << 48 | (long) sessionId << 32 | epoch);
  }

  private boolean writeSession(long command) {
    byte reason = (byte) (command >>> 48);
    int block =
        reason == CONNECT
            ? ConnectSessionEncoder.BLOCK_LENGTH
            : DisconnectSessionEncoder.BLOCK_LENGTH;
    int index = ring.tryClaim(MESSAGE_TYPE, HEADER + block);
    if (index < 0) {
      return false;
    }
    MutableDirectBuffer buffer = ring.buffer();
    if (reason == CONNECT) {
      connect.wrapAndApplyHeader(buffer, index, header);
    } else {
      disconnect.wrapAndApplyHeader(buffer, index, header).reason(reason);
    }
    stamp(buffer, index, (int) (command >>> 32) & 0xFFFF, (int) command, clock.epochNs(), POLLED);
    ring.commit(index);
    return true;
  }

  private void stamp(
      MutableDirectBuffer buffer,
      int index,
      int sessionId,
      int epoch,
      long ingressTimeNs,
      byte ingressSource) {
    // The origin stands at offset 0 of every command's block.
    origin
        .wrap(buffer, index + HEADER)
        .gatewaySequence(nextSequence++)
        .ingressTimeNs(ingressTimeNs)
        .connectionEpoch(epoch)
        .sessionId(sessionId)
        .gateway((short) gateway)
        .ingressSource(ingressSource);
  }
}
