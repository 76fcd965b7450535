package io.tradepit.tools.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tradepit.config.StartException;
import io.tradepit.telemetry.LatencyFolder;
import io.tradepit.telemetry.LatencyLog;
import io.tradepit.telemetry.Leg;
import io.tradepit.telemetry.RunDescription;
import io.tradepit.telemetry.RunDescription.Load;
import io.tradepit.telemetry.RunFile;
import io.tradepit.telemetry.StampPoint;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.HdrHistogram.SingleWriterRecorder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;

@Timeout(60)
class LatencyReportTest {
  private static final Instant START = Instant.parse("2026-11-20T09:30:00Z");
  private static final int SECONDS = 10;
  private static final int A_SECOND = 1_000;

  @TempDir private Path folder;

  @Test
  void shouldPrintPercentilesOfEveryLeg() {
    run(true);

    String text = ReportFiles.text(report());

    assertTrue(text.startsWith("Latency of replay, 2026-11-20 09:30:00 UTC, 10.0 s\n"), text);
    assertTrue(text.contains("offered 1,000 a second, achieved 998\n"), text);
    assertTrue(text.contains("\nOK  the offered rate was kept: 99.8 % of it achieved\n"), text);
    List<String> rows = text.lines().filter(line -> line.matches(" *[a-z-]+ +10,000 .*")).toList();
    assertEquals(
        List.of(
            "answer                  10,000  50.0µs  90.0µs  99.0µs  99.9µs  99.9µs  2.00ms",
            "answer-uncorrected      10,000  25.0µs  45.0µs  49.5µs  49.9µs  50.0µs  50.0µs",
            "order                   10,000  9.98µs  18.0µs  19.8µs  20.0µs  20.0µs  20.0µs",
            "  sequenced             10,000  2.50µs  4.50µs  4.95µs  4.99µs  5.00µs  5.00µs"),
        rows.subList(0, 4));
    assertEquals(7, rows.size());
    assertTrue(text.lines().allMatch(line -> line.length() <= 80), text);
  }

  @Test
  void shouldSayWhyARateWasNotKept() {
    run(false);

    LatencyReport report = report();

    assertEquals("FAIL", report.verdict());
    assertTrue(ReportFiles.text(report).contains("FAIL  achieved 42.0 % of the offered rate"));
    assertTrue(HtmlReport.of(report).contains("<p class=\"verdict v-FAIL\">FAIL</p>"));
  }

  @Test
  void shouldNameTheTimeOfTheGreatestValue() {
    run(true);

    assertEquals(
        "The longest answer, 2.00 ms, came in the interval from 2026-11-20 09:30:07 UTC (7.0 s after"
            + " the start; 1,000 of 10,000 values are in it).",
        report().worst());
  }

  @Test
  void shouldCompareTheTailWithTheMachinesGaps() {
    run(true);

    LatencyReport report = report();

    // Twenty gaps of 60 us in a second: one arrival in a thousand waits 10 us or more.
    MachineGaps gaps = report.gaps().orElseThrow();
    assertEquals(0.0012, gaps.awayShare(), 0.00001);
    assertEquals(0, gaps.waitNs(0.99));
    assertEquals(10_000.0, (double) gaps.waitNs(0.999), 200.0);
    assertEquals(60_000.0, (double) gaps.waitNs(1), 100.0);
    String sentence = report.gapSentence();
    assertTrue(
        sentence.startsWith("A thread that only spun was away 0.12 % of the time"), sentence);
    assertTrue(sentence.contains("at p99.9 for that alone, of the 99.9 µs"), sentence);
    assertTrue(sentence.contains("A part of this tail is the machine's."), sentence);
    assertFalse(sentence.contains("shared"), sentence);
  }

  @Test
  void shouldMakeAPageThatNeedsNothingElse() throws Exception {
    run(true);

    String page = HtmlReport.of(report());

    Document document = parsed(page);
    assertEquals("html", document.getDocumentElement().getTagName());
    assertEquals(9, document.getElementsByTagName("h2").getLength(), "sections");
    for (String foreign : List.of("<script", "<link", "<img", "@import", "url(", "http")) {
      assertFalse(page.contains(foreign), foreign);
    }
    // Each chart in two sizes, with both lines of the answer.
    assertEquals(2, count(page, "<svg class=\"wide\""));
    assertEquals(2, count(page, "<svg class=\"narrow\""));
    assertEquals(2, count(page, "<polyline class=\"line c-answer\""));
    assertEquals(2, count(page, "<polyline class=\"line c-answer-uncorrected\""));
    assertEquals(2, count(page, "<polyline class=\"line c-gaps\""));
    assertEquals(2, count(page, "<polyline class=\"line t-p99\""));
    assertEquals(16, count(page, "<span class=\"part "));
    assertTrue(page.contains("&lt;b&gt;bold &amp; &quot;brave&quot;"), "escaped");
    assertTrue(page.contains("shared by both"));
  }

  @Test
  void shouldWriteThePageThePercentilesAndTheLogs() throws IOException {
    run(true);
    Path out = folder.resolve("elsewhere/report");

    List<Path> written = ReportFiles.write(report(), out);

    assertEquals("report.html", written.getFirst().getFileName().toString());
    assertTrue(Files.readString(out.resolve("answer.hgrm")).contains("#[Mean "));
    assertTrue(Files.exists(out.resolve("gaps.hgrm")));
    assertEquals(-1, Files.mismatch(folder.resolve(Results.LOG), out.resolve(Results.LOG)));
    assertEquals(-1, Files.mismatch(folder.resolve("segment.hlog"), out.resolve("segment.hlog")));
    try (Stream<Path> files = Files.list(out)) {
      assertEquals(written.size(), files.count());
    }
  }

  @Test
  void shouldWriteTheFiguresAsJson() {
    run(true);

    String json = ReportFiles.json(report());

    var load =
        new org.snakeyaml.engine.v2.api.Load(
            org.snakeyaml.engine.v2.api.LoadSettings.builder().build());
    Map<?, ?> values = (Map<?, ?>) load.loadFromString(json);
    assertEquals("OK", values.get("verdict"));
    assertEquals(1_000.0, values.get("offeredRate"));
    Map<?, ?> answer = (Map<?, ?>) ((Map<?, ?>) values.get("legs")).get("answer");
    assertEquals(10_000, answer.get("count"));
    assertEquals(50_015, (int) answer.get("p50Ns"), 50);
    assertEquals(2_000_000, (int) answer.get("maxNs"), 2_000);
  }

  @Test
  void shouldReportTheNewestStartOfASegmentsDirectory() {
    Path latency = folder.resolve("data/latency");
    segment(LatencyFolder.make(latency, 1, START), 100);
    Path newest = LatencyFolder.make(latency, 1, START.plusSeconds(60));
    segment(newest, 200);

    for (Path directory : List.of(folder, folder.resolve("data"), latency, newest)) {
      LatencyReport report = new LatencyReport(Results.read(directory));

      assertEquals(newest, report.results().folder());
      assertEquals("NO RATE", report.verdict());
      assertTrue(report.reason().startsWith("no one offered at a stated rate"));
      assertEquals("order", report.main().tag());
      assertEquals("The machine's own gaps were not measured.", report.gapSentence());
      assertTrue(report.notes().stream().anyMatch(note -> note.contains("p99.99 is the maximum")));
      assertTrue(ReportFiles.text(report).contains("Latency of segment"));
    }
  }

  @Test
  void shouldNameAFolderThatHoldsNothing() throws IOException {
    StartException empty = assertThrows(StartException.class, () -> Results.read(folder));
    assertEquals(
        "DIR=" + folder + ": allowed a folder with latency.hlog, or the directory of a segment",
        empty.getMessage());
    LatencyLog.open(folder.resolve(Results.LOG)).close();
    StartException blank = assertThrows(StartException.class, () -> Results.read(folder));
    assertTrue(blank.getMessage().contains("at least one interval with values"));
  }

  @Test
  void shouldPutATagOfSomeoneElseIntoNoPathAndNoMarkup() throws Exception {
    try (LatencyLog log = LatencyLog.open(folder.resolve(Results.LOG))) {
      log.leg("../<i>\"x").recordValue(5);
      log.write(START.toEpochMilli(), START.toEpochMilli() + 1_000);
    }
    Path out = folder.resolve("out");

    List<Path> written = ReportFiles.write(report(), out);

    assertEquals(
        out.resolve("___i__x.hgrm").toString().replace("___i", "____i"), written.get(1).toString());
    parsed(Files.readString(written.getFirst()));
  }

  private LatencyReport report() {
    return new LatencyReport(Results.read(folder));
  }

  // Ten seconds of a thousand orders each; the answers are spread evenly up to 100 us.
  private void run(boolean kept) {
    try (LatencyLog log = LatencyLog.open(folder.resolve(Results.LOG))) {
      SingleWriterRecorder gaps = log.leg(Leg.GAPS);
      gaps.recordValueWithCount(60_000, 20);
      log.write(START.toEpochMilli() - 2_000, START.toEpochMilli() - 1_000);
      SingleWriterRecorder answer = log.leg(Leg.ANSWER);
      SingleWriterRecorder uncorrected = log.leg(Leg.ANSWER_UNCORRECTED);
      for (int second = 0; second < SECONDS; second++) {
        for (int i = 0; i < A_SECOND; i++) {
          answer.recordValue(second == 7 && i == 0 ? 2_000_000 : 100L * i);
          uncorrected.recordValue(50L * i);
        }
        log.write(ms(second), ms(second + 1));
      }
    }
    Map<String, String> environment = new LinkedHashMap<>();
    environment.put("JVM", "shared by both");
    environment.put("command line", "<b>bold & \"brave\"");
    RunFile.write(
        folder.resolve(Results.RUN),
        new RunDescription(
            "replay",
            START,
            SECONDS,
            Optional.of(Load.judged(1_000, kept ? 998 : 420, 100, 20_000)),
            10_000,
            StampPoint.ofClient(),
            environment,
            List.of("A note.")));
    Path own = folder.resolve("own");
    segment(own, A_SECOND);
    Results.addSegment(folder, own);
  }

  private static void segment(Path own, int orders) {
    try (LatencyLog log = LatencyLog.open(own.resolve(Results.LOG))) {
      for (int second = 0; second < SECONDS; second++) {
        for (int i = 0; i < orders; i++) {
          LatencyReport.WAY.forEach(leg -> log.leg(leg));
          for (Leg leg : LatencyReport.WAY) {
            log.leg(leg).recordValue(5_000L * i / orders);
          }
          log.leg(Leg.ORDER).recordValue(4 * (5_000L * i / orders));
        }
        log.write(ms(second), ms(second + 1));
      }
    }
    RunFile.write(
        own.resolve(Results.ENVIRONMENT),
        new RunDescription(
            "segment",
            START,
            0,
            Optional.empty(),
            (long) SECONDS * orders,
            StampPoint.ofSegment(),
            Map.of("JVM", "shared by both", "threads: tp-seq", "core 1"),
            List.of()));
  }

  private static long ms(int second) {
    return START.toEpochMilli() + 1_000L * second;
  }

  private static Document parsed(String page) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new ByteArrayInputStream(page.getBytes(StandardCharsets.UTF_8)));
  }

  private static int count(String text, String part) {
    return text.split(java.util.regex.Pattern.quote(part), -1).length - 1;
  }
}
