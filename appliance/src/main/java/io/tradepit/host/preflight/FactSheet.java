package io.tradepit.host.preflight;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;

/**
 * Collects the facts of one group. Where the group is not asked for, what was found is no fault.
 */
final class FactSheet {
  /** A text of the machine may be of any length; one line of it is enough to judge by. */
  private static final int MOST_SHOWN = 200;

  private final String group;
  private final boolean asked;
  private final List<Fact> facts = new ArrayList<>();

  /**
   * @param asked whether the layout demands what this group is about
   */
  FactSheet(String group, boolean asked) {
    this.group = group;
    this.asked = asked;
  }

  List<Fact> facts() {
    return List.copyOf(facts);
  }

  /** What was found is right or wrong. */
  void judge(String name, boolean right, String expected, String found, String mend) {
    String shown = shown(found);
    if (!asked) {
      facts.add(Fact.skip(id(name), group, "anything", shown + " (not asked for)"));
    } else if (right) {
      facts.add(Fact.pass(id(name), group, expected, shown));
    } else {
      facts.add(Fact.fail(id(name), group, expected, shown, mend));
    }
  }

  /** A file's whole text is judged; a file that cannot be read is skipped. */
  void file(
      HostView host,
      String name,
      String path,
      String expected,
      Predicate<String> right,
      String mend) {
    Optional<String> text = host.text(path);
    if (text.isEmpty()) {
      unreadable(name, expected, path);
    } else {
      judge(name, right.test(text.get().strip()), expected, text.get().strip(), mend);
    }
  }

  /** A mask of CPUs must keep off some; it is shown as a list. */
  void mask(HostView host, String name, String path, String expected, CpuSet off, String mend) {
    Optional<String> text = host.text(path);
    if (text.isEmpty()) {
      unreadable(name, expected, path);
      return;
    }
    Optional<CpuSet> cpus = CpuSet.mask(text.get());
    judge(
        name,
        cpus.filter(mask -> !mask.meets(off)).isPresent(),
        expected,
        cpus.map(mask -> "CPUs " + mask).orElse(text.get()),
        mend);
  }

  /** A sysctl that must have one value; mended by a line of a file of sysctl.d. */
  void sysctl(HostView host, String name, String key, String expected, Predicate<String> right) {
    String value = expected.replaceAll("[^-0-9].*", "");
    file(
        host,
        name,
        "/proc/sys/" + key.replace('.', '/'),
        key + " = " + expected,
        right,
        "/etc/sysctl.d/90-tradepit.conf: " + key + " = " + value + "; then sysctl --system");
  }

  void skip(String name, String expected, String reason) {
    facts.add(Fact.skip(id(name), group, asked ? expected : "anything", shown(reason)));
  }

  void unreadable(String name, String expected, String path) {
    skip(name, expected, path + " cannot be read");
  }

  /** Worth knowing with every figure, and neither right nor wrong. */
  void noted(String name, String found) {
    facts.add(Fact.pass(id(name), group, "noted", shown(found)));
  }

  private String id(String name) {
    return group + "." + name;
  }

  /** The number that a text is; empty when it is none. */
  static OptionalLong number(String text) {
    return text.strip().matches("-?\\d{1,18}")
        ? OptionalLong.of(Long.parseLong(text.strip()))
        : OptionalLong.empty();
  }

  private static String shown(String text) {
    String line = text.replaceAll("[\\s\\p{Cntrl}]+", " ").strip();
    String some = line.isEmpty() ? "nothing" : line;
    return some.length() <= MOST_SHOWN ? some : some.substring(0, MOST_SHOWN - 4) + " ...";
  }
}
