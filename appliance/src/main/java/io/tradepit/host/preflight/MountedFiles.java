package io.tradepit.host.preflight;

import io.tradepit.config.HugePagePlan;
import io.tradepit.host.Mount;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Mounted file systems against those of a plan. The kernel shows options in its own words: {@code
 * size=400m} as {@code size=409600k}, {@code mode=0750} as {@code mode=750}, {@code pagesize=1G} as
 * {@code pagesize=1024M}.
 *
 * @param all in the order of mounting; of two at one place the later one counts
 */
record MountedFiles(List<Mount> all) {
  private static final int OCTAL = 8;

  static MountedFiles read(HostView host) {
    return new MountedFiles(Mount.all(host.text("/proc/mounts").orElse("")));
  }

  /** Whether it is mounted as it is wanted. */
  void judge(FactSheet sheet, String name, HugePagePlan.Mount wanted) {
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
    Optional<Mount> found =
        all.stream()
            .filter(mount -> mount.directory().equals(wanted.directory()))
            .reduce((earlier, later) -> later);
    if (found.isEmpty()) {
      sheet.judge(name, false, expected.strip(), "not mounted", mend);
      return;
    }
    List<String> missing =
        wanted.options().stream().filter(option -> !has(found.get().options(), option)).toList();
    boolean right = found.get().type().equals(wanted.type()) && missing.isEmpty();
    sheet.judge(
        name,
        right,
        expected.strip(),
        found.get().type()
            + " "
            + String.join(",", found.get().options())
            + (missing.isEmpty() ? "" : "; not " + String.join(",", missing)),
        mend);
  }

  /** Whether the option holds; a size is a least one. */
  private static boolean has(List<String> options, String wanted) {
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
