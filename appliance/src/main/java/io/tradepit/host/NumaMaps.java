package io.tradepit.host;

import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** Reads /proc/self/numa_maps (proc_pid_numa_maps(5)), which a kernel without NUMA has not. */
final class NumaMaps {
  private static final int HEX = 16;

  private final Path file;

  /**
   * @param proc the proc file system, /proc unless a test has its own
   */
  NumaMaps(Path proc) {
    file = proc.resolve("self/numa_maps");
  }

  /**
   * Where the pages of a mapping are.
   *
   * @param policy as the kernel writes it, such as {@code bind:0} or {@code default}
   * @param pagesOfNodes how many pages are on each node
   */
  record Nodes(String policy, Map<Integer, Long> pagesOfNodes) {
    /** Whether every page is on this node. */
    boolean areAllOn(int node) {
      return !pagesOfNodes.isEmpty()
          && pagesOfNodes.keySet().stream().allMatch(each -> each == node);
    }
  }

  /**
   * The account of the mapping that begins at the address.
   *
   * @throws IllegalArgumentException when none does
   */
  Nodes mappingAt(long address) {
    for (String line : Machine.lines(file)) {
      String[] fields = line.split(" ", -1);
      if (Long.parseUnsignedLong(fields[0], HEX) == address) {
        return new Nodes(fields[1], pages(fields));
      }
    }
    throw new IllegalArgumentException(
        "address=0x" + Long.toHexString(address) + ": no mapping of file=" + file);
  }

  private static Map<Integer, Long> pages(String[] fields) {
    Map<Integer, Long> pages = new TreeMap<>();
    for (String field : fields) {
      if (field.matches("N\\d+=\\d+")) {
        int equals = field.indexOf('=');
        pages.put(
            Integer.parseInt(field.substring(1, equals)),
            Long.parseLong(field.substring(equals + 1)));
      }
    }
    return pages;
  }
}
