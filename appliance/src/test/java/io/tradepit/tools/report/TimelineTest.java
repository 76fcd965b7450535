package io.tradepit.tools.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tradepit.tools.report.Timeline.Interval;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class TimelineTest {
  @ParameterizedTest
  @ValueSource(ints = {1, 239, 240, 241, 242, 481, 1_000, 4_097})
  void shouldLoseNoValueWhenIntervalsAreMerged(int intervals) {
    Timeline timeline = new Timeline();
    for (int i = 0; i < intervals; i++) {
      Histogram interval = new Histogram(3);
      interval.recordValue(1 + i % 7);
      interval.setStartTimeStamp(1_000L * i);
      interval.setEndTimeStamp(1_000L * (i + 1));
      timeline.add(interval);
    }

    List<Interval> merged = timeline.intervals();

    assertTrue(merged.size() <= Timeline.MAX_INTERVALS, "intervals=" + merged.size());
    assertTrue(merged.size() > Math.min(intervals, Timeline.MAX_INTERVALS) / 2 - 1);
    assertEquals(intervals, merged.stream().mapToLong(each -> each.values().getTotalCount()).sum());
    assertEquals(0, merged.getFirst().startMs());
    assertEquals(1_000L * intervals, merged.getLast().endMs());
    for (int i = 1; i < merged.size(); i++) {
      assertEquals(merged.get(i - 1).endMs(), merged.get(i).startMs());
    }
    long width = merged.getFirst().endMs();
    assertTrue(
        merged.subList(0, merged.size() - 1).stream()
            .allMatch(each -> each.endMs() - each.startMs() == width),
        "all but the last are of one length");
  }
}
