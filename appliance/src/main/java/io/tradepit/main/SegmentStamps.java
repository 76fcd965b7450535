package io.tradepit.main;

import io.tradepit.config.SegmentConfig;
import io.tradepit.config.SegmentConfig.Switch;
import io.tradepit.config.SegmentPaths;
import io.tradepit.telemetry.AnswerStamps;
import io.tradepit.telemetry.CommandStamps;
import io.tradepit.telemetry.CounterRegistry;
import io.tradepit.telemetry.LatencyFolder;
import io.tradepit.telemetry.LatencyLog;
import io.tradepit.telemetry.RunDescription;
import io.tradepit.telemetry.RunEnvironment;
import io.tradepit.telemetry.RunFile;
import io.tradepit.telemetry.StampPoint;
import io.tradepit.telemetry.StampRecorderAgent;
import io.tradepit.telemetry.StampTable;
import io.tradepit.time.Clock;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.SystemNanoClock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The stamps of a segment: who takes them, and the folder that the latencies go to. With stamps off
 * all of it is nothing. Starting thread.
 */
final class SegmentStamps {
  private static final List<String> NOTES =
      List.of(
          "All stamps are of one clock, CLOCK_REALTIME of this machine. A step of it would show: an"
              + " order with a leg below zero is counted (stamps_negative_total), not recorded.",
          "An order that arrives while the sequencer works has a command time of before; its first"
              + " leg is 0 then, and what it waited is in the second.",
          "Counted and not recorded: orders of members who were behind (stamps_behind_total) and"
              + " orders whose stamps were overwritten unread (stamps_missed_total).");

  private static final Logger LOGGER = LoggerFactory.getLogger(SegmentStamps.class);

  private final SegmentConfig config;
  private final Clock clock;
  private final StampTable table;
  private final Instant started = Instant.now();
  private Path folder;
  private StampRecorderAgent recorder;
  private final Map<String, String> environment = new LinkedHashMap<>();

  SegmentStamps(SegmentConfig config, Clock clock) {
    this.config = config;
    this.clock = clock;
    boolean on = config.telemetry().stamps() == Switch.ON;
    table = on ? new StampTable(StampTable.DEFAULT_CAPACITY, clock) : null;
  }

  CommandStamps commands() {
    return table == null ? CommandStamps.NONE : table.commandStamps();
  }

  AnswerStamps answers(int gateway) {
    return table == null ? AnswerStamps.NONE : table.answerStamps(gateway);
  }

  /**
   * Makes the folder and the agent that writes into it, after all ends of the table were made.
   *
   * @param lastSequence of the log: commands up to it came before this start
   */
  Optional<StampRecorderAgent> recorder(int day, long lastSequence, CounterRegistry counters) {
    if (table == null) {
      return Optional.empty();
    }
    folder = LatencyFolder.make(SegmentPaths.of(config).latency(), day, started);
    recorder =
        new StampRecorderAgent(
            table.reader(lastSequence + 1),
            LatencyLog.open(folder.resolve("latency.hlog")),
            clock,
            SystemNanoClock.INSTANCE,
            TimeUnit.SECONDS.toNanos(config.telemetry().intervalS()),
            counters);
    return Optional.of(recorder);
  }

  /** Orders whose latencies were recorded since the start; any thread. */
  long orders() {
    return recorder == null ? 0 : recorder.orders();
  }

  /** Says beside the figures what they are of: when the segment runs, and again at its end. */
  void describe(Map<String, String> obtained) {
    if (folder == null) {
      return;
    }
    environment.putAll(RunEnvironment.read());
    environment.put("configuration", "segment " + config.name() + ", sha256 " + config.sha256());
    environment.putAll(obtained);
    writeDescription(0);
  }

  /**
   * The segment has stopped; nothing when it was not described. A disk that takes no more must not
   * hide why the segment stopped.
   */
  void end() {
    if (!environment.isEmpty()) {
      environment.put("orders not recorded", recorder.notRecorded());
      try {
        writeDescription(Duration.between(started, Instant.now()).toMillis() / 1e3);
      } catch (UncheckedIOException e) {
        LOGGER.error("the latencies have no description: {}", e.getMessage(), e);
      }
    }
  }

  private void writeDescription(double durationS) {
    RunFile.write(
        folder.resolve("environment.json"),
        new RunDescription(
            "segment",
            started,
            durationS,
            Optional.empty(),
            orders(),
            StampPoint.ofSegment(),
            environment,
            NOTES));
  }
}
