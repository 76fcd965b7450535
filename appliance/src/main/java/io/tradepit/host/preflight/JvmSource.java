package io.tradepit.host.preflight;

import io.tradepit.config.HugePagePlan;
import io.tradepit.config.SegmentConfig.Profile;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The flags that the running segment's JVM was started with, and what it obtained by them. */
final class JvmSource implements FactSource {
  private static final String FLAGS = "the flag file of the profile (appliance/src/main/jvm)";
  private static final Pattern HUGETLB =
      Pattern.compile("^(?:Private|Shared)_Hugetlb:\\s+(\\d{1,15}) kB", Pattern.MULTILINE);
  private static final long BYTES_PER_KB = 1024;

  @Override
  public String group() {
    return "jvm";
  }

  @Override
  public List<Fact> facts(HostView host, WantedHost wanted) {
    FactSheet sheet = new FactSheet(group(), true);
    if (wanted.pid().isEmpty()) {
      sheet.skip("flags", "those of its flag file", "no segment runs");
      return sheet.facts();
    }
    String process = "/proc/" + wanted.pid().getAsLong();
    Optional<String> line = host.text(process + "/cmdline").filter(text -> !text.isBlank());
    if (line.isEmpty()) {
      sheet.unreadable("flags", "those of its flag file", process + "/cmdline");
      return sheet.facts();
    }
    Flags flags = Flags.of(host, line.get());
    safepoints(sheet, flags);
    heap(sheet, flags, wanted);
    archive(sheet, flags);
    largePages(sheet, host, flags, wanted, process);
    return sheet.facts();
  }

  // Parallel and Serial switch the polls of counted loops off unless told.
  private static void safepoints(FactSheet sheet, Flags flags) {
    boolean collectorsOwn = !flags.isOn("UseParallelGC") && !flags.isOn("UseSerialGC");
    sheet.judge(
        "safepoints",
        flags.isOn("UseCountedLoopSafepoints") || collectorsOwn,
        "-XX:+UseCountedLoopSafepoints -XX:LoopStripMiningIter=1000",
        flags.shown("-XX:+UseCountedLoopSafepoints", "-XX:LoopStripMiningIter"),
        FLAGS + ": -XX:+UseCountedLoopSafepoints -XX:LoopStripMiningIter=1000");
  }

  private static void heap(FactSheet sheet, Flags flags, WantedHost wanted) {
    String least = flags.value("-Xms").orElse("unset");
    String most = flags.value("-Xmx").orElse("unset");
    sheet.judge(
        "heap",
        bytes(least).isPresent() && bytes(least).equals(bytes(most)),
        "a heap of one size",
        "-Xms" + least + " -Xmx" + most,
        FLAGS + ": -Xms and -Xmx of the same size");
    if (wanted.layout().filter(layout -> layout.profile() == Profile.BOX).isPresent()) {
      sheet.judge(
          "pretouch",
          flags.isOn("AlwaysPreTouch"),
          "-XX:+AlwaysPreTouch",
          flags.shown("-XX:+AlwaysPreTouch", "-XX:-AlwaysPreTouch"),
          FLAGS + ": -XX:+AlwaysPreTouch");
    }
  }

  private static OptionalLong bytes(String size) {
    return size.matches("\\d{1,18}") ? FactSheet.number(size) : HugePagePlan.sizeBytes(size);
  }

  // By default a cache that does not fit is left out with a line, and the start goes on without.
  private static void archive(FactSheet sheet, Flags flags) {
    Optional<String> cache = flags.value("-XX:AOTCache=");
    if (cache.isPresent()) {
      sheet.judge(
          "aot",
          flags.has("-XX:AOTMode=on"),
          "-XX:AOTMode=on beside -XX:AOTCache",
          flags.shown("-XX:AOTMode"),
          FLAGS + ": -XX:AOTMode=on, so that a cache that does not fit refuses the start");
    }
  }

  private static void largePages(
      FactSheet sheet, HostView host, Flags flags, WantedHost wanted, String process) {
    Optional<HugePagePlan.User> heap =
        wanted
            .pages()
            .flatMap(plan ->
                plan.users().stream().filter(user -> "java-heap".equals(user.user())).findFirst());
    if (heap.isEmpty()) {
      return;
    }
    boolean planned = heap.get().isHugetlb();
    sheet.judge(
        "large_pages",
        planned == flags.isOn("UseLargePages"),
        planned ? "-XX:+UseLargePages, by the page plan" : "small pages, by the page plan",
        flags.shown("-XX:+UseLargePages", "-XX:-UseLargePages"),
        FLAGS + ": -XX:" + (planned ? "+" : "-") + "UseLargePages, or another page plan");
    if (planned && flags.isOn("UseLargePages")) {
      obtained(sheet, host, flags, process);
    }
  }

  // Without enough pages the JVM warns once and takes small ones; gc,init still says Enabled.
  private static void obtained(FactSheet sheet, HostView host, Flags flags, String process) {
    String path = process + "/smaps_rollup";
    Optional<String> rollup = host.text(path);
    OptionalLong heap = flags.value("-Xmx").map(JvmSource::bytes).orElse(OptionalLong.empty());
    String expected = "the heap is on reserved pages";
    if (rollup.isEmpty() || heap.isEmpty()) {
      sheet.unreadable("hugetlb", expected, path);
      return;
    }
    Matcher lines = HUGETLB.matcher(rollup.get());
    long obtained = 0;
    while (lines.find()) {
      obtained += Long.parseLong(lines.group(1)) * BYTES_PER_KB;
    }
    sheet.judge(
        "hugetlb",
        obtained >= heap.getAsLong(),
        expected + ", " + (heap.getAsLong() >> 20) + " MiB",
        (obtained >> 20) + " MiB of the process are",
        "reserve more pages (hugepages/), heap and code cache together; then restart the segment");
  }

  /** The words of a java command line, those of its files ({@code @FILE}, java(1)) included. */
  private record Flags(List<String> words) {
    static Flags of(HostView host, String line) {
      List<String> words = new ArrayList<>();
      for (String word : line.split("\0", -1)) {
        if (word.startsWith("@/")) {
          host.text(word.substring(1))
              .ifPresent(text ->
                  text.lines()
                      .map(row -> row.replaceFirst("(?:^|\\s)#.*", ""))
                      .flatMap(row -> Arrays.stream(row.split("\\s+", -1)))
                      .filter(flag -> !flag.isEmpty())
                      .forEach(words::add));
        } else {
          words.add(word);
        }
      }
      return new Flags(List.copyOf(words));
    }

    boolean has(String word) {
      return words.contains(word);
    }

    /** Whether a switch is on; the last one counts. */
    boolean isOn(String name) {
      return words.stream()
          .filter(word -> word.equals("-XX:+" + name) || word.equals("-XX:-" + name))
          .reduce((earlier, later) -> later)
          .filter(word -> word.startsWith("-XX:+"))
          .isPresent();
    }

    /** What stands behind the last word that begins so. */
    Optional<String> value(String prefix) {
      return words.stream()
          .filter(word -> word.startsWith(prefix))
          .reduce((earlier, later) -> later)
          .map(word -> word.substring(prefix.length()));
    }

    /** The words that begin so, or {@code not set}. */
    String shown(String... prefixes) {
      return words.stream()
          .filter(word -> Arrays.stream(prefixes).anyMatch(word::startsWith))
          .reduce((left, right) -> left + " " + right)
          .orElse("not set");
    }
  }
}
