package io.tradepit.host.preflight;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What /proc/cpuinfo says (proc_cpuinfo(5)).
 *
 * @param model {@code unknown} where it names none, as not every architecture does
 * @param flags of the first processor; none where it names none
 */
public record ProcessorText(
    String vendor, String model, Set<String> flags, Set<String> microcodes) {
  /** Reads it. */
  public static ProcessorText of(HostView host) {
    List<String> lines = host.text("/proc/cpuinfo").orElse("").lines().toList();
    return new ProcessorText(
        first(lines, "vendor_id", ""),
        first(lines, "model name", "unknown"),
        new TreeSet<>(List.of(first(lines, "flags", "").split("\\s+", -1))),
        new TreeSet<>(values(lines, "microcode")));
  }

  private static String first(List<String> lines, String name, String absent) {
    List<String> values = values(lines, name);
    return values.isEmpty() ? absent : values.getFirst();
  }

  private static List<String> values(List<String> lines, String name) {
    return lines.stream()
        .filter(line -> line.startsWith(name) && line.contains(":"))
        .map(line -> line.substring(line.indexOf(':') + 1).strip())
        .toList();
  }

  boolean isX86() {
    return isIntel() || "AuthenticAMD".equals(vendor) || "HygonGenuine".equals(vendor);
  }

  boolean isIntel() {
    return "GenuineIntel".equals(vendor);
  }

  boolean isGuest() {
    return flags.contains("hypervisor");
  }
}
