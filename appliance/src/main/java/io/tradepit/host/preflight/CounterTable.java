package io.tradepit.host.preflight;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A table of counters by CPU: /proc/interrupts and /proc/softirqs (proc_interrupts(5)). The first
 * line names the CPUs that are online, each other one a row.
 */
final class CounterTable {
  private final Map<String, long[]> rows = new LinkedHashMap<>();
  private final Map<String, String> words = new LinkedHashMap<>();

  private final CpuSet columns;

  private CounterTable(CpuSet columns) {
    this.columns = columns;
  }

  /** Empty when the file is not there or is no such table. */
  static Optional<CounterTable> read(HostView host, String path) {
    return host.text(path).map(text -> text.lines().toList()).flatMap(CounterTable::parse);
  }

  private static Optional<CounterTable> parse(List<String> lines) {
    List<Integer> cpus = new ArrayList<>();
    for (String name : (lines.isEmpty() ? "" : lines.getFirst()).strip().split("\\s+", -1)) {
      if (name.matches("CPU\\d{1,4}")) {
        cpus.add(Integer.parseInt(name.substring(3)));
      }
    }
    if (cpus.isEmpty()) {
      return Optional.empty();
    }
    CounterTable table = new CounterTable(CpuSet.of(cpus));
    lines.stream().skip(1).forEach(line -> table.add(line, cpus));
    return Optional.of(table);
  }

  // Rows such as ERR have one sum for all CPUs: nothing to tell them apart by.
  private void add(String line, List<Integer> cpus) {
    int colon = line.indexOf(':');
    if (colon < 0) {
      return;
    }
    String[] fields = line.substring(colon + 1).strip().split("\\s+", cpus.size() + 1);
    if (fields.length < cpus.size()) {
      return;
    }
    long[] counts = new long[cpus.stream().mapToInt(Integer::intValue).max().orElse(0) + 1];
    for (int i = 0; i < cpus.size(); i++) {
      counts[cpus.get(i)] = FactSheet.number(fields[i]).orElse(0);
    }
    String row = line.substring(0, colon).strip();
    rows.put(row, counts);
    words.put(row, fields.length > cpus.size() ? fields[cpus.size()].strip() : "");
  }

  /** CPUs that have a column. */
  CpuSet cpus() {
    return columns;
  }

  List<String> names() {
    return List.copyOf(rows.keySet());
  }

  /** What a row is about, as the file says. */
  String words(String row) {
    return words.getOrDefault(row, "").replaceAll("\\s+", " ");
  }

  /** How far a row went up on a CPU since an earlier reading. */
  long since(CounterTable earlier, String row, int cpu) {
    return count(row, cpu) - earlier.count(row, cpu);
  }

  private long count(String row, int cpu) {
    long[] counts = rows.getOrDefault(row, new long[0]);
    return cpu < counts.length ? counts[cpu] : 0;
  }
}
