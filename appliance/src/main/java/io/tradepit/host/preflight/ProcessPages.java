package io.tradepit.host.preflight;

import io.tradepit.config.HugePagePlan;
import io.tradepit.config.HugePagePlan.User;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The pages that a running segment stands on, by its {@code smaps} (proc_pid_smaps(5)).
 *
 * @param pid 0 for the process that asks
 * @param smaps empty when it may not be read
 */
record ProcessPages(long pid, Optional<String> smaps) {
  private static final Pattern REGION =
      Pattern.compile("[0-9a-f]+-[0-9a-f]+ \\S+ \\S+ \\S+ \\d+\\s*(.*)");
  private static final Pattern LINE = Pattern.compile("(\\w+):\\s+(\\d{1,15}) kB");
  private static final double DEMANDED_SHARE = 0.99;
  private static final long HUGE_KB = 2048;

  static Optional<ProcessPages> of(HostView host, OptionalLong pid) {
    return pid.isPresent()
        ? Optional.of(
            new ProcessPages(pid.getAsLong(), host.text("/proc/" + pid.getAsLong() + "/smaps")))
        : Optional.empty();
  }

  /** The process that asks. */
  static ProcessPages self(HostView host) {
    return new ProcessPages(0, host.text("/proc/self/smaps"));
  }

  /** Sums of the regions of one page size, or of files below a directory. */
  private record Sum(long demandedKb, long hugeTmpfsKb, long hugetlbKb) {
    Sum plus(Region region) {
      return new Sum(
          demandedKb + region.demandedKb(),
          hugeTmpfsKb + region.hugeTmpfsKb,
          hugetlbKb + region.hugetlbKb);
    }
  }

  private static final class Region {
    private String path = "";
    private long sizeKb;
    private long residentKb;
    private long pageKb;
    private long hugeTmpfsKb;
    private long hugetlbKb;

    /** What it has touched, without a tail that is shorter than a huge page. */
    long demandedKb() {
      return Math.min(residentKb, sizeKb / HUGE_KB * HUGE_KB);
    }

    void add(String name, long kb) {
      switch (name) {
        case "Size" -> sizeKb = kb;
        case "Rss" -> residentKb = kb;
        case "KernelPageSize" -> pageKb = kb;
        case "ShmemPmdMapped" -> hugeTmpfsKb = kb;
        case "Private_Hugetlb", "Shared_Hugetlb" -> hugetlbKb += kb;
        default -> {
          // Of no account here.
        }
      }
    }
  }

  private Sum sum(Predicate<Region> of) {
    Sum sum = new Sum(0, 0, 0);
    Region region = new Region();
    for (String line : smaps.orElse("").lines().toList()) {
      Matcher begin = REGION.matcher(line);
      Matcher value = LINE.matcher(line);
      if (begin.matches()) {
        sum = of.test(region) ? sum.plus(region) : sum;
        region = new Region();
        region.path = begin.group(1);
      } else if (value.matches()) {
        region.add(value.group(1), Long.parseLong(value.group(2)));
      }
    }
    return of.test(region) ? sum.plus(region) : sum;
  }

  /** Reserved pages of a size that it holds. */
  long heldPages(int pageKb) {
    return sum(region -> region.pageKb == pageKb).hugetlbKb / pageKb;
  }

  /** Whether what it maps stands where the plan wants it. */
  void judge(FactSheet sheet, HugePagePlan plan) {
    for (User user : plan.users()) {
      if (user.mount().isPresent() && user.verify().equals("ShmemPmdMapped")) {
        String directory = user.mount().get().directory() + "/";
        String expected = "99 % of what it touched below " + directory + " on huge pages";
        Sum sum = sum(region -> region.path.startsWith(directory));
        if (sum.demandedKb == 0) {
          sheet.skip(user.user(), expected, why("the segment maps no file there"));
        } else {
          sheet.judge(
              user.user(),
              sum.hugeTmpfsKb >= sum.demandedKb * DEMANDED_SHARE,
              expected,
              sum.hugeTmpfsKb + " of " + sum.demandedKb + " kB",
              "stop the segment, free memory of its node (echo 1 > /proc/sys/vm/compact_memory),"
                  + " start it again");
        }
      }
    }
  }

  private String why(String reason) {
    return smaps.isPresent() ? reason : "/proc/" + pid + "/smaps cannot be read";
  }
}
