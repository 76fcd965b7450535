package io.tradepit.host.preflight;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** Two readings of a table of counters, and what went up on the isolated CPUs in between. */
final class CounterWatch {
  private final HostView host;
  private final String path;
  private final CpuSet cpus;
  private final Duration watch;
  private final Optional<CounterTable> before;
  private final Map<String, String> parts = new HashMap<>();
  private Optional<CounterTable> after = Optional.empty();

  CounterWatch(HostView host, String path, CpuSet cpus, Duration watch) {
    this.host = host;
    this.path = path;
    this.cpus = cpus;
    this.watch = watch;
    before = CounterTable.read(host, path);
  }

  /** Counts of a row only what is not in another one too: an x86 CAL has the TLB shootdowns. */
  CounterWatch without(String row, String part) {
    parts.put(row, part);
    return this;
  }

  /** What a row is about; known from the second reading on. */
  String words(String row) {
    return after.map(table -> table.words(row)).orElse("");
  }

  /** Takes the second reading. */
  void end() {
    after = CounterTable.read(host, path);
  }

  /**
   * Judges rows: none of them may go up faster than the rate on any of the CPUs.
   *
   * @param most a second on one CPU; 0 = never
   */
  void judge(FactSheet sheet, String name, Predicate<String> rows, int most, String mend) {
    String expected =
        (most == 0 ? "none" : "at most " + most + " a second")
            + " on CPUs "
            + cpus
            + " in "
            + watch.toSeconds()
            + " s";
    if (before.isEmpty() || after.isEmpty()) {
      sheet.unreadable(name, expected, path);
      return;
    }
    if (!after.get().cpus().meets(cpus)) {
      sheet.skip(name, expected, "none of CPUs " + cpus + " is online");
      return;
    }
    List<String> faults = new ArrayList<>();
    long highest = 0;
    for (String row : after.get().names()) {
      if (rows.test(row)) {
        for (int cpu : cpus.numbers()) {
          long count = risen(row, cpu);
          highest = Math.max(highest, count);
          if (count > most * watch.toSeconds()) {
            faults.add(fault(row, cpu, count));
          }
        }
      }
    }
    sheet.judge(
        name,
        faults.isEmpty(),
        expected,
        faults.isEmpty() ? "at most " + highest + " on a CPU" : Texts.some(faults),
        mend);
  }

  private long risen(String row, int cpu) {
    long all = after.orElseThrow().since(before.orElseThrow(), row, cpu);
    String part = parts.get(row);
    return part == null
        ? all
        : Math.max(0, all - after.orElseThrow().since(before.orElseThrow(), part, cpu));
  }

  private String fault(String row, int cpu, long count) {
    String words = words(row);
    return row + (words.isEmpty() ? "" : " (" + words + ")") + " " + count + " on CPU " + cpu;
  }
}
