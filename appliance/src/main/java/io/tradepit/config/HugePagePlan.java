package io.tradepit.config;

import io.tradepit.config.SegmentConfig.Profile;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which memory stands on which pages, and why: a file of {@code hugepages}.
 *
 * @param file where it was read from
 * @param boot what the kernel is started with, or empty when it sets nothing aside
 * @param reserved by the kernel, for each node and size
 */
public record HugePagePlan(
    Path file, Profile profile, Optional<Boot> boot, List<Reserved> reserved, List<User> users) {
  public HugePagePlan {
    reserved = List.copyOf(reserved);
    users = List.copyOf(users);
  }

  /**
   * Kernel arguments that reserve, in their order: {@code hugepages=} belongs to the {@code
   * hugepagesz=} before it (the kernel's admin-guide/kernel-parameters).
   */
  public record Boot(List<String> arguments, String why) {
    public Boot {
      arguments = List.copyOf(arguments);
    }
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
   * @param verify the line of /proc/PID/smaps that proves it, or the word none
   */
  public record User(
      String user,
      String pages,
      int pageKb,
      String size,
      Optional<Mount> mount,
      OptionalInt node,
      String verify,
      String why) {
    /** Of pages that the kernel set aside. */
    public static final String HUGETLB = "hugetlb";

    /** Whether it takes pages that the kernel set aside. */
    public boolean isHugetlb() {
      return HUGETLB.equals(pages);
    }

    /** How much, or empty when something else decides it. */
    public OptionalLong bytes() {
      return sizeBytes(size);
    }

    /** Pages that it needs; 0 when its size is not a number. */
    public long pagesNeeded() {
      long pageBytes = (long) pageKb << 10;
      return (bytes().orElse(0) + pageBytes - 1) / pageBytes;
    }
  }

  /**
   * @param type of the file system: tmpfs or hugetlbfs
   * @param options that it must be mounted with, such as {@code huge=always}
   * @param unit file below {@code hugepages/units} that systemd mounts it by, or empty when the
   *     distribution mounts it
   */
  public record Mount(Path directory, String type, List<String> options, Optional<String> unit) {
    public Mount {
      options = List.copyOf(options);
    }
  }

  private static final Pattern SIZE = Pattern.compile("(\\d{1,9})([kmg])");

  /** The bytes of a number with k, m or g; empty for another text. */
  public static OptionalLong sizeBytes(String size) {
    Matcher parts = SIZE.matcher(size.toLowerCase(Locale.ROOT));
    return parts.matches()
        ? OptionalLong.of(Long.parseLong(parts.group(1)) << shift(parts.group(2)))
        : OptionalLong.empty();
  }

  private static int shift(String unit) {
    return switch (unit) {
      case "k" -> 10;
      case "m" -> 20;
      default -> 30;
    };
  }

  /** Pages that the users of reserved memory take from a node and size together. */
  public long pagesNeeded(int node, int pageKb) {
    return users.stream()
        .filter(User::isHugetlb)
        .filter(user -> user.pageKb() == pageKb && user.node().orElse(0) == node)
        .mapToLong(User::pagesNeeded)
        .sum();
  }
}
