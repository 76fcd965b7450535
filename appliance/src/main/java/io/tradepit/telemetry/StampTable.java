package io.tradepit.telemetry;

import io.tradepit.time.Clock;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.agrona.BitUtil;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Where the stamps of an order meet, off-heap: the matcher's agent and the gateways' agents write
 * theirs without waiting, a reader of low priority puts them together in command order.
 *
 * <pre>
 *   commands: a cache line for each, by (command sequence mod capacity); written by the matcher's agent
 *   0          8          16         24         32        40                       48
 *   +----------+----------+----------+----------+---------+------------------------+------+
 *   |sequence  |ingress ns|sequenced |released  |matched  |sequence|gateway|session|source|
 *   +----------+----------+----------+----------+---------+------------------------+------+
 *   origins: the fifth field again, eight bytes for each, there before the command is applied;
 *            read by the gateways, which so know whose answer they look for
 *   answers: 16 bytes for each, a lane for each gateway; written by that gateway's agent
 *   +----------+----------+
 *   |sequence  |written ns|      and once a lane: the command up to which all events have passed
 *   +----------+----------+
 * </pre>
 *
 * <p>A writer never looks whether what it overwrites was read; the reader sees that and counts it.
 * So an entry is guarded by its sequence: the writer stores {@link #WRITING}, then the fields, then
 * the sequence with release; the reader takes the sequence with acquire, the fields, and the
 * sequence again. Stamps are nanoseconds since the Unix epoch, all of one {@link Clock}.
 */
public final class StampTable {
  /** Commands that are kept by default: 33 ms at a million orders a second. */
  public static final int DEFAULT_CAPACITY = 1 << 15;

  /** In place of a written stamp: the member was behind, the answer comes from the recording. */
  static final long BEHIND = Long.MIN_VALUE;

  /** In place of a sequence: the fields behind it are being written. */
  static final long WRITING = -1;

  static final int GATEWAYS = 256;
  static final int LINE_LENGTH = BitUtil.CACHE_LINE_LENGTH;
  static final int ANSWER_LENGTH = 2 * BitUtil.SIZE_OF_LONG;

  static final int SEQUENCE_OFFSET = 0;
  static final int INGRESS_OFFSET = 8;
  static final int SEQUENCED_OFFSET = 16;
  static final int RELEASED_OFFSET = 24;
  static final int MATCHED_OFFSET = 32;
  static final int ORIGIN_OFFSET = 40;
  static final int SOURCE_OFFSET = 48;
  static final int WRITTEN_OFFSET = 8;

  private static final int SEQUENCE_SHIFT = 24;
  private static final int GATEWAY_SHIFT = 16;

  final UnsafeBuffer commands;
  final UnsafeBuffer origins;
  final int mask;
  private final int capacity;
  private final Clock clock;
  private final AnswerStamps[] answers = new AnswerStamps[GATEWAYS];

  /**
   * @param capacity commands that are kept, a power of two
   * @param clock the one that ingress and command time are of
   */
  public StampTable(int capacity, Clock clock) {
    if (!BitUtil.isPowerOfTwo(capacity)) {
      throw new IllegalArgumentException("capacity=" + capacity + " allowed=a power of two");
    }
    this.capacity = capacity;
    this.clock = clock;
    mask = capacity - 1;
    commands = memory(capacity * LINE_LENGTH);
    origins = memory(capacity * BitUtil.SIZE_OF_LONG);
  }

  /** The matcher's end; its agent only. */
  public CommandStamps commandStamps() {
    return new CommandStamps(this, clock);
  }

  /**
   * A gateway's end; its agent only. Made at start.
   *
   * @param gateway 1 to 254
   */
  public AnswerStamps answerStamps(int gateway) {
    if (answers[gateway] == null) {
      answers[gateway] =
          new AnswerStamps(this, gateway, memory(capacity * ANSWER_LENGTH + LINE_LENGTH), clock);
    }
    return answers[gateway];
  }

  /**
   * The reader's end; one thread only.
   *
   * @param firstSequence of the first command to read: what was logged before this start is not
   *     told
   */
  public StampReader reader(long firstSequence) {
    return new StampReader(this, Arrays.copyOf(answers, GATEWAYS), firstSequence);
  }

  int line(long sequence) {
    return ((int) sequence & mask) * LINE_LENGTH;
  }

  int originAt(long sequence) {
    return ((int) sequence & mask) * BitUtil.SIZE_OF_LONG;
  }

  int answerAt(long sequence) {
    return ((int) sequence & mask) * ANSWER_LENGTH;
  }

  /** Where a lane says up to which command all events have passed. */
  int passedAt() {
    return capacity * ANSWER_LENGTH;
  }

  static long origin(long sequence, int gateway, int session) {
    return sequence << SEQUENCE_SHIFT | (long) gateway << GATEWAY_SHIFT | session;
  }

  static long sequenceOf(long origin) {
    return origin >>> SEQUENCE_SHIFT;
  }

  static int gatewayOf(long origin) {
    return (int) (origin >>> GATEWAY_SHIFT) & 0xFF;
  }

  static int sessionOf(long origin) {
    return (int) origin & 0xFFFF;
  }

  /** Begins an entry: a reader that sees any of its new fields sees this, or a later sequence. */
  static void begin(UnsafeBuffer buffer, int at) {
    buffer.putLongOpaque(at, WRITING);
    // Pairs with the fence in isWhole: fields are not stored before the mark.
    VarHandle.storeStoreFence();
  }

  /** Ends an entry; pairs with the acquire of {@link #sequence}. */
  static void end(UnsafeBuffer buffer, int at, long sequence) {
    buffer.putLongRelease(at, sequence);
  }

  static long sequence(UnsafeBuffer buffer, int at) {
    return buffer.getLongAcquire(at);
  }

  /** Whether the fields that were read since {@link #sequence} belong to that sequence. */
  static boolean isWhole(UnsafeBuffer buffer, int at, long sequence) {
    VarHandle.loadLoadFence();
    return buffer.getLongOpaque(at) == sequence;
  }

  // Aligned: no entry lies in two cache lines, and stores of a long are whole.
  private static UnsafeBuffer memory(int length) {
    ByteBuffer memory = ByteBuffer.allocateDirect(length + LINE_LENGTH).alignedSlice(LINE_LENGTH);
    return new UnsafeBuffer(memory, 0, length);
  }
}
