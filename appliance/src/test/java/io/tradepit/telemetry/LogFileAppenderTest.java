package io.tradepit.telemetry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tradepit.config.ExitCode;
import io.tradepit.config.SegmentConfig;
import io.tradepit.config.StartException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

@Timeout(30)
class LogFileAppenderTest {
  @TempDir Path directory;

  @Test
  void shouldWriteOneJsonObjectALineFromItsLevelOn() throws Exception {
    Path file = directory.resolve("log/tradepit.log");
    Logger logger = LoggerFactory.getLogger("gateway");

    LogFileAppender log = appender(file, 1 << 20, 2);
    try (log) {
      logger.debug("not this");
      logger.info("SessionTakenOver session={} \"quoted\"", "NPT1");
      logger.warn("second");
    }
    logger.error("after the close");

    List<String> lines = Files.readAllLines(file);
    assertEquals(2, lines.size());
    String first = lines.get(0).replaceFirst("\"timestamp\":\\d{13}", "\"timestamp\":T");
    assertEquals(
        "{\"timestamp\":T,\"level\":\"INFO\",\"threadName\":\"main\",\"loggerName\":\"gateway\","
            + "\"formattedMessage\":\"SessionTakenOver session=NPT1 \\\"quoted\\\"\"}",
        first
            .replaceFirst("\"threadName\":\"[^\"]*\"", "\"threadName\":\"main\"")
            .replaceAll(",\"throwable\":null", "")
            .replaceAll(", \"", ",\""));
  }

  @Test
  void shouldKeepSizeAndNumberOfFilesWithinTheirLimits() throws Exception {
    Path file = directory.resolve("tradepit.log");
    Logger logger = LoggerFactory.getLogger("gateway");

    LogFileAppender log = appender(file, 8 * 1_024, 3);
    try (log) {
      for (int i = 0; i < 12; i++) {
        logger.info("x".repeat(4 * 1_024));
        Thread.sleep(110);
      }
    }

    assertTrue(Files.exists(directory.resolve("tradepit.log.1")));
    assertTrue(Files.exists(directory.resolve("tradepit.log.2")));
    assertFalse(Files.exists(directory.resolve("tradepit.log.3")));
    for (String name : List.of("tradepit.log", "tradepit.log.1", "tradepit.log.2")) {
      assertTrue(Files.size(directory.resolve(name)) <= 16 * 1_024, name);
    }
  }

  @Test
  void shouldNameTheFileWhenItCannotBeMade() throws Exception {
    Path blocked = Files.createFile(directory.resolve("file")).resolve("tradepit.log");

    StartException e = assertThrows(StartException.class, () -> appender(blocked, 1 << 20, 2));

    assertEquals(ExitCode.CONFIGURATION, e.exitCode());
    assertEquals("log.file=" + blocked + ": allowed a file that can be written", e.getMessage());
  }

  private static LogFileAppender appender(Path file, long maxSizeBytes, int files) {
    return new LogFileAppender(new SegmentConfig.LogFile(file, "info", maxSizeBytes, files));
  }
}
