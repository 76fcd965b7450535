package io.tradepit.perf.book;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tradepit.perf.book.EngineSetup.Role;
import io.tradepit.perf.flow.Regime;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What follows from runs: the placement that is compared, medians, ratios, and how it is shown. */
@Timeout(30)
class BookResultsTest {
  private static final long NEAR_NS = 55;
  private static final long FAR_NS = 400;
  private static final EngineSetup NULL = engine(EngineCatalog.NULL, Role.BOUND);
  private static final EngineSetup OURS = engine(EngineCatalog.OURS, Role.OURS);
  private static final EngineSetup PEER = engine("parity", Role.PEER);

  private final BookResults results = new BookResults(Delivery.RING);

  private static EngineSetup engine(String name, Role role) {
    return new EngineSetup(name, role, "none", Path.of("java"), List.of(), List.of());
  }

  private static RunFigures run(Regime regime, double millions, long before, long after) {
    long tookNs = Math.round(1_000_000 * 1e3 / millions);
    return new RunFigures(regime, tookNs, 1_000_000, 1_100_000, 7, 0, 0, 0, 0, 9)
        .placed(before, after);
  }

  private void add(EngineSetup engine, long placementNs, double... millions) {
    List<RunFigures> runs = new ArrayList<>();
    for (double rate : millions) {
      for (Regime regime : Regime.values()) {
        runs.add(run(regime, rate, placementNs, placementNs));
      }
    }
    results.add(engine, runs);
  }

  private void addAll() {
    add(NULL, FAR_NS, 20, 20, 22);
    add(OURS, FAR_NS, 15, 14, 16);
    add(PEER, FAR_NS, 5, 6, 4);
  }

  @Test
  void shouldCompareRunsOfOnePlacementOnly() {
    addAll();
    add(OURS, NEAR_NS, 30);
    assertEquals(Placement.FAR, results.compared());
    assertEquals(5, results.count(Placement.NEAR));
    assertEquals(15e6, results.rate(OURS, Regime.FIXED_MID).median(), 1e3);
    assertEquals(16e6, results.rate(OURS, Regime.FIXED_MID).max(), 1e3);
    assertEquals(List.of("0.75", "0.75", "0.75", "0.75", "0.75"), results.ratios().get("of null"));
    assertEquals("3.00", results.ratios().get("of best peer").getFirst());
  }

  @Test
  void shouldLeaveOutRunsInWhichTheCoresWereMoved() {
    addAll();
    results.add(OURS, List.of(run(Regime.SWING_25, 1, NEAR_NS, FAR_NS)));
    assertEquals(1, results.count(Placement.MOVED));
    assertEquals(14e6, results.rate(OURS, Regime.SWING_25).min(), 1e3);
  }

  @Test
  void shouldTakeTheWorstRegime() {
    addAll();
    results.add(OURS, List.of(run(Regime.FLASH_CRASH, 1, FAR_NS, FAR_NS)));
    assertEquals(14.5e6, results.worst(OURS).orElseThrow(), 1e4);
  }

  @Test
  void shouldNotTakeNoRunForANumber() {
    add(OURS, NEAR_NS, 15, 15, 15);
    add(PEER, FAR_NS, 5, 5);
    add(PEER, NEAR_NS, 5);
    results.add(NULL, List.of(run(Regime.FIXED_MID, 20, NEAR_NS, NEAR_NS)));
    results.add(NULL, List.of(run(Regime.SWING_40, 20, NEAR_NS, FAR_NS)));
    String json = BookJson.members(results);
    assertTrue(json.contains("\"swing-40\": {\"median\": null, \"min\": null,"), json);
    assertTrue(json.contains("\"worst\": null"), json);
    assertTrue(results.worst(NULL).isEmpty());
    assertEquals(List.of("0.75", "-", "-", "-", "-"), results.ratios().get("of null"));
    String table = BookTable.of(results);
    assertTrue(table.contains("compared: parity fixed-mid 1 of 3,"), table);
    assertTrue(table.contains("null swing-40 0 of 1"), table);
  }

  @Test
  void shouldCountTheBytesOfTheRegimeThatAllocatesMost() {
    addAll();
    for (int i = 0; i < 3; i++) {
      RunFigures run = run(Regime.SWING_40, 5, FAR_NS, FAR_NS);
      results.add(
          PEER,
          List.of(
              new RunFigures(
                  run.regime(), run.tookNs(), 1_000, 1_000, 7, 0, 48_000, FAR_NS, FAR_NS, 9)));
    }
    assertEquals(24, results.bytesPerMessage(PEER), 0.1);
  }

  @Test
  void shouldRefuseEnginesThatReportedOtherThings() {
    addAll();
    RunFigures other = run(Regime.SWING_40, 9, FAR_NS, FAR_NS);
    results.add(
        PEER,
        List.of(
            new RunFigures(other.regime(), other.tookNs(), other.messages(), 1, 8, 0, 0, 0, 0, 9)));
    Map<Regime, RunFigures> expected = new EnumMap<>(Regime.class);
    for (Regime regime : Regime.values()) {
      expected.put(regime, run(regime, 1, FAR_NS, FAR_NS));
    }
    String message =
        assertThrows(IllegalStateException.class, () -> results.requireEqual(expected))
            .getMessage();
    assertEquals("engine=parity regime=swing-40 checksum=differs", message);
  }

  @Test
  void shouldReadTheLineThatAProcessPrints() {
    RunFigures run = run(Regime.ROUTINE_DAY, 12, NEAR_NS, FAR_NS);
    assertTrue(RunFigures.isRun(run.line()));
    assertEquals(run, RunFigures.parse(run.line()));
  }

  @Test
  void shouldDrawAPageThatIsWellFormed() throws Exception {
    addAll();
    String page = BookPage.of(List.of(results), Map.of(OURS, "this < that"), Map.of("JVM", "25"));
    String body = page.substring(page.indexOf('\n'));
    DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8)));
    assertTrue(BookTable.of(results).contains("15.00 (14.00-16.00)"), BookTable.of(results));
    assertTrue(BookJson.members(results).contains("\"worst\": 15000000"));
  }
}
