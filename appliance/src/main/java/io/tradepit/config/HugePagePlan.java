package io.tradepit.config;

import io.tradepit.config.SegmentConfig.Profile;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Which memory stands on which pages, and why: a file of {@code hugepages}.
 *
 * @param file where it was read from
 * @param reserved by the kernel, for each node and size
 */
public record HugePagePlan(Path file, Profile profile, List<Reserved> reserved, List<User> users) {
  public HugePagePlan {
    reserved = List.copyOf(reserved);
    users = List.copyOf(users);
  }

  /**
   * Pages that the kernel sets aside (hugetlb).
   *
   * @param pageKb 2048 or 1048576
   * @param pages at least 1
   */
  public record Reserved(int node, int pageKb, int pages, String why) {}

  /**
   * Who uses pages.
   *
   * @param user such as {@code matching-state}
   * @param pages kind of pages: {@code collapse}, {@code huge-tmpfs}, {@code hugetlb} or {@code
   *     base}
   * @param pageKb page size that is demanded
   * @param size a number with k, m or g, or what decides it
   * @param mount where its files are, if it has files
   * @param node NUMA node that the memory is bound to, or empty = any
   * @param verify the line of /proc/PID/smaps that proves it, or {@code none}
   */
  public record User(
      String user,
      String pages,
      int pageKb,
      String size,
      Optional<Mount> mount,
      OptionalInt node,
      String verify,
      String why) {}

  /**
   * @param type of the file system: tmpfs or hugetlbfs
   * @param options that it must be mounted with, such as {@code huge=always}
   */
  public record Mount(Path directory, String type, List<String> options) {
    public Mount {
      options = List.copyOf(options);
    }
  }
}
