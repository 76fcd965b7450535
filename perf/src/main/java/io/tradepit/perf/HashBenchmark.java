package io.tradepit.perf;

import io.aeron.logbuffer.FrameDescriptor;
import io.aeron.protocol.DataHeaderFlyweight;
import io.tradepit.matching.state.LogHash;
import io.tradepit.matching.state.StateHash;
import io.tradepit.stream.LogFrame;
import org.agrona.BitUtil;
import org.agrona.BufferUtil;
import org.agrona.checksum.Crc32c;
import org.agrona.concurrent.UnsafeBuffer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Setup;

/**
 * The hashes that every command pays for: the matcher's of the log and of an order, and the CRC32C
 * of the frame that the recorder computes. Bytes are the same again and again, so they are in the
 * nearest cache; the hash of the log goes on from the last one, as the product's does, and an order
 * has another number each time, so that nothing of either is known before. A checksum is held
 * against the first.
 */
public class HashBenchmark extends OneThreadBenchmark {
  private final SampleCommand enter = new SampleCommand();
  private final UnsafeBuffer cancel = buffer(CommandWriter.MAX_LENGTH);
  private final UnsafeBuffer payload = buffer(payloadBytes());
  private int cancelLength;
  private long sequence = 1;
  private long timeNs = 1_795_000_000_000_000_000L;
  private long logHash;
  private int crc;
  // Of an order. Not final, or the compiler knows them.
  private long orderNumber = 1;
  private int price = 1_503_400;
  private long what = 2;
  private long how = 3;
  private int executedBefore;
  private int firm = 4;
  private int tagsPresent;
  private long clOrdIdFirst = 5;
  private long clOrdIdLast = 6;

  private static UnsafeBuffer buffer(int bytes) {
    return new UnsafeBuffer(BufferUtil.allocateDirectAligned(bytes, 64));
  }

  /** What the log's frame has behind Aeron's header: ours, the command, and what fills it up. */
  private static int payloadBytes() {
    int header = DataHeaderFlyweight.HEADER_LENGTH;
    int frame = header + LogFrame.HEADER_LENGTH + new SampleCommand().length;
    return BitUtil.align(frame, FrameDescriptor.FRAME_ALIGNMENT) - header;
  }

  /** Not in the time. */
  @Setup
  public void write() {
    new CommandWriter().wrap(cancel, 0).cancel(1);
    cancelLength = CommandWriter.length(cancel, 0);
    payload.putBytes(LogFrame.HEADER_LENGTH, enter.bytes, 0, enter.length);
    crc = crc();
  }

  /** The hash of the log with one more Enter Order, 136 bytes. */
  @Benchmark
  public long logHashOfEnterOrder() {
    return logHash(enter.bytes, enter.length);
  }

  /** The same with a Cancel Order, 43 bytes. */
  @Benchmark
  public long logHashOfCancelOrder() {
    return logHash(cancel, cancelLength);
  }

  private long logHash(UnsafeBuffer command, int length) {
    logHash = LogHash.next(logHash, sequence++, timeNs, command, 0, length);
    return logHash;
  }

  /** The key of an order in the state hash, from its values. */
  @Benchmark
  public long stateHashKeyOfOrder() {
    return StateHash.order(
        orderNumber++,
        price,
        what,
        how,
        executedBefore,
        firm,
        tagsPresent,
        clOrdIdFirst,
        clOrdIdLast);
  }

  /**
   * CRC32C of an Enter Order's frame, as Aeron Archive takes it: of 160 bytes, from the end of its
   * own header to the end of the aligned frame.
   */
  @Benchmark
  public int crc32cOfFrame() {
    int found = crc();
    if (found != crc) {
      throw new IllegalStateException("crc=" + found + " expected=" + crc);
    }
    return found;
  }

  private int crc() {
    return Crc32c.INSTANCE.compute(payload.addressOffset(), 0, payload.capacity());
  }
}
