package io.tradepit.perf.pipeline;

import io.tradepit.journal.EventFrameWriter;
import io.tradepit.journal.ReleasedLogAgent;
import io.tradepit.kernel.FfmLibc;
import io.tradepit.matching.Capacities;
import io.tradepit.matching.Matcher;
import io.tradepit.matching.StateLayout;
import io.tradepit.perf.StateMemory;
import io.tradepit.protocol.sbe.MessageHeaderDecoder;
import io.tradepit.protocol.sbe.OrderExecutedDecoder;
import io.tradepit.protocol.sbe.OrderRejectedDecoder;
import io.tradepit.sequencer.SequencerAgent;
import io.tradepit.sequencer.SequencerContext;
import io.tradepit.stream.EventFrame;
import io.tradepit.stream.EventHandler;
import io.tradepit.telemetry.CommandStamps;
import io.tradepit.telemetry.CounterRegistry;
import io.tradepit.time.SystemClock;
import java.io.IOException;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.agrona.BitUtil;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.AgentRunner;
import org.agrona.concurrent.BusySpinIdleStrategy;
import org.agrona.concurrent.CompositeAgent;
import org.agrona.concurrent.ringbuffer.OneToOneRingBuffer;

/**
 * Tradepit from the ring that a gateway writes to the event stream that a gateway reads: sequencer,
 * log, matcher with all its checks, numbers and hashes, event stream. Two threads that spin: the
 * sender, which reads the events too, and the order path, with the recorder on it when there is
 * one.
 */
public final class TradepitPipeline implements Pipeline, EventHandler {
  private static final int EVENTS_A_TURN = 64;
  private static final int COMMANDS_A_CYCLE = 64;
  private static final int COMMAND = 1;
  private static final long LONGEST_OPENING_NS = TimeUnit.SECONDS.toNanos(30);
  private static final Capacities CAPACITIES =
      new Capacities(16_384, 16_384, 256, 1, WorkloadGenerator.USERS);

  private final String journal;
  private final WorkloadCommands commands;
  private final int untimed;
  private Completions completions;
  private Seams seams;
  private OneToOneRingBuffer input;
  private AgentRunner orderPath;
  private FirstError errors;
  private long lastSequence;
  private long trades;
  private long rejects;

  /**
   * @param argument what records: see {@link Seams#open}
   */
  public TradepitPipeline(Workload workload, String argument) {
    journal = argument;
    commands = new WorkloadCommands(workload, WorkloadGenerator.USERS, CAPACITIES);
    untimed = commands.opening() + workload.fills();
  }

  @Override
  public String version() {
    return "journal=" + journal + "; sender reads events; order path spins on one thread";
  }

  @Override
  public void begin(Completions ofRun) throws IOException {
    completions = ofRun;
    lastSequence = 0;
    trades = 0;
    rejects = 0;
    errors = new FirstError();
    seams = Seams.open(journal, errors);
    input = new OneToOneRingBuffer(Seams.ring());
    List<Agent> agents = new ArrayList<>(List.of(sequencer(), matcher()));
    seams.recorder().ifPresent(agents::add);
    orderPath =
        new AgentRunner(BusySpinIdleStrategy.INSTANCE, errors, null, new CompositeAgent(agents));
    AgentRunner.startOnThread(orderPath);
    open();
  }

  private void open() {
    long endNs = System.nanoTime() + LONGEST_OPENING_NS;
    int written = 0;
    while (lastSequence < untimed && System.nanoTime() < endNs) {
      while (written < untimed && write(written)) {
        written++;
      }
      idle(0);
    }
    errors.requireNone();
    if (lastSequence < untimed) {
      throw new IllegalStateException("opened=" + lastSequence + " of=" + untimed);
    }
  }

  private Agent sequencer() {
    return new SequencerAgent(
        new SequencerContext()
            .log(seams.log())
            .clock(new SystemClock(new FfmLibc()))
            .counters(new CounterRegistry())
            .rings(input)
            .conclude());
  }

  private Agent matcher() {
    EventFrameWriter events = new EventFrameWriter(seams.events(), Matcher.MAX_STEP_BYTES);
    StateLayout layout = StateLayout.of(CAPACITIES);
    Matcher matcher =
        new Matcher(layout, StateMemory.books(layout), StateMemory.pages(layout), events::onEvents);
    return new ReleasedLogAgent(
        seams.log(),
        new MatcherMachine(matcher),
        events,
        COMMANDS_A_CYCLE,
        CommandStamps.NONE,
        new CounterRegistry());
  }

  @Override
  public boolean offer(int command) {
    return write(commands.opening() + command);
  }

  private boolean write(int number) {
    return input.write(COMMAND, commands.bytes(), commands.offset(number), commands.length(number));
  }

  @Override
  public void idle(int sent) {
    seams.reader().poll(this, EVENTS_A_TURN);
  }

  @Override
  public void onFrame(DirectBuffer buffer, int offset, int length, long position) {
    long sequence = buffer.getLong(offset + EventFrame.COMMAND_SEQUENCE_OFFSET);
    count(buffer, offset);
    if ((buffer.getShort(offset + EventFrame.FLAGS_OFFSET) & EventFrame.LAST) == 0) {
      return;
    }
    if (sequence != lastSequence + 1) {
      throw new IllegalStateException("sequence=" + sequence + " last=" + lastSequence);
    }
    lastSequence = sequence;
    if (sequence > untimed) {
      completions.onDone();
    }
  }

  private void count(DirectBuffer buffer, int offset) {
    int count = buffer.getShort(offset + EventFrame.COUNT_OFFSET, ByteOrder.LITTLE_ENDIAN);
    int at = offset + EventFrame.HEADER_LENGTH;
    for (int i = 0; i < count; i++) {
      int template = buffer.getShort(at + MessageHeaderDecoder.templateIdEncodingOffset());
      trades += template == OrderExecutedDecoder.TEMPLATE_ID ? 1 : 0;
      rejects += template == OrderRejectedDecoder.TEMPLATE_ID ? 1 : 0;
      int event = MessageHeaderDecoder.ENCODED_LENGTH + buffer.getShort(at);
      at += BitUtil.align(event, EventFrame.EVENT_ALIGNMENT);
    }
  }

  @Override
  public long trades() {
    return trades;
  }

  @Override
  public void end() {
    try {
      // What is told while all is taken down is no error of the run.
      errors.requireNone();
    } finally {
      close();
    }
    if (rejects > 0) {
      throw new IllegalStateException("rejects=" + rejects);
    }
  }

  private void close() {
    try {
      orderPath.close();
    } finally {
      seams.close();
    }
  }
}
