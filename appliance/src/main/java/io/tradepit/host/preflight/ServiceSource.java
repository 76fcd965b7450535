package io.tradepit.host.preflight;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Programs and timers of the distribution that move interrupts, settings or the clock about. */
final class ServiceSource implements FactSource {
  private static final String SYSTEM = "/etc/systemd/system";
  private static final List<String> UNITS =
      List.of(SYSTEM, "/usr/lib/systemd/system", "/lib/systemd/system");
  private static final String DISABLE = "systemctl disable --now ";
  private static final String MASK = "systemctl mask --now ";

  /** Units whose programs have another name: the kernel keeps 15 characters of it. */
  private static final Map<String, String> UNIT_OF =
      Map.of(
          "unattended-upgr", "unattended-upgrades.service",
          "packagekitd", "packagekit.service",
          "power-profiles-", "power-profiles-daemon.service",
          "fwupd", "fwupd.service");

  /**
   * Units that D-Bus starts: they have no [Install] section, and disabling them changes nothing.
   */
  private static final Set<String> STATIC = Set.of("fwupd.service", "packagekit.service");

  /** What timemaster(8) starts and configures itself. */
  private static final Set<String> OF_TIMEMASTER = Set.of("chronyd", "ntpd", "phc2sys");

  // Two of them pull the clock to and fro.
  private static final Set<String> STEERING =
      Set.of("chronyd", "ntpd", "systemd-timesyn", "phc2sys", "openntpd");

  /** What must not run, nor be enabled though it runs for a moment only, and why. */
  private record Unwanted(String fact, Set<String> programs, List<String> units, String why) {}

  private static final List<Unwanted> UNWANTED =
      List.of(
          new Unwanted(
              "irqbalance", Set.of("irqbalance"), List.of(), "moves interrupts to isolated cores"),
          new Unwanted(
              "tuned",
              Set.of("tuned", "tuned-ppd"),
              List.of(),
              "sets channels and masks while members trade"),
          new Unwanted("fwupd", Set.of("fwupd"), List.of("fwupd-refresh.timer"), "causes SMIs"),
          new Unwanted(
              "upgrades",
              Set.of("unattended-upgr", "packagekitd"),
              List.of("apt-daily.timer", "apt-daily-upgrade.timer"),
              "restarts services and loads modules when it likes"),
          new Unwanted(
              "power",
              Set.of("thermald", "power-profiles-", "auto-cpufreq"),
              List.of("tlp.service"),
              "changes frequencies"),
          new Unwanted("memory", Set.of("ksmtuned", "earlyoom"), List.of(), "turns KSM on, kills"));

  @Override
  public String group() {
    return "services";
  }

  @Override
  public List<Fact> facts(HostView host, WantedHost wanted) {
    FactSheet sheet = new FactSheet(group(), Isolation.of(wanted).isAsked());
    Set<String> running = running(host);
    if (running.isEmpty()) {
      sheet.unreadable("irqbalance", "not running", "/proc/PID/comm");
      return sheet.facts();
    }
    UNWANTED.forEach(unwanted -> judge(sheet, host, unwanted, running));
    clock(sheet, running);
    phc2sys(sheet, host);
    return sheet.facts();
  }

  private static Set<String> running(HostView host) {
    Set<String> running = new TreeSet<>();
    for (String pid : host.names("/proc")) {
      if (pid.matches("\\d{1,10}")) {
        host.text("/proc/" + pid + "/comm").map(String::strip).ifPresent(running::add);
      }
    }
    return running;
  }

  private static void judge(
      FactSheet sheet, HostView host, Unwanted unwanted, Set<String> running) {
    List<String> found = new ArrayList<>();
    List<String> units = new ArrayList<>();
    for (String program : unwanted.programs) {
      if (running.contains(program)) {
        found.add(program + " runs");
        units.add(UNIT_OF.getOrDefault(program, program + ".service"));
      }
    }
    for (String unit : unwanted.units) {
      if (isEnabled(host, unit)) {
        found.add(unit + " is enabled");
        units.add(unit);
      }
    }
    sheet.judge(
        unwanted.fact,
        found.isEmpty(),
        "off: it " + unwanted.why,
        found.isEmpty() ? "off" : String.join(", ", found),
        mend(units));
  }

  private static String mend(List<String> units) {
    String mask = words(MASK, units.stream().filter(STATIC::contains).toList());
    String disable = words(DISABLE, units.stream().filter(unit -> !STATIC.contains(unit)).toList());
    return disable + (disable.isEmpty() || mask.isEmpty() ? "" : "; ") + mask;
  }

  private static String words(String command, List<String> units) {
    return units.isEmpty() ? "" : command + String.join(" ", units);
  }

  private static boolean isEnabled(HostView host, String unit) {
    return !isMasked(host, unit)
        && host.names(SYSTEM).stream()
            .filter(name -> name.endsWith(".wants"))
            .anyMatch(name -> host.names(SYSTEM + "/" + name).contains(unit));
  }

  private static boolean isMasked(HostView host, String unit) {
    return host.link(SYSTEM + "/" + unit).filter("/dev/null"::equals).isPresent();
  }

  private static void clock(FactSheet sheet, Set<String> running) {
    Set<String> steering = new TreeSet<>(STEERING);
    steering.retainAll(running);
    boolean joined = running.contains("timemaster") && OF_TIMEMASTER.containsAll(steering);
    sheet.judge(
        "clock",
        joined || steering.size() <= 1,
        "one program steers the clock",
        (steering.isEmpty() ? "none does" : String.join(", ", steering))
            + (joined ? " under timemaster" : ""),
        DISABLE + "all but one of them; timemaster joins PTP and NTP");
  }

  // Debian 12's phc2sys@.service requires ptp4l.service, and only ptp4l@.service is there.
  private static void phc2sys(FactSheet sheet, HostView host) {
    Optional<String> unit = unit(host, "phc2sys@.service");
    boolean used =
        host.names(SYSTEM + "/multi-user.target.wants").stream()
            .anyMatch(name -> name.startsWith("phc2sys@"));
    if (used && unit.isPresent()) {
      boolean dangling =
          unit.get().lines().anyMatch(line -> line.matches("Requires=.*\\bptp4l\\.service.*"))
              && unit(host, "ptp4l.service").isEmpty();
      sheet.judge(
          "phc2sys",
          !dangling,
          "phc2sys@.service requires a unit that is there",
          dangling ? "it requires ptp4l.service, which is not" : "so it does",
          SYSTEM + "/phc2sys@.service: BindsTo=ptp4l@%i.service After=ptp4l@%i.service");
    }
  }

  private static Optional<String> unit(HostView host, String name) {
    return UNITS.stream()
        .flatMap(directory -> host.text(directory + "/" + name).stream())
        .findFirst();
  }
}
