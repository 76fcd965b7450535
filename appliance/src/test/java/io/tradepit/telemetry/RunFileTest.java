package io.tradepit.telemetry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tradepit.telemetry.RunDescription.Load;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(30)
class RunFileTest {
  @TempDir private Path directory;

  private static RunDescription run(Optional<Load> load) {
    Map<String, String> environment = new LinkedHashMap<>();
    environment.put("z first", "a \"quoted\" \\ value\twith\ntwo lines, µs and 'more': {yes}");
    environment.put("JVM flags", "");
    environment.put("number", "12");
    return new RunDescription(
        "replay",
        Instant.parse("2026-11-20T09:30:00.123Z"),
        12.5,
        load,
        4_000_000_000L,
        StampPoint.ofClient(),
        environment,
        List.of("one", "two: 2"));
  }

  @Test
  void shouldReadBackWhatWasWritten() throws IOException {
    Path file = directory.resolve("run.json");
    RunDescription run = run(Optional.of(new Load(50_000, 49_999.5, true, "rule", "")));

    RunFile.write(file, run(Optional.empty()));
    RunFile.write(file, run);

    assertEquals(run, RunFile.read(file));
    assertEquals(
        List.copyOf(run.environment().keySet()),
        List.copyOf(RunFile.read(file).environment().keySet()));
    assertFalse(Files.exists(directory.resolve("run.json.next")));
  }

  @Test
  void shouldReadARunWithoutALoad() {
    Path file = directory.resolve("environment.json");
    RunFile.write(file, run(Optional.empty()));

    assertEquals(run(Optional.empty()), RunFile.read(file));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"kind\": \"replay\"|\"kind\": 7|kind=7: allowed a text",
        "2026-11-20T09:30:00.123Z|yesterday|started=yesterday: allowed a time",
        "\"durationS\": 12.500|\"durationS\": true|durationS=true: allowed a number",
        "\"kept\": true|\"kept\": 1|kept=1: allowed true or false",
        "\"notes\": [|\"other\": [|notes=null: allowed a list",
        "\"notes\": [|\"notes: [|allowed JSON",
      })
  void shouldNameWhatIsNotAllowed(String from, String to, String problem) throws IOException {
    Path file = directory.resolve("run.json");
    String text = RunFile.json(run(Optional.of(new Load(1, 1, true, "", ""))));
    assertTrue(text.contains(from), text);
    Files.writeString(file, text.replace(from, to));

    IllegalArgumentException refused =
        assertThrows(IllegalArgumentException.class, () -> RunFile.read(file));

    assertTrue(refused.getMessage().startsWith("file=" + file), refused.getMessage());
    assertTrue(refused.getMessage().contains(problem), refused.getMessage());
  }

  @Test
  void shouldJudgeWhetherARateWasKept() {
    assertTrue(Load.judged(1_000, 990, 100, 100).kept());
    Load slow = Load.judged(1_000, 989, 100, 100);
    Load late = Load.judged(1_000, 1_000, 25_000, 10_000);

    assertFalse(slow.kept());
    assertEquals("achieved 98.9 % of the offered rate", slow.reason());
    assertFalse(late.kept());
    assertEquals("p50 of the send lag 25.0 µs", late.reason());
    assertTrue(late.rule().endsWith("10.0 µs"), late.rule());
  }

  @ParameterizedTest
  @CsvSource({
    "0,0 ns",
    "999,999 ns",
    "1000,1.00 µs",
    "12345,12.3 µs",
    "999999,1.00 ms",
    "4050000,4.05 ms",
    "123456789,123 ms",
    "1500000000,1.50 s",
    "-2500,-2.50 µs"
  })
  void shouldWriteDurationsForPeople(long ns, String text) {
    assertEquals(text, Nanos.text(ns));
  }

  @Test
  void shouldSayHowManySecondsAnHourHas() {
    assertEquals("3,600 s", Nanos.text(LatencyLog.MAX_VALUE_NS));
  }
}
