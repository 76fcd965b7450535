package io.tradepit.journal;

import io.tradepit.stream.Log;
import io.tradepit.stream.LogFrame;
import io.tradepit.stream.LogHandler;
import io.tradepit.telemetry.CommandStamps;
import io.tradepit.telemetry.CounterFactory;
import java.nio.ByteOrder;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.status.AtomicCounter;

/**
 * Hands released commands to the matcher, one step at a time, as long as the event stream has room
 * for all that a step may emit. A command in progress is finished before the next one.
 *
 * <p>Thread {@code tp-match}; allocates nothing.
 */
public final class ReleasedLogAgent implements Agent, LogHandler {
  private final Log log;
  private final StateMachine matcher;
  private final EventFrameWriter events;
  private final int commandsOfACycle;
  private final CommandStamps stamps;
  private final AtomicCounter applied;
  private final AtomicCounter steps;
  private final AtomicCounter stalls;

  /**
   * @param commandsOfACycle commands, or steps of one, that a duty cycle takes at most
   * @param stamps taken here so that the matcher needs no clock
   */
  public ReleasedLogAgent(
      Log log,
      StateMachine matcher,
      EventFrameWriter events,
      int commandsOfACycle,
      CommandStamps stamps,
      CounterFactory counters) {
    this.log = log;
    this.matcher = matcher;
    this.events = events;
    this.commandsOfACycle = commandsOfACycle;
    this.stamps = stamps;
    applied = counters.counter("matcher_commands_total", "Released commands applied");
    steps = counters.counter("matcher_continuation_steps_total", "Steps of long commands taken");
    stalls = counters.counter("matcher_stalls_total", "Duty cycles ended by a full event stream");
  }

  @Override
  public int doWork() {
    int resumed = resume();
    if (matcher.isContinuing()) {
      return resumed;
    }
    stamps.onPoll();
    return resumed + log.poll(this, commandsOfACycle - resumed);
  }

  private int resume() {
    int taken = 0;
    while (matcher.isContinuing() && taken < commandsOfACycle && hasRoom()) {
      matcher.resume();
      taken++;
    }
    if (taken > 0) {
      steps.getAndAddPlain(taken);
    }
    return taken;
  }

  private boolean hasRoom() {
    if (events.hasRoom()) {
      return true;
    }
    stalls.incrementPlain();
    return false;
  }

  @Override
  public boolean onFrame(DirectBuffer buffer, int offset, int length) {
    if (matcher.isContinuing() || !hasRoom()) {
      return false;
    }
    long sequence = buffer.getLong(offset + LogFrame.SEQUENCE_OFFSET, ByteOrder.LITTLE_ENDIAN);
    long timeNs = buffer.getLong(offset + LogFrame.TIME_NS_OFFSET, ByteOrder.LITTLE_ENDIAN);
    int command = offset + LogFrame.HEADER_LENGTH;
    stamps.onReleased(sequence, buffer, command);
    matcher.onCommand(sequence, timeNs, buffer, command, length - LogFrame.HEADER_LENGTH);
    stamps.onMatched(sequence, timeNs);
    applied.incrementPlain();
    return true;
  }

  @Override
  public String roleName() {
    return "tp-match";
  }
}
