package io.tradepit.host.preflight;

import io.tradepit.config.HugePagePlan;
import io.tradepit.config.HugePagePlan.Mount;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A line of {@code /proc/mounts}. The kernel shows options in its own words: {@code size=400m} as
 * {@code size=409600k}, {@code mode=0750} as {@code mode=750}, {@code pagesize=1G} as {@code
 * pagesize=1024M}.
 */
record MountedFiles(String directory, String type, List<String> options) {
  private static final int FIELDS = 4;
  private static final int OCTAL = 8;

  /** In the order of mounting; of two at one place the later one counts. */
  static List<MountedFiles> read(HostView host) {
    List<MountedFiles> mounts = new ArrayList<>();
    for (String line : host.text("/proc/mounts").orElse("").lines().toList()) {
      String[] fields = line.split(" ", -1);
      if (fields.length >= FIELDS) {
        mounts.add(new MountedFiles(fields[1], fields[2], List.of(fields[3].split(",", -1))));
      }
    }
    return mounts;
  }

  static void judge(FactSheet sheet, String name, Mount wanted, List<MountedFiles> mounts) {
    String directory = wanted.directory().toString();
    String expected = directory + " " + wanted.type() + " " + String.join(",", wanted.options());
    String mend =
        wanted
            .unit()
            .map(unit ->
                "install hugepages/units/"
                    + unit
                    + "; systemctl daemon-reload; systemctl enable --now "
                    + unit.substring(unit.indexOf('/') + 1))
            .orElse("mount -t " + wanted.type() + " none " + directory);
    Optional<MountedFiles> found =
        mounts.stream()
            .filter(mount -> mount.directory.equals(directory))
            .reduce((earlier, later) -> later);
    if (found.isEmpty()) {
      sheet.judge(name, false, expected.strip(), "not mounted", mend);
      return;
    }
    List<String> missing =
        wanted.options().stream().filter(option -> !found.get().has(option)).toList();
    boolean right = found.get().type.equals(wanted.type()) && missing.isEmpty();
    sheet.judge(
        name,
        right,
        expected.strip(),
        found.get().type
            + " "
            + String.join(",", found.get().options)
            + (missing.isEmpty() ? "" : "; not " + String.join(",", missing)),
        mend);
  }

  /** Whether the option holds; a size is a least one. */
  private boolean has(String wanted) {
    int equals = wanted.indexOf('=');
    if (equals < 0) {
      return options.contains(wanted);
    }
    String name = wanted.substring(0, equals + 1);
    String value = wanted.substring(equals + 1);
    Optional<String> found =
        options.stream()
            .filter(option -> option.startsWith(name))
            .map(option -> option.substring(equals + 1))
            .reduce((earlier, later) -> later);
    return found.filter(shown -> isSame(name, value, shown)).isPresent();
  }

  private static boolean isSame(String name, String wanted, String shown) {
    return switch (name) {
      case "size=" -> bytes(shown) >= bytes(wanted);
      case "pagesize=" -> bytes(shown) == bytes(wanted);
      case "mode=" -> octal(shown) == octal(wanted);
      default -> shown.equals(wanted);
    };
  }

  // A hugetlbfs shows its size in bytes.
  private static long bytes(String size) {
    OptionalLong bytes = FactSheet.number(size);
    return bytes.isPresent() ? bytes.getAsLong() : HugePagePlan.sizeBytes(size).orElse(-1);
  }

  private static int octal(String mode) {
    return mode.matches("[0-7]{1,5}") ? Integer.parseInt(mode, OCTAL) : -1;
  }
}
