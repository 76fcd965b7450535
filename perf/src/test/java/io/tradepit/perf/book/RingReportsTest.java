package io.tradepit.perf.book;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.tradepit.perf.flow.Flow;
import io.tradepit.perf.flow.NativeMemory;
import java.lang.foreign.Arena;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The ring between the matcher and the drainer: all reports get there, in order, or it is said. */
@Timeout(30)
class RingReportsTest {
  private static final int REPORTS = 5 * RingLayout.SLOTS + 77;

  /** Of batches of any length up to this one stages begin and end anywhere, over the wrap too. */
  private static final int LONGEST_BATCH = 300;

  private final Arena arena = Arena.ofShared();
  private final RingLayout ring = RingLayout.allocate(arena);

  @AfterEach
  void free() {
    arena.close();
  }

  @Test
  void shouldHandOverEveryReportInOrderPastTheWraps() throws InterruptedException {
    ReportDrainer drainer = new ReportDrainer(ring, () -> {});
    Thread thread = new Thread(drainer, "tp-drain");
    thread.start();
    drainer.awaitStarted();
    RingReports reports = new RingReports(ring, arena);
    CountedReports expected = new CountedReports();
    SplittableRandom random = new SplittableRandom(1);
    int batch = 0;
    for (int i = 1; i <= REPORTS; i++) {
      reports.traded(i, i + 1L, 7 * i, random.nextInt());
      batch++;
      if (random.nextInt(LONGEST_BATCH) < batch) {
        reports.endBatch();
        batch = 0;
      }
    }
    random = new SplittableRandom(1);
    for (int i = 1; i <= REPORTS; i++) {
      expected.traded(i, i + 1L, 7 * i, random.nextInt());
      random.nextInt(LONGEST_BATCH);
    }
    reports.endBatch();
    reports.awaitDrained();
    drainer.end();
    thread.join();
    assertEquals(REPORTS, reports.count());
    assertEquals(expected.checksum(), drainer.checksum());
  }

  @Test
  void shouldNoticeAReportThatIsNotTheNextOne() {
    RingReports reports = new RingReports(ring, arena);
    reports.accepted(1, 1, 1, Flow.BUY);
    reports.accepted(2, 1, 1, Flow.BUY);
    reports.endBatch();
    NativeMemory.putLong(ring.slot(1) + 32, 1);
    assertThrows(IllegalStateException.class, new ReportDrainer(ring, () -> {})::run);
    assertEquals(
        "drainer=failed",
        assertThrows(IllegalStateException.class, reports::awaitDrained).getMessage());
  }

  @Test
  void shouldNotWaitForADrainerThatCouldNotStart() {
    ReportDrainer drainer =
        new ReportDrainer(
            ring,
            () -> {
              throw new IllegalStateException("core=none");
            });
    assertThrows(IllegalStateException.class, drainer::run);
    assertThrows(IllegalStateException.class, drainer::awaitStarted);
  }
}
