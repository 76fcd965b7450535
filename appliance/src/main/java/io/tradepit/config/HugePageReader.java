package io.tradepit.config;

import io.tradepit.config.BootPages.NodePages;
import io.tradepit.config.HugePagePlan.Boot;
import io.tradepit.config.HugePagePlan.Mount;
import io.tradepit.config.HugePagePlan.Reserved;
import io.tradepit.config.HugePagePlan.User;
import io.tradepit.config.SegmentConfig.Profile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Reads a file of {@code hugepages}. Beyond the form of each value it holds the file to itself: the
 * kernel's arguments reserve what {@code reserved} says, and that is enough for its users.
 *
 * <p>Single use.
 */
public final class HugePageReader {
  private static final Pattern ARGUMENT =
      Pattern.compile(
          "(default_)?hugepagesz=(2M|1G)|hugepages=(\\d{1,6}|\\d{1,3}:\\d{1,6}(,\\d{1,3}:\\d{1,6})*)");
  private static final Pattern USER =
      Pattern.compile("matching-state|aeron-buffers|java-heap|java-code|replica|dpdk-buffers");
  private static final Pattern PAGES = Pattern.compile("collapse|huge-tmpfs|hugetlb|base");
  private static final Pattern SIZE =
      Pattern.compile("capacities|term-lengths|jvm-flags|resting-orders|[1-9]\\d{0,8}[kmg]");
  private static final Pattern OPTION = Pattern.compile("[a-z]+(=[a-zA-Z0-9_:.,-]+)?");
  private static final Pattern VERIFY = Pattern.compile("ShmemPmdMapped|Private_Hugetlb|none");
  private static final Pattern UNIT = Pattern.compile("[a-z0-9-]+/[a-z0-9-]+\\.mount");
  private static final int MOST_NODE = 1023;
  private static final int MOST_PAGES = 1_000_000;
  private static final int BASE_KB = 4;
  private static final int HUGE_KB = 2048;
  private static final int GIANT_KB = 1 << 20;
  private static final String MPOL = "mpol";

  private final Path file;
  private final Problems problems;

  private HugePageReader(Path file) {
    this.file = file;
    this.problems = new Problems(file.toString());
  }

  /**
   * @throws ConfigException with a line for each problem
   */
  public static HugePagePlan read(Path file) {
    return readText(file, YamlFile.text(file));
  }

  /**
   * @param file is named in problems only
   */
  static HugePagePlan readText(Path file, String text) {
    HugePageReader reader = new HugePageReader(file);
    HugePagePlan plan = reader.plan(YamlFile.root(file, text, reader.problems));
    reader.problems.requireNone();
    return plan;
  }

  private HugePagePlan plan(Section root) {
    Profile profile = root.choice("profile", null, Profile.class);
    Optional<Boot> boot = boot(root);
    List<Reserved> reserved = new ArrayList<>();
    root.sections("reserved", 0, 64).forEach(section -> reserved.add(reserved(section, reserved)));
    List<User> users = new ArrayList<>();
    root.sections("users", 1, 16).forEach(section -> users.add(user(section, users)));
    root.finish();
    HugePagePlan plan = new HugePagePlan(file, profile, boot, reserved, users);
    checkProfile(root, plan);
    checkBoot(root, plan);
    checkReserved(root, plan);
    return plan;
  }

  private static Optional<Boot> boot(Section root) {
    if (!root.has("boot")) {
      return Optional.empty();
    }
    Section section = root.section("boot");
    Boot boot =
        new Boot(
            section.texts("arguments", 1, 32, ARGUMENT, "such as hugepagesz=2M or hugepages=0:640"),
            section.why());
    section.finish();
    return Optional.of(boot);
  }

  private static Reserved reserved(Section section, List<Reserved> before) {
    Reserved reserved =
        new Reserved(
            section.integer("node", null, 0, MOST_NODE),
            pageKb(section, false),
            section.integer("pages", null, 1, MOST_PAGES),
            section.why());
    section.finish();
    for (Reserved other : before) {
      if (other.node() == reserved.node() && other.pageKb() == reserved.pageKb()) {
        section.notAllowed("node", "each node once for a size");
      }
    }
    return reserved;
  }

  private static int pageKb(Section section, boolean isBaseAllowed) {
    int pageKb = section.integer("pageKb", null, BASE_KB, GIANT_KB);
    boolean isHuge = pageKb == HUGE_KB || pageKb == GIANT_KB;
    if (!isHuge && !(isBaseAllowed && pageKb == BASE_KB)) {
      section.notAllowed("pageKb", isBaseAllowed ? "4, 2048 or 1048576" : "2048 or 1048576");
    }
    return pageKb;
  }

  private User user(Section section, List<User> before) {
    String name =
        section.text(
            "user",
            null,
            USER,
            "matching-state, aeron-buffers, java-heap, java-code, replica or" + " dpdk-buffers");
    if (before.stream().anyMatch(other -> other.user().equals(name))) {
      section.notAllowed("user", "each user once");
    }
    User user =
        new User(
            name,
            section.text("pages", null, PAGES, "collapse, huge-tmpfs, hugetlb or base"),
            pageKb(section, true),
            section.text(
                "size",
                null,
                SIZE,
                "a number with k, m or g, or capacities, term-lengths, jvm-flags, resting-orders"),
            mount(section),
            section.has("node")
                ? OptionalInt.of(section.integer("node", null, 0, MOST_NODE))
                : OptionalInt.empty(),
            section.text("verify", null, VERIFY, "ShmemPmdMapped, Private_Hugetlb or none"),
            section.why());
    section.finish();
    switch (user.pages()) {
      case "collapse", "huge-tmpfs" -> checkHugeFiles(section, user);
      case "hugetlb" -> checkHugetlb(section, user);
      case "base" -> checkBase(section, user);
      default -> {
        // Named above.
      }
    }
    return user;
  }

  private static Optional<Mount> mount(Section user) {
    if (!user.has("mount")) {
      return Optional.empty();
    }
    Section section = user.section("mount");
    String directory =
        section.text("directory", null, Pattern.compile("/[a-z0-9/_-]+"), "an absolute directory");
    String type =
        section.text("type", null, Pattern.compile("tmpfs|hugetlbfs"), "tmpfs or hugetlbfs");
    List<String> options =
        section.texts("options", 0, 16, OPTION, "an option such as huge=always or mode=0750");
    String unit =
        section.text("unit", "", UNIT, "a file below units, such as box/mnt-tradepit-state.mount");
    section.finish();
    return Optional.of(
        new Mount(
            Path.of(directory.isEmpty() ? "/" : directory),
            type,
            options,
            unit.isEmpty() ? Optional.empty() : Optional.of(unit)));
  }

  private static void checkHugeFiles(Section section, User user) {
    require(user.pageKb() == HUGE_KB, section, "pageKb", "2048 with pages=" + user.pages());
    require(user.verify().equals("ShmemPmdMapped"), section, "verify", "ShmemPmdMapped here");
    require(
        user.mount().filter(mount -> mount.type().equals("tmpfs")).isPresent(),
        section,
        "mount",
        "a tmpfs with pages=" + user.pages());
    if (user.mount().isEmpty() || !user.pages().equals("huge-tmpfs")) {
      return;
    }
    List<String> options = user.mount().get().options();
    require(
        options.contains("huge=always") || options.contains("huge=within_size"),
        section,
        "mount",
        "the option huge=always or huge=within_size");
    String size = option(options, "size");
    require(
        HugePagePlan.sizeBytes(size).isPresent(), section, "mount", "an option such as size=1g");
    OptionalLong bytes = user.bytes();
    require(
        bytes.isEmpty() || HugePagePlan.sizeBytes(size).orElse(0) >= bytes.getAsLong(),
        section,
        "size",
        "at most the size= of its mount");
    String policy = user.node().isPresent() ? "bind:" + user.node().getAsInt() : "";
    require(
        option(options, MPOL).equals(policy),
        section,
        "mount",
        policy.isEmpty() ? "no option mpol= without node" : "the option mpol=" + policy);
  }

  private static void checkHugetlb(Section section, User user) {
    require(user.pageKb() >= HUGE_KB, section, "pageKb", "2048 or 1048576 with pages=hugetlb");
    require(user.verify().equals("Private_Hugetlb"), section, "verify", "Private_Hugetlb here");
    require(user.node().isPresent(), section, "node", "a node with pages=hugetlb");
    long bytes = user.bytes().orElse(0);
    require(
        bytes > 0 && bytes % ((long) user.pageKb() << 10) == 0,
        section,
        "size",
        "a number of whole pages, with m or g");
    if (user.mount().isEmpty()) {
      return;
    }
    Mount mount = user.mount().get();
    String wanted = user.pageKb() == HUGE_KB ? "2M" : "1G";
    require(
        mount.type().equals("hugetlbfs") && option(mount.options(), "pagesize").equals(wanted),
        section,
        "mount",
        "a hugetlbfs with the option pagesize=" + wanted);
    require(
        HugePagePlan.sizeBytes(option(mount.options(), "size")).orElse(0) >= bytes,
        section,
        "mount",
        "an option size= of at least the size");
  }

  private static void checkBase(Section section, User user) {
    require(user.pageKb() == BASE_KB, section, "pageKb", "4 with pages=base");
    require(user.verify().equals("none"), section, "verify", "none with pages=base");
  }

  private static String option(List<String> options, String name) {
    return options.stream()
        .filter(option -> option.startsWith(name + "="))
        .map(option -> option.substring(name.length() + 1))
        .findFirst()
        .orElse("");
  }

  private static void require(boolean holds, Section section, String key, String allowed) {
    if (!holds) {
      section.notAllowed(key, allowed);
    }
  }

  private static void checkProfile(Section root, HugePagePlan plan) {
    if (plan.profile() == Profile.EMBEDDED) {
      require(plan.reserved().isEmpty(), root, "reserved", "none in the embedded profile");
    }
    require(
        plan.boot().isPresent() == !plan.reserved().isEmpty(),
        root,
        "boot",
        plan.reserved().isEmpty() ? "none without reserved" : "the arguments that reserve");
  }

  private static void checkBoot(Section root, HugePagePlan plan) {
    if (plan.boot().isEmpty()) {
      return;
    }
    Map<NodePages, Long> wanted = new TreeMap<>();
    for (Reserved reserved : plan.reserved()) {
      wanted.put(new NodePages(reserved.node(), reserved.pageKb()), (long) reserved.pages());
    }
    Map<NodePages, Long> found = BootPages.of(plan.boot().get().arguments()).pages();
    require(found.equals(wanted), root, "boot", "the pages of reserved, node by node");
  }

  private static void checkReserved(Section root, HugePagePlan plan) {
    Set<NodePages> places = new HashSet<>();
    for (Reserved reserved : plan.reserved()) {
      places.add(new NodePages(reserved.node(), reserved.pageKb()));
      long needed = plan.pagesNeeded(reserved.node(), reserved.pageKb());
      require(
          needed <= reserved.pages(),
          root,
          "reserved",
          String.format(
              Locale.ROOT,
              "at least %d pages of %d kB on node %d, the sum of their users",
              needed,
              reserved.pageKb(),
              reserved.node()));
    }
    for (User user : plan.users()) {
      boolean isReserved = places.contains(new NodePages(user.node().orElse(0), user.pageKb()));
      require(
          !user.isHugetlb() || isReserved,
          root,
          "reserved",
          "pages of " + user.pageKb() + " kB for user " + user.user() + " on its node");
    }
  }
}
