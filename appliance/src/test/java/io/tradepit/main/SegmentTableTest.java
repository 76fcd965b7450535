package io.tradepit.main;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tradepit.host.PageReport;
import io.tradepit.host.ThreadPlacement;
import io.tradepit.host.ThreadPlacement.Placement;
import io.tradepit.matching.Capacities;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class SegmentTableTest {
  private static final long MIB = 1 << 20;

  @Test
  void shouldSayOnWhichPagesTheStateLies() {
    assertEquals("240 MiB, all on 2 MiB pages", text(240 * MIB, 240 * MIB));
    assertEquals("400 MiB, 398 MiB of it on 2 MiB pages", text(400 * MIB, 398 * MIB));
    assertEquals("240 MiB, all on 4 KiB pages", text(240 * MIB, 0));
    assertEquals("1,540 KiB, all on 4 KiB pages", text(1540 << 10, 0));
  }

  @Test
  void shouldSayWhenADayKeepsOtherCapacitiesThanTheConfigurationNames() {
    Capacities small = new Capacities(1_000_000, 200_000, 65_536, 64, 32);
    Capacities large = new Capacities(2_000_000, 200_000, 65_536, 64, 32);
    String ofDay = "1,000,000 orders, 200,000 levels, 64 instruments, 32 sessions";

    assertEquals(ofDay, SegmentTable.capacitiesText(small, small));
    assertEquals(
        ofDay + "; the day's own: the configuration's begin with the next",
        SegmentTable.capacitiesText(small, large));
  }

  @Test
  void shouldSayWhereAThreadIsAndHowItIsScheduled() {
    assertEquals(
        "pinned to core 1; fifo 40",
        SegmentTable.placementText(new Placement("tp-seq", 7, 1, List.of(1), 40)));
    assertEquals(
        "any of cores 0, 1",
        SegmentTable.placementText(
            new Placement("tp-admin", 8, ThreadPlacement.ANY, List.of(0, 1), 0)));
  }

  private static String text(long sizeBytes, long shmemHugeBytes) {
    return SegmentTable.pagesText(
        new PageReport(0, "pages.map", sizeBytes, 4096, shmemHugeBytes, 0, 0, 0));
  }
}
