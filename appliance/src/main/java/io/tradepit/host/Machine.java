package io.tradepit.host;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What the machine is, as the kernel says.
 *
 * @param model of the processor
 * @param kernel release
 * @param onlineCpus in ascending order
 * @param allowedCpus that this process may run on, in ascending order
 * @param memoryBytes all
 * @param availableBytes that can be had without swapping, at the time of reading
 */
public record Machine(
    String model,
    String kernel,
    List<Integer> onlineCpus,
    List<Integer> allowedCpus,
    long memoryBytes,
    long availableBytes) {
  private static final long BYTES_PER_KB = 1024;

  public Machine {
    onlineCpus = List.copyOf(onlineCpus);
    allowedCpus = List.copyOf(allowedCpus);
  }

  /** This machine. */
  public static Machine read() {
    return read(Path.of("/"));
  }

  /**
   * @param root what /proc and /sys are under, / unless a test has its own
   */
  public static Machine read(Path root) {
    Path proc = root.resolve("proc");
    List<String> memory = lines(proc.resolve("meminfo"));
    return new Machine(
        // Not every architecture names a model.
        value(lines(proc.resolve("cpuinfo")), "model name", "unknown"),
        lines(proc.resolve("sys/kernel/osrelease")).getFirst(),
        CpuList.parse(lines(root.resolve("sys/devices/system/cpu/online")).getFirst()),
        CpuList.parse(value(lines(proc.resolve("self/status")), "Cpus_allowed_list", "")),
        bytes(memory, "MemTotal"),
        bytes(memory, "MemAvailable"));
  }

  /**
   * Memory that can be had now without swapping, bytes.
   *
   * @param proc the proc file system
   */
  static long availableBytes(Path proc) {
    return bytes(lines(proc.resolve("meminfo")), "MemAvailable");
  }

  /**
   * All memory, bytes.
   *
   * @param proc the proc file system
   */
  static long memoryBytes(Path proc) {
    return bytes(lines(proc.resolve("meminfo")), "MemTotal");
  }

  private static long bytes(List<String> memory, String name) {
    String value = value(memory, name, "0 kB");
    return Long.parseLong(value.substring(0, value.indexOf(' '))) * BYTES_PER_KB;
  }

  static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException e) {
      throw new UncheckedIOException("file=" + file, e);
    }
  }

  /** The value behind the colon of the first line that begins with the name. */
  static String value(List<String> lines, String name, String absent) {
    for (String line : lines) {
      int colon = line.indexOf(':');
      if (colon > 0 && line.substring(0, colon).strip().equals(name)) {
        return line.substring(colon + 1).strip();
      }
    }
    return absent;
  }
}
