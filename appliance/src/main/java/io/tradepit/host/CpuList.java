package io.tradepit.host;

import java.util.ArrayList;
import java.util.List;

/** The kernel's text form of a set of CPUs, such as {@code 0-3,8} (cpuset(7), list format). */
public final class CpuList {
  private CpuList() {}

  /** The CPUs of a list, in its order; none for an empty text. */
  public static List<Integer> parse(String text) {
    List<Integer> cpus = new ArrayList<>();
    if (!text.isBlank()) {
      for (String range : text.strip().split(",", -1)) {
        addRange(cpus, range);
      }
    }
    return cpus;
  }

  private static void addRange(List<Integer> cpus, String range) {
    int dash = range.indexOf('-');
    int first = Integer.parseInt(dash < 0 ? range : range.substring(0, dash));
    int last = dash < 0 ? first : Integer.parseInt(range.substring(dash + 1));
    for (int cpu = first; cpu <= last; cpu++) {
      cpus.add(cpu);
    }
  }
}
