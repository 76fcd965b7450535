package io.tradepit.tools.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tradepit.tools.report.Axis.Tick;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class AxisTest {
  @Test
  void shouldSpanWholeDecadesOfDurations() {
    Axis axis = Axis.durations(8_720, 1_720_000_000, 300, 0);

    assertEquals(
        List.of("1 µs", "10 µs", "100 µs", "1 ms", "10 ms", "100 ms", "1 s", "10 s"), labels(axis));
    assertEquals(300, axis.durationPixel(1_000));
    assertEquals(0, axis.durationPixel(10_000_000_000L));
    assertEquals(300, axis.durationPixel(0), "below the axis");
    assertEquals(List.of("1 ns", "10 ns"), labels(Axis.durations(0, 0, 1, 0)));
  }

  @Test
  void shouldNamePercentilesByTheirNines() {
    assertEquals(
        List.of("0", "p50", "p90", "p99", "p99.9", "p99.99"), labels(Axis.nines(4.2, 0, 1)));
    assertEquals(2, Axis.nines(0.99), 1e-9);
  }

  @Test
  void shouldLabelTimeInStepsThatPeopleCount() {
    assertEquals(List.of("0 s", "5 s", "10 s", "15 s", "20 s"), labels(Axis.time(21, 5, 0, 1)));
    assertEquals(List.of("0 s", "60 s", "2:00 min", "3:00 min"), labels(Axis.time(200, 4, 0, 1)));
    assertEquals(List.of("0 s", "2:00 h", "4:00 h", "6:00 h"), labels(Axis.time(23_400, 4, 0, 1)));
  }

  @Test
  void shouldEndALinearScaleAtARoundNumber() {
    assertEquals(List.of("0", "5", "10", "15", "20", "25"), labels(Axis.linear(24, 0, 1)));
    assertEquals(List.of("0.0", "0.2", "0.4", "0.6", "0.8", "1.0"), labels(Axis.linear(1, 0, 1)));
    assertEquals(List.of("0", "2", "4", "6", "8", "10"), labels(Axis.linear(9.5, 0, 1)));
  }

  @Test
  void shouldCountInDecades() {
    Axis axis = Axis.decades(100, 10_000_000, 0, 5);

    assertEquals(List.of("100", "1,000", "10,000", "100,000", "1 M", "10 M"), labels(axis));
    assertEquals(2, axis.decadePixel(10_000));
  }

  private static List<String> labels(Axis axis) {
    return axis.ticks().stream().map(Tick::label).toList();
  }
}
