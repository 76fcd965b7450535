package io.tradepit.perf.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a record takes is about what its layout says, whatever it is filled with. */
@Timeout(60)
class FootprintsTest {
  private static final int ORDERS = 20_000;
  private static final int LEVELS = 2_000;

  private static final List<Footprint> FOOTPRINTS = Footprints.measure(ORDERS, LEVELS);

  private Footprint of(String kind) {
    return FOOTPRINTS.stream().filter(it -> it.kind().startsWith(kind)).findAny().orElseThrow();
  }

  @Test
  void shouldTakeWhatTheLayoutSays() {
    Footprint order = of("resting order");
    assertEquals(64 + 128 + 8 + 4, order.layout(), 0.1);
    // Few records: an order's four regions end on pages of their own.
    assertTrue(order.excess() > -0.05 && order.excess() < 0.3, order::toString);
    assertEquals(32 + 264 / 64.0, of("level, 1 tick").layout(), 1);
    assertEquals(32 + 264 / 64.0, of("level, alone").layout(), 1);
    assertEquals(32 + 264 + 264 / 128.0, of("level, two").layout(), 1);
    assertEquals(260, of("instrument without").layout(), 0.1);
    assertEquals(64 + 16 + 1024, of("session without").layout(), 0.1);
  }

  /** By the sizes of the records, but for what aligns a region; pages are not rounded up. */
  @Test
  void shouldReserveWhatOneMoreNeeds() {
    double reference = 4.0 * 32_768 / ORDERS; // the table is a power of two
    assertEquals(64 + 128 + 8 + reference, of("resting order").reserved(), 0.1);
    // A node at three of the five heights; of the others a side cannot need more.
    assertEquals(32 + 3 * 264, of("level, 1 tick").reserved(), 1);
    assertEquals(64 + 16 + 1024 + 4 * 1024, of("session without").reserved(), 12);
  }

  @Test
  void shouldDrawAPageThatIsWellFormed() throws Exception {
    MemoryResults results =
        new MemoryResults(FOOTPRINTS, List.of(), List.of("engine=a process=gone"));
    String page = results.page(Map.of("JVM", "25"));
    DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(
            new ByteArrayInputStream(
                page.substring(page.indexOf('\n')).getBytes(StandardCharsets.UTF_8)));
    assertTrue(results.text().contains("resting order"), results.text());
    assertTrue(results.text().contains("engine=a process=gone"), results.text());
    assertEquals(List.of("engine=a process=gone"), results.losses());
    System.out.print(results.text());
  }
}
