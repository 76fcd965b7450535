package io.tradepit.publication;

import io.tradepit.protocol.glimpse.EndOfSnapshot;
import io.tradepit.protocol.sbe.MessageHeaderDecoder;
import io.tradepit.protocol.sbe.SnapshotBeginDecoder;
import io.tradepit.protocol.sbe.SnapshotEndDecoder;
import io.tradepit.protocol.sbe.SnapshotInstrumentDecoder;
import io.tradepit.protocol.sbe.SnapshotOrderDecoder;
import io.tradepit.protocol.soupbin.SoupBin;
import io.tradepit.protocol.soupbin.SoupBinEncoder;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.collections.IntArrayList;
import org.agrona.collections.Long2LongHashMap;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Makes of a snapshot of the matching state the image that a GLIMPSE spin sends. One thread, that
 * of whoever has the state.
 *
 * <pre>
 *   SnapshotBegin       S   those that the state of the day had: O; S and Q; M, E and C
 *   SnapshotInstrument  R, H
 *   SnapshotOrder       A   or F with the firm when the order is displayed attributed
 *   SnapshotEnd         G   with the number behind the last one of the state
 * </pre>
 *
 * Orders come as the snapshot has them: by instrument, to buy and then to sell, best to worst. All
 * are stamped with the time of the last command of the state.
 */
final class FeedImageEncoder implements MessagePlace {
  private static final byte NOT_DISPLAYED = 'N';
  private static final int DAY_OPEN = 1;
  private static final int DAY_TRADING = 2;
  private static final int DAY_CLOSED = 3;
  private static final long NO_SYMBOL = Long.MIN_VALUE;
  private static final int SCRATCH_BYTES = 64;

  private final MessageHeaderDecoder header = new MessageHeaderDecoder();
  private final SnapshotBeginDecoder begin = new SnapshotBeginDecoder();
  private final SnapshotInstrumentDecoder instrument = new SnapshotInstrumentDecoder();
  private final SnapshotOrderDecoder order = new SnapshotOrderDecoder();
  private final FeedMessageWriter messages = new FeedMessageWriter(this);
  private final Long2LongHashMap symbols = new Long2LongHashMap(NO_SYMBOL);
  private final ImageMemory memory;
  private final List<UnsafeBuffer> chunks = new ArrayList<>();
  private final IntArrayList lengths = new IntArrayList();
  private final UnsafeBuffer nowhere = new UnsafeBuffer(new byte[SCRATCH_BYTES]);
  private UnsafeBuffer chunk;
  private boolean isGivenUp;
  private int length;
  private long count;
  private long nextNumber;
  private long givenUp;

  FeedImageEncoder(ImageMemory memory) {
    this.memory = memory;
  }

  /** Images that were given up for want of memory. */
  long givenUp() {
    return givenUp;
  }

  /** Whether the memory for the image that was begun last was not enough. */
  boolean isGivenUp() {
    return isGivenUp;
  }

  /** Takes a message of a snapshot; returns the image with the last one, else null. */
  FeedImage onMessage(DirectBuffer buffer, int offset, int messageLength) {
    header.wrap(buffer, offset);
    int block = offset + MessageHeaderDecoder.ENCODED_LENGTH;
    int blockLength = header.blockLength();
    int version = header.version();
    switch (header.templateId()) {
      case SnapshotBeginDecoder.TEMPLATE_ID ->
          onBegin(begin.wrap(buffer, block, blockLength, version));
      case SnapshotInstrumentDecoder.TEMPLATE_ID ->
          onInstrument(instrument.wrap(buffer, block, blockLength, version));
      case SnapshotOrderDecoder.TEMPLATE_ID ->
          onOrder(order.wrap(buffer, block, blockLength, version));
      case SnapshotEndDecoder.TEMPLATE_ID -> {
        return end();
      }
      default -> {
        // Gateways, sessions and timers are nothing to the market.
      }
    }
    return null;
  }

  /** Gives the memory of an image back that nobody will read. */
  void discard(FeedImage image) {
    image.retain().release();
  }

  private void onBegin(SnapshotBeginDecoder state) {
    freeChunks();
    nextChunk();
    count = 0;
    symbols.clear();
    nextNumber = state.lastFeedMessageNumber() + 1;
    messages.time(Math.max(0, state.lastTimeNs() - state.midnightNs()));
    systemEvents(state.dayState());
  }

  private void systemEvents(int dayState) {
    if (dayState >= DAY_OPEN) {
      messages.systemEvent((byte) 'O');
    }
    if (dayState >= DAY_TRADING) {
      messages.systemEvent((byte) 'S');
      messages.systemEvent((byte) 'Q');
    }
    if (dayState == DAY_CLOSED) {
      messages.systemEvent((byte) 'M');
      messages.systemEvent((byte) 'E');
      messages.systemEvent((byte) 'C');
    }
  }

  private void onInstrument(SnapshotInstrumentDecoder listed) {
    symbols.put(listed.instrumentId(), listed.symbol());
    messages.directory(listed.instrumentId(), listed.symbol(), listed.lot());
    messages.tradingState(
        listed.instrumentId(),
        listed.symbol(),
        listed.tradingState(),
        listed.buffer(),
        listed.offset() + SnapshotInstrumentDecoder.reasonEncodingOffset());
  }

  private void onOrder(SnapshotOrderDecoder resting) {
    if (resting.display() == NOT_DISPLAYED) {
      return;
    }
    messages.add(
        resting.instrumentId(),
        resting.orderNumber(),
        resting.side(),
        resting.remaining(),
        symbols.get(resting.instrumentId()),
        resting.price(),
        resting.display(),
        resting.buffer(),
        resting.offset() + SnapshotOrderDecoder.firmEncodingOffset());
  }

  private FeedImage end() {
    int at = claim(EndOfSnapshot.LENGTH);
    EndOfSnapshot.encode(chunk, at, nextNumber);
    if (isGivenUp) {
      givenUp++;
      return null;
    }
    lengths.addInt(length);
    FeedImage image = new FeedImage(memory, chunks, lengths.toIntArray(), count, nextNumber);
    chunks.clear();
    lengths.clear();
    return image;
  }

  @Override
  public int claim(int messageLength) {
    int packetLength = SoupBin.PAYLOAD_OFFSET + messageLength;
    if (!isGivenUp && length + packetLength > ImageMemory.CHUNK_BYTES) {
      lengths.addInt(length);
      nextChunk();
    }
    int at = isGivenUp ? 0 : length;
    SoupBinEncoder.frame(chunk, at, SoupBin.SEQUENCED_DATA, messageLength);
    length += packetLength;
    count++;
    return at + SoupBin.PAYLOAD_OFFSET;
  }

  @Override
  public MutableDirectBuffer buffer() {
    return chunk;
  }

  private void nextChunk() {
    chunk = memory.take();
    length = 0;
    isGivenUp = chunk == null;
    if (isGivenUp) {
      freeChunks();
      chunk = nowhere;
    } else {
      chunks.add(chunk);
    }
  }

  private void freeChunks() {
    chunks.forEach(memory::give);
    chunks.clear();
    lengths.clear();
  }
}
