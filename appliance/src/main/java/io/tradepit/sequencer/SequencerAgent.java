package io.tradepit.sequencer;

import io.tradepit.protocol.sbe.MessageHeaderEncoder;
import io.tradepit.protocol.sbe.OriginEncoder;
import io.tradepit.protocol.sbe.TickEncoder;
import io.tradepit.stream.Log;
import io.tradepit.stream.LogFrame;
import io.tradepit.time.Clock;
import io.tradepit.time.Deadline;
import java.nio.ByteOrder;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.ControlledMessageHandler;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.ringbuffer.OneToOneRingBuffer;
import org.agrona.concurrent.status.AtomicCounter;

/**
 * Decides order and time of commands: takes gateways in turn, at most {@link #BATCH} commands from
 * each, and appends them to the log. While one of them gave as many, so that it may have more, it
 * takes another turn of all, up to {@link #TURNS} in a duty cycle: a recorder on the same thread
 * then writes more at once, and a write costs it as much as to match some commands. What the log
 * refuses stays in its ring.
 *
 * <p>Commands of the segment itself come from several threads, in rings of their own: they get
 * their gateway sequence here, where their order is decided. When a deadline of the matching state
 * passes, the sequencer appends a Tick of its own.
 *
 * <p>Thread {@code tp-seq}; allocates nothing. Time is the clock, read once a duty cycle, but never
 * less than the time of the command before.
 */
public final class SequencerAgent implements Agent, ControlledMessageHandler {
  /** Commands taken from a gateway in its turn, at most. */
  public static final int BATCH = 16;

  /** Turns of a duty cycle, at most. */
  public static final int TURNS = 4;

  /** The gateway number of the segment itself. */
  public static final int SEGMENT = 255;

  private static final byte POLLED = 'P';
  private static final int GATEWAY =
      MessageHeaderEncoder.ENCODED_LENGTH + OriginEncoder.gatewayEncodingOffset();
  private static final int GATEWAY_SEQUENCE =
      MessageHeaderEncoder.ENCODED_LENGTH + OriginEncoder.gatewaySequenceEncodingOffset();

  private final Log log;
  private final Clock clock;
  private final OneToOneRingBuffer[] rings;
  private final Deadline deadline;
  private final UnsafeBuffer tick = newTick();
  private final UnsafeBuffer header = new UnsafeBuffer(new byte[LogFrame.HEADER_LENGTH]);
  private final AtomicCounter sequenced;
  private final AtomicCounter ticks;
  private final AtomicCounter refusals;
  private int firstRing;
  private long sequence;
  private long timeNs;
  private long segmentSequence;
  private long tickedNs = Deadline.NONE;
  private boolean isRefused;
  private boolean isFull;

  /** Concludes the context: refuses to start when the clock is behind the log. */
  public SequencerAgent(SequencerContext context) {
    context.conclude();
    log = context.log();
    clock = context.clock();
    rings = context.rings();
    deadline = context.deadline();
    sequence = context.lastSequence();
    timeNs = context.lastTimeNs();
    segmentSequence = context.lastSegmentSequence();
    sequenced =
        context.counters().counter("sequencer_commands_total", "Commands appended to the log");
    ticks =
        context
            .counters()
            .counter("sequencer_ticks_total", "Commands of those that a deadline asked for");
    refusals =
        context
            .counters()
            .counter("sequencer_refusals_total", "Offers refused because the log was full");
  }

  private static UnsafeBuffer newTick() {
    int length = MessageHeaderEncoder.ENCODED_LENGTH + TickEncoder.BLOCK_LENGTH;
    UnsafeBuffer buffer = new UnsafeBuffer(new byte[length]);
    new TickEncoder()
        .wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder())
        .origin()
        .gateway((short) SEGMENT)
        .ingressSource(POLLED);
    return buffer;
  }

  @Override
  public int doWork() {
    timeNs = Math.max(timeNs, clock.epochNs());
    isRefused = false;
    isFull = true;
    int taken = tick();
    for (int turn = 0; turn < TURNS && isFull && !isRefused; turn++) {
      taken += turn();
    }
    return taken;
  }

  /** The turn is full when some ring gave all that it may. */
  private int turn() {
    int taken = 0;
    int ring = firstRing;
    isFull = false;
    for (int i = 0; i < rings.length && !isRefused; i++) {
      int read = rings[ring].controlledRead(this, BATCH);
      taken += read;
      isFull |= read == BATCH;
      // A gateway whose command was refused is the first one of the next duty cycle.
      if (!isRefused) {
        ring = ring + 1 == rings.length ? 0 : ring + 1;
      }
    }
    firstRing = ring;
    return taken;
  }

  /** A deadline that passes is told once: what is due then is due before any later command. */
  private int tick() {
    long due = deadline.ns();
    if (due > timeNs || due == tickedNs) {
      return 0;
    }
    if (!append(tick, 0, tick.capacity())) {
      return 0;
    }
    tickedNs = due;
    ticks.incrementPlain();
    return 1;
  }

  @Override
  public Action onMessage(int typeId, MutableDirectBuffer buffer, int offset, int length) {
    return append(buffer, offset, length) ? Action.CONTINUE : Action.ABORT;
  }

  private boolean append(MutableDirectBuffer buffer, int offset, int length) {
    header.putLong(LogFrame.SEQUENCE_OFFSET, sequence + 1, ByteOrder.LITTLE_ENDIAN);
    header.putLong(LogFrame.TIME_NS_OFFSET, timeNs, ByteOrder.LITTLE_ENDIAN);
    boolean isOwn = (buffer.getByte(offset + GATEWAY) & 0xFF) == SEGMENT;
    if (isOwn) {
      buffer.putLong(offset + GATEWAY_SEQUENCE, segmentSequence + 1, ByteOrder.LITTLE_ENDIAN);
    }
    if (log.offer(header, 0, LogFrame.HEADER_LENGTH, buffer, offset, length) < 0) {
      isRefused = true;
      refusals.incrementPlain();
      return false;
    }
    sequence++;
    segmentSequence += isOwn ? 1 : 0;
    sequenced.incrementPlain();
    return true;
  }

  @Override
  public String roleName() {
    return "tp-seq";
  }
}
