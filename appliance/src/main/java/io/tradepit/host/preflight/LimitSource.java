package io.tradepit.host.preflight;

import io.tradepit.config.HugePagePlan;
import io.tradepit.config.SegmentConfig.ThreadPlan;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the process may use: of the running segment, or of the one that starts and asks; for a tool
 * without one, of the unit that would start it with its drop-ins (systemd.unit(5)), else of whoever
 * asks.
 */
final class LimitSource implements FactSource {
  private static final List<String> UNIT_DIRECTORIES =
      List.of(
          "/etc/systemd/system",
          "/run/systemd/system",
          "/usr/local/lib/systemd/system",
          "/usr/lib/systemd/system",
          "/lib/systemd/system");
  private static final Pattern DROP_INS = Pattern.compile("tradepit@[^/]*\\.service\\.d");
  private static final String UNIT = "tradepit@.service";
  private static final long LEAST_FILES = 4096;
  private static final long BYTES_PER_KB = 1024;
  private static final String SHM = "/dev/shm";
  private static final Pattern TMPFS_SIZE = Pattern.compile("size=(\\d{1,15})([kmg%]?)");

  /** A limit in /proc/PID/limits and in a unit (systemd.exec(5)). */
  private record Limit(String fact, String line, String key) {}

  private static final Limit MEMLOCK = new Limit("memlock", "Max locked memory", "LimitMEMLOCK");
  private static final Limit RTPRIO = new Limit("rtprio", "Max realtime priority", "LimitRTPRIO");
  private static final Limit NOFILE = new Limit("nofile", "Max open files", "LimitNOFILE");

  /** Whose limits they are, and where to read them. */
  private record Subject(String who, String text, boolean unit, boolean root) {
    // Of soft and hard the first holds, but for files: the JVM raises those to the second.
    OptionalLong value(Limit limit) {
      Optional<String> value =
          unit
              ? last("^\\s*" + limit.key + "=[ \\t]*(\\S*)")
                  .map(text ->
                      limit.equals(NOFILE)
                          ? text.substring(text.indexOf(':') + 1)
                          : text.replaceFirst(":.*", ""))
              : last("^" + limit.line + "\\s+(\\S+)");
      if (value.isEmpty()) {
        return OptionalLong.empty();
      }
      return value.get().matches("unlimited|infinity")
          ? OptionalLong.of(Long.MAX_VALUE)
          : bytes(value.get());
    }

    private Optional<String> last(String line) {
      return Pattern.compile(line, Pattern.MULTILINE)
          .matcher(text)
          .results()
          .map(found -> found.group(1))
          .reduce((earlier, later) -> later);
    }

    private static OptionalLong bytes(String text) {
      return text.matches("\\d{1,9}[KMG]") ? HugePagePlan.sizeBytes(text) : FactSheet.number(text);
    }
  }

  @Override
  public String group() {
    return "limits";
  }

  @Override
  public List<Fact> facts(HostView host, WantedHost wanted) {
    FactSheet sheet = new FactSheet(group(), true);
    Optional<Subject> subject = subject(host, wanted);
    if (subject.isEmpty()) {
      sheet.unreadable("nofile", "at least " + LEAST_FILES, "/proc/self/limits");
    } else {
      process(sheet, wanted, subject.get());
    }
    sharedMemory(sheet, host, wanted);
    return sheet.facts();
  }

  private static Optional<Subject> subject(HostView host, WantedHost wanted) {
    if (wanted.pid().isPresent()) {
      return process(host, "/proc/" + wanted.pid().getAsLong(), "the segment");
    }
    if (wanted.starting()) {
      return process(host, "/proc/self", "this process");
    }
    return UNIT_DIRECTORIES.stream()
        .flatMap(directory -> host.text(directory + "/" + UNIT).stream())
        .findFirst()
        .map(unit -> unit(host, unit))
        .or(() -> process(host, "/proc/self", "this user"));
  }

  // Which segment is meant is not known here, so the drop-ins of all of them count.
  private static Subject unit(HostView host, String unit) {
    SortedMap<String, String> dropIns = new TreeMap<>();
    for (String directory : UNIT_DIRECTORIES) {
      for (String dropIn : host.names(directory)) {
        if (DROP_INS.matcher(dropIn).matches()) {
          String path = directory + "/" + dropIn + "/";
          host.names(path.substring(0, path.length() - 1)).stream()
              .filter(name -> name.endsWith(".conf"))
              .forEach(name ->
                  host.text(path + name).ifPresent(text -> dropIns.put(name + " " + path, text)));
        }
      }
    }
    return new Subject(
        UNIT + (dropIns.isEmpty() ? "" : " with drop-ins"),
        unit + "\n" + String.join("\n", dropIns.values()),
        true,
        false);
  }

  private static Optional<Subject> process(HostView host, String directory, String who) {
    boolean root = StatusText.of(host, directory).filter(StatusText::isRoot).isPresent();
    return host.text(directory + "/limits").map(text -> new Subject(who, text, false, root));
  }

  private static void process(FactSheet sheet, WantedHost wanted, Subject subject) {
    if (Isolation.of(wanted).isAsked() || wanted.pages().filter(LimitSource::locks).isPresent()) {
      judge(sheet, subject, MEMLOCK, Long.MAX_VALUE, "unlimited");
    }
    int fifo =
        wanted.layout().stream()
            .flatMap(layout -> layout.plans().stream())
            .map(ThreadPlan::fifo)
            .mapToInt(priority -> priority.orElse(0))
            .max()
            .orElse(0);
    if (fifo > 0) {
      judge(sheet, subject, RTPRIO, fifo, "at least " + fifo);
    }
    judge(sheet, subject, NOFILE, LEAST_FILES, "at least " + LEAST_FILES);
  }

  private static boolean locks(HugePagePlan plan) {
    return plan.users().stream().anyMatch(HugePagePlan.User::isHugetlb);
  }

  private static void judge(
      FactSheet sheet, Subject subject, Limit limit, long least, String expected) {
    OptionalLong value = subject.value(limit);
    // Root is above the first two (capabilities(7): CAP_IPC_LOCK, CAP_SYS_NICE), not above files.
    boolean free = subject.root && !limit.equals(NOFILE);
    if (value.isEmpty() && subject.unit && limit.equals(NOFILE)) {
      sheet.judge(limit.fact, true, expected, subject.who + ": systemd's own, 524288", "");
    } else {
      sheet.judge(
          limit.fact,
          free || value.orElse(-1) >= least,
          expected,
          subject.who + ": " + (free ? "root, no limit" : shown(value)),
          "the unit: "
              + limit.key
              + "="
              + (least == Long.MAX_VALUE ? "infinity" : least)
              + (limit.equals(RTPRIO) ? " (drop-ins/fifo.conf)" : "")
              + "; without a unit /etc/security/limits.d/tradepit.conf and a new login");
    }
  }

  private static String shown(OptionalLong value) {
    if (value.isEmpty()) {
      return "not set";
    }
    return value.getAsLong() == Long.MAX_VALUE ? "unlimited" : Long.toString(value.getAsLong());
  }

  private static void sharedMemory(FactSheet sheet, HostView host, WantedHost wanted) {
    long least = wanted.pages().map(LimitSource::bytesOnSharedMemory).orElse(0L);
    Optional<String> mount =
        host.text("/proc/self/mounts")
            .flatMap(text ->
                text.lines().filter(line -> line.contains(" " + SHM + " tmpfs ")).findFirst());
    String expected = least == 0 ? "there" : "at least " + (least >> 20) + " MiB";
    if (mount.isEmpty()) {
      sheet.skip("shm", expected, "no tmpfs on " + SHM + " in /proc/self/mounts");
      return;
    }
    OptionalLong size = size(mount.get(), host);
    if (size.isEmpty()) {
      sheet.skip("shm", expected, "its size is not known: " + mount.get());
      return;
    }
    sheet.judge(
        "shm",
        size.getAsLong() >= least,
        expected,
        (size.getAsLong() >> 20) + " MiB",
        "mount -o remount,size=" + (least >> 20) + "m " + SHM + " (a container: --shm-size)");
  }

  private static long bytesOnSharedMemory(HugePagePlan plan) {
    return plan.users().stream()
        .filter(user -> user.mount().filter(m -> SHM.equals(m.directory().toString())).isPresent())
        .mapToLong(user -> user.bytes().orElse(0))
        .sum();
  }

  // Without a size it is half of the memory (tmpfs(5)).
  private static OptionalLong size(String mount, HostView host) {
    Matcher size = TMPFS_SIZE.matcher(mount);
    OptionalLong memory = memoryBytes(host);
    if (!size.find()) {
      return memory.isPresent() ? OptionalLong.of(memory.getAsLong() / 2) : memory;
    }
    long number = Long.parseLong(size.group(1));
    return switch (size.group(2)) {
      case "" -> OptionalLong.of(number);
      case "%" -> memory.isPresent() ? OptionalLong.of(memory.getAsLong() / 100 * number) : memory;
      case "k" -> OptionalLong.of(number << 10);
      case "m" -> OptionalLong.of(number << 20);
      default -> OptionalLong.of(number << 30);
    };
  }

  private static OptionalLong memoryBytes(HostView host) {
    Matcher total =
        Pattern.compile("^MemTotal:\\s+(\\d{1,15}) kB", Pattern.MULTILINE)
            .matcher(host.text("/proc/meminfo").orElse(""));
    return total.find()
        ? OptionalLong.of(Long.parseLong(total.group(1)) * BYTES_PER_KB)
        : OptionalLong.empty();
  }
}
