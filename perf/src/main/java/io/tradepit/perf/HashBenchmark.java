package io.tradepit.perf;

import io.tradepit.matching.state.LogHash;
import io.tradepit.matching.state.StateHash;
import org.agrona.BufferUtil;
import org.agrona.checksum.Crc32c;
import org.agrona.concurrent.UnsafeBuffer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Setup;

/**
 * The hashes that every command pays for: the matcher's of the log and of an order, and the CRC32C
 * of the frame that the recorder computes. Each is taken of the same bytes again and again, so they
 * are in the nearest cache, and held against the first result.
 */
public class HashBenchmark extends OneThreadBenchmark {
  private static final long TIME_NS = 1_795_000_000_000_000_000L;

  private final SampleCommand enter = new SampleCommand();
  private final UnsafeBuffer cancel =
      new UnsafeBuffer(BufferUtil.allocateDirectAligned(CommandWriter.MAX_LENGTH, 64));
  private int cancelLength;
  private long enterHash;
  private long cancelHash;
  private long orderKey;
  private int crc;
  private int price = 1_503_400;

  /** Not in the time. */
  @Setup
  public void first() {
    new CommandWriter().wrap(cancel, 0).cancel(1);
    cancelLength = CommandWriter.length(cancel, 0);
    enterHash = LogHash.next(0, 1, TIME_NS, enter.bytes, 0, enter.length);
    cancelHash = LogHash.next(0, 1, TIME_NS, cancel, 0, cancelLength);
    orderKey = key();
    crc = crc();
  }

  private static long require(long expected, long hash) {
    if (hash != expected) {
      throw new IllegalStateException("hash=" + hash + " expected=" + expected);
    }
    return hash;
  }

  /** The hash of the log with one more Enter Order, 136 bytes. */
  @Benchmark
  public long logHashOfEnterOrder() {
    return require(enterHash, LogHash.next(0, 1, TIME_NS, enter.bytes, 0, enter.length));
  }

  /** The same with a Cancel Order, 43 bytes. */
  @Benchmark
  public long logHashOfCancelOrder() {
    return require(cancelHash, LogHash.next(0, 1, TIME_NS, cancel, 0, cancelLength));
  }

  /** The key of an order in the state hash, from its values. */
  @Benchmark
  public long stateHashKeyOfOrder() {
    return require(orderKey, key());
  }

  private long key() {
    return StateHash.order(1, price, 2, 3, 0, 4, 0, 5, 6);
  }

  /** CRC32C of an Enter Order, as the recorder takes it of each frame. */
  @Benchmark
  public long crc32cOfEnterOrder() {
    return require(crc, crc());
  }

  private int crc() {
    return Crc32c.INSTANCE.compute(enter.bytes.addressOffset(), 0, enter.length);
  }
}
