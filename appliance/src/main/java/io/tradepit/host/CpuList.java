package io.tradepit.host;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The kernel's text form of a set of CPUs, such as {@code 0-3,8} (cpuset(7), list format). */
public final class CpuList {
  private static final Pattern WRITTEN =
      Pattern.compile("\\d{1,4}(-\\d{1,4})?(,\\d{1,4}(-\\d{1,4})?)*");

  private CpuList() {}

  /** The CPUs of a list that a person wrote; empty unless they are ascending, each once. */
  public static Optional<List<Integer>> written(String text) {
    if (!WRITTEN.matcher(text).matches()) {
      return Optional.empty();
    }
    int previous = -1;
    for (String number : text.split("[,-]", -1)) {
      int cpu = Integer.parseInt(number);
      if (cpu <= previous) {
        return Optional.empty();
      }
      previous = cpu;
    }
    return Optional.of(parse(text));
  }

  /**
   * The text of a list, {@code 0-3,8}; empty for no CPUs.
   *
   * @param cpus ascending, each once
   */
  public static String text(List<Integer> cpus) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < cpus.size(); i++) {
      int first = cpus.get(i);
      while (i + 1 < cpus.size() && cpus.get(i + 1) == cpus.get(i) + 1) {
        i++;
      }
      text.append(text.isEmpty() ? "" : ",").append(first);
      text.append(cpus.get(i) == first ? "" : "-" + cpus.get(i));
    }
    return text.toString();
  }

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
