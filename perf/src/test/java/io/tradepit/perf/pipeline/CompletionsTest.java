package io.tradepit.perf.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tradepit.perf.openloop.Schedule;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class CompletionsTest {
  @Test
  void shouldCountFromTheDueTimeOfEachCommand() {
    Completions completions = new Completions();
    long startNs = System.nanoTime() - TimeUnit.SECONDS.toNanos(2);
    completions.schedule(Schedule.of(startNs, 1));
    completions.onDone();
    completions.onDone();
    assertEquals(2, completions.done());
    assertTrue(completions.latencies().getMaxValue() >= TimeUnit.SECONDS.toNanos(2));
    assertTrue(completions.latencies().getMinValue() >= TimeUnit.MILLISECONDS.toNanos(999));
    assertTrue(completions.latencies().getMinValue() < TimeUnit.MILLISECONDS.toNanos(1_900));
  }
}
