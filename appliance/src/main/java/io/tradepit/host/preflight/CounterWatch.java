package io.tradepit.host.preflight;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Two readings of a table of counters, and what went up on the isolated CPUs in between. */
final class CounterWatch {
  private final HostView host;
  private final String path;
  private final CpuSet cpus;
  private final Duration watch;
  private final Optional<CounterTable> before;
  private Optional<CounterTable> after = Optional.empty();

  CounterWatch(HostView host, String path, CpuSet cpus, Duration watch) {
    this.host = host;
    this.path = path;
    this.cpus = cpus;
    this.watch = watch;
    before = CounterTable.read(host, path);
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
          long count = after.get().since(before.get(), row, cpu);
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

  private String fault(String row, int cpu, long count) {
    String words = after.orElseThrow().words(row);
    return row + (words.isEmpty() ? "" : " (" + words + ")") + " " + count + " on CPU " + cpu;
  }
}
