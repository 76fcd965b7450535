package io.tradepit.config;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What kernel arguments reserve. {@code hugepages=N} leaves it to the kernel to spread the pages
 * over the nodes, {@code hugepages=0:N,1:M} does not (Linux 5.16).
 */
public final class BootPages {
  /** In place of a node, when the arguments name none. */
  public static final int ANY_NODE = -1;

  private static final int DEFAULT_PAGE_KB = 2048;

  /** 16 GiB, the largest page of any processor that Linux runs on. */
  private static final int MOST_PAGE_KB = 16 << 20;

  /**
   * @param node or {@link #ANY_NODE}
   */
  public record NodePages(int node, int pageKb) implements Comparable<NodePages> {
    @Override
    public int compareTo(NodePages other) {
      return pageKb == other.pageKb
          ? Integer.compare(node, other.node)
          : Integer.compare(pageKb, other.pageKb);
    }
  }

  private final TreeMap<NodePages, Long> pages = new TreeMap<>();

  private BootPages() {}

  /**
   * Reads the arguments that are about huge pages and passes over all others.
   *
   * @throws IllegalArgumentException when one of them has no number where it needs one
   */
  public static BootPages of(List<String> arguments) {
    BootPages found = new BootPages();
    int defaultKb = DEFAULT_PAGE_KB;
    int pageKb = 0;
    for (String argument : arguments) {
      String value = argument.substring(argument.indexOf('=') + 1);
      if (argument.startsWith("default_hugepagesz=")) {
        defaultKb = kb(value);
      } else if (argument.startsWith("hugepagesz=")) {
        pageKb = kb(value);
      } else if (argument.startsWith("hugepages=")) {
        found.add(pageKb == 0 ? defaultKb : pageKb, value);
      }
    }
    return found;
  }

  private static int kb(String size) {
    long kb = HugePagePlan.sizeBytes(size).orElse(0) >> 10;
    if (kb == 0 || kb > MOST_PAGE_KB) {
      throw new IllegalArgumentException("size=" + size + ": allowed 2M, 1G");
    }
    return (int) kb;
  }

  private void add(int pageKb, String value) {
    for (String part : value.split(",", -1)) {
      int colon = part.indexOf(':');
      int node = colon < 0 ? ANY_NODE : Integer.parseInt(part.substring(0, colon));
      pages.put(new NodePages(node, pageKb), Long.parseLong(part.substring(colon + 1)));
    }
  }

  /** Pages by node and size, smallest size first. */
  public Map<NodePages, Long> pages() {
    return new TreeMap<>(pages);
  }
}
