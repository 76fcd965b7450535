package io.tradepit.telemetry;

import java.util.List;

/** Says what is wrong with a segment; asked by the thread of {@code /health}. */
@FunctionalInterface
public interface HealthSource {
  /** One line for each reason why the segment does not serve; empty when it does. Never waits. */
  List<String> reasonsDown();
}
