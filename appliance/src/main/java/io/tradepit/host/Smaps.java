package io.tradepit.host;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads /proc/self/smaps. */
public final class Smaps {
  private static final int HEX = 16;
  private static final int HEADER_FIELDS = 6;
  private static final long BYTES_PER_KB = 1024;

  /** What the kernel names reserved huge pages without a file by. */
  private static final String RESERVED_PAGES = "/anon_hugepage";

  private final Path file;

  /**
   * @param proc the proc file system, /proc unless a test has its own
   */
  public Smaps(Path proc) {
    file = proc.resolve("self/smaps");
  }

  /**
   * The account of the mapping that contains the address.
   *
   * @throws IllegalArgumentException when none does
   */
  public PageReport mappingOf(long address) {
    List<String> lines = lines();
    for (int i = 0; i < lines.size(); i++) {
      if (isHeader(lines.get(i)) && contains(lines.get(i), address)) {
        return report(lines.get(i), fields(lines, i + 1));
      }
    }
    throw new IllegalArgumentException(
        "address=0x" + Long.toHexString(address) + ": not mapped by file=" + file);
  }

  /**
   * The account of the largest mapping without a file that may be executed.
   *
   * @throws IllegalArgumentException when there is none
   */
  public PageReport largestExecutable() {
    List<String> lines = lines();
    PageReport largest = null;
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      if (isHeader(line) && isExecutable(line)) {
        PageReport report = report(line, fields(lines, i + 1));
        boolean isWithoutFile = report.path().isEmpty() || report.path().startsWith(RESERVED_PAGES);
        if (isWithoutFile && (largest == null || report.sizeBytes() > largest.sizeBytes())) {
          largest = report;
        }
      }
    }
    if (largest == null) {
      throw new IllegalArgumentException("no memory that may be executed: file=" + file);
    }
    return largest;
  }

  private static boolean isExecutable(String header) {
    return header.charAt(header.indexOf(' ') + 3) == 'x';
  }

  private List<String> lines() {
    try {
      return Files.readAllLines(file);
    } catch (IOException e) {
      throw new UncheckedIOException("file=" + file, e);
    }
  }

  /** A mapping begins with its addresses, each other line with a capitalised name. */
  private static boolean isHeader(String line) {
    return !line.isEmpty() && Character.digit(line.charAt(0), HEX) >= 0 && line.indexOf('-') > 0;
  }

  private static boolean contains(String header, long address) {
    return Long.compareUnsigned(address, start(header)) >= 0
        && Long.compareUnsigned(address, end(header)) < 0;
  }

  private static long start(String header) {
    return Long.parseUnsignedLong(header.substring(0, header.indexOf('-')), HEX);
  }

  private static long end(String header) {
    return Long.parseUnsignedLong(
        header.substring(header.indexOf('-') + 1, header.indexOf(' ')), HEX);
  }

  private static Map<String, Long> fields(List<String> lines, int from) {
    Map<String, Long> fields = new HashMap<>();
    for (int i = from; i < lines.size() && !isHeader(lines.get(i)); i++) {
      String line = lines.get(i);
      if (line.endsWith(" kB")) {
        int colon = line.indexOf(':');
        long kilobytes = Long.parseLong(line.substring(colon + 1, line.length() - 3).strip());
        fields.put(line.substring(0, colon), kilobytes * BYTES_PER_KB);
      }
    }
    return fields;
  }

  private static PageReport report(String header, Map<String, Long> fields) {
    String[] parts = header.split(" +", HEADER_FIELDS);
    return new PageReport(
        start(header),
        parts.length == HEADER_FIELDS ? parts[HEADER_FIELDS - 1].strip() : "",
        end(header) - start(header),
        fields.getOrDefault("KernelPageSize", 0L),
        fields.getOrDefault("ShmemPmdMapped", 0L),
        fields.getOrDefault("FilePmdMapped", 0L),
        fields.getOrDefault("AnonHugePages", 0L),
        fields.getOrDefault("Shared_Hugetlb", 0L) + fields.getOrDefault("Private_Hugetlb", 0L));
  }
}
