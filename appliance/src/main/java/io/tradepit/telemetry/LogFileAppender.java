package io.tradepit.telemetry;

import ch.qos.logback.classic.AsyncAppender;
import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.rolling.FixedWindowRollingPolicy;
import ch.qos.logback.core.rolling.RollingFileAppender;
import ch.qos.logback.core.rolling.SizeBasedTriggeringPolicy;
import ch.qos.logback.core.util.Duration;
import ch.qos.logback.core.util.FileSize;
import io.tradepit.config.ExitCode;
import io.tradepit.config.SegmentConfig;
import io.tradepit.config.StartException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.LoggerFactory;

/**
 * The log file of a segment: one JSON object a line with timestamp, level, thread, logger and
 * message. Full files are renamed {@code NAME.1}, {@code NAME.2} and so on; the oldest goes.
 *
 * <p>Nothing is written to the terminal. A thread of its own writes, so that an agent which logs a
 * login or a fault never waits for the disk; when that thread is far behind, entries below a
 * warning are dropped.
 */
public final class LogFileAppender implements AutoCloseable {
  private static final int QUEUED_ENTRIES = 4_096;

  private final LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();

  /**
   * Sends all that is logged from now on to the file.
   *
   * @throws StartException when the file cannot be written
   */
  public LogFileAppender(SegmentConfig.LogFile log) {
    requireWritable(log.file());
    context.reset();
    RollingFileAppender<ILoggingEvent> appender = new RollingFileAppender<>();
    appender.setContext(context);
    appender.setName("file");
    appender.setFile(log.file().toString());
    appender.setEncoder(encoder());
    appender.setTriggeringPolicy(triggering(log));
    FixedWindowRollingPolicy rolling = new FixedWindowRollingPolicy();
    rolling.setContext(context);
    rolling.setParent(appender);
    rolling.setFileNamePattern(log.file() + ".%i");
    rolling.setMinIndex(1);
    rolling.setMaxIndex(log.files() - 1);
    rolling.start();
    appender.setRollingPolicy(rolling);
    appender.start();
    Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    root.setLevel(Level.toLevel(log.level()));
    root.addAppender(behind(appender));
  }

  private AsyncAppender behind(RollingFileAppender<ILoggingEvent> file) {
    AsyncAppender async = new AsyncAppender();
    async.setContext(context);
    async.setName("behind");
    async.setQueueSize(QUEUED_ENTRIES);
    async.setNeverBlock(true);
    async.addAppender(file);
    async.start();
    return async;
  }

  /** Closes the file; what is logged afterwards is dropped. */
  @Override
  public void close() {
    context.reset();
    context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME).setLevel(Level.OFF);
  }

  private JsonEncoder encoder() {
    JsonEncoder encoder = new JsonEncoder();
    encoder.setContext(context);
    encoder.setWithSequenceNumber(false);
    encoder.setWithNanoseconds(false);
    encoder.setWithContext(false);
    encoder.setWithMarkers(false);
    encoder.setWithMDC(false);
    encoder.setWithMessage(false);
    encoder.setWithArguments(false);
    encoder.setWithFormattedMessage(true);
    encoder.start();
    return encoder;
  }

  private SizeBasedTriggeringPolicy<ILoggingEvent> triggering(SegmentConfig.LogFile log) {
    SizeBasedTriggeringPolicy<ILoggingEvent> triggering = new SizeBasedTriggeringPolicy<>();
    triggering.setContext(context);
    triggering.setMaxFileSize(new FileSize(log.maxSizeBytes()));
    // Logback looks once a minute unless told; a burst would go far beyond the limit.
    triggering.setCheckIncrement(Duration.buildByMilliseconds(100));
    triggering.start();
    return triggering;
  }

  private static void requireWritable(Path file) {
    try {
      Files.createDirectories(file.getParent());
      if ((Files.exists(file) && !Files.isWritable(file)) || !Files.isWritable(file.getParent())) {
        throw new AccessDeniedException(file.toString());
      }
    } catch (IOException e) {
      throw new StartException(
          ExitCode.CONFIGURATION, "log.file=" + file + ": allowed a file that can be written", e);
    }
  }
}
