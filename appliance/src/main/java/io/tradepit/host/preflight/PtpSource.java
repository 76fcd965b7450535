package io.tradepit.host.preflight;

import io.tradepit.config.NicProfile.Ptp;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Whether the time service follows a grandmaster, asked of ptp4l itself: the kernel's bit says
 * "synchronised" also when the grandmaster has gone, since phc2sys goes on to follow a card that
 * runs free.
 *
 * <p>Watched: whether Sync messages still come.
 */
final class PtpSource implements WatchedSource {
  private static final String STATUS = "TIME_STATUS_NP";
  private static final String PORT = "PORT_DATA_SET";
  private static final String PARENT = "PARENT_DATA_SET";
  private static final String DEFAULT = "DEFAULT_DATA_SET";

  /** Read-only for everyone (linuxptp 4.0), then for root only; of 4.4 and of Debian's 3.1. */
  private static final List<String> SOCKETS =
      List.of("/run/ptp/ptp4lro", "/run/ptp4lro", "/run/ptp/ptp4l", "/run/ptp4l");

  /**
   * Where pmc takes the answer. It would take it in /run, where only root may. Of a service the
   * runtime directory: ptp4l sends it to this path, and a private /tmp is not the one that it sees.
   */
  static final String OWN_SOCKET = directory() + "/pmc-" + ProcessHandle.current().pid();

  private static final String EXPECTED = "a ptp4l that answers pmc";
  private static final String OPEN =
      "/etc/linuxptp/ptp4l.conf: uds_ro_address /run/ptp4lro (linuxptp 4.0); before, after each"
          + " start of ptp4l: chgrp tradepit on it";

  /** What a card and its cable keep; a wider offset is on its way in, or lost. */
  private static final long HARDWARE_BOUND_NS = 1_000;

  /** What the rules of venues allow a gateway (EU 2025/1155, CAT): 100 us. */
  private static final long SOFTWARE_BOUND_NS = 100_000;

  /** Locked to a primary reference, or to an arbitrary one (IEEE 1588 table 5). */
  private static final Set<String> LOCKED_CLASSES = Set.of("6", "13");

  private static final Set<String> PORT_STATES = Set.of("SLAVE", "PASSIVE", "LISTENING");

  @Override
  public String group() {
    return "ptp";
  }

  @Override
  public List<Fact> facts(HostView host, WantedHost wanted) {
    FactSheet sheet = new FactSheet(group(), isAsked(wanted));
    Optional<PmcText> answers = ask(host);
    boolean isAnswering = answers.filter(text -> !text.isEmpty()).isPresent();
    Optional<String> socket = socket(host);
    if (!isAnswering && socket.filter(path -> isForbidden(host, path)).isPresent()) {
      sheet.skip("ptp4l", EXPECTED, socket.get() + " is not for this user: " + OPEN);
    } else {
      sheet.judge(
          "ptp4l",
          isAnswering,
          EXPECTED,
          isAnswering ? "it answers" : "no answer over " + socket.orElse("a socket"),
          "systemctl enable --now ptp4l@IF (linuxptp)");
    }
    if (isAnswering) {
      judge(sheet, answers.get(), bound(wanted));
    }
    if (isHardware(wanted)) {
      steering(sheet, host);
    }
    return sheet.facts();
  }

  private static boolean isAsked(WantedHost wanted) {
    return wanted.nics().stream().anyMatch(nic -> nic.profile().ptp() != Ptp.NONE);
  }

  private static boolean isHardware(WantedHost wanted) {
    return wanted.nics().stream().anyMatch(nic -> nic.profile().ptp() == Ptp.HARDWARE);
  }

  private static long bound(WantedHost wanted) {
    return isHardware(wanted) ? HARDWARE_BOUND_NS : SOFTWARE_BOUND_NS;
  }

  private static Optional<String> socket(HostView host) {
    return SOCKETS.stream()
        .filter(path -> {
          int slash = path.lastIndexOf('/');
          return host.names(path.substring(0, slash)).contains(path.substring(slash + 1));
        })
        .findFirst();
  }

  // Root may always: then there is another reason.
  private static boolean isForbidden(HostView host, String path) {
    return host.output("test", "!", "-w", path).isPresent();
  }

  // Of another machine's copy there is what a plain pmc had printed.
  private static Optional<PmcText> ask(HostView host) {
    return socket(host)
        .flatMap(path ->
            host.output(question(path, "-i", OWN_SOCKET)).or(() -> host.output(question(path))))
        .map(PmcText::parse);
  }

  private static String[] question(String socket, String... more) {
    List<String> words = new ArrayList<>(List.of("pmc", "-u", "-b", "0", "-s", socket));
    words.addAll(List.of(more));
    List.of(STATUS, PORT, PARENT, DEFAULT).forEach(name -> words.add("GET " + name));
    return words.toArray(String[]::new);
  }

  private static String directory() {
    return Optional.ofNullable(System.getenv("RUNTIME_DIRECTORY"))
        .map(directories -> directories.replaceAll(":.*", ""))
        .filter(directory -> !directory.isEmpty())
        .orElse(System.getProperty("java.io.tmpdir"));
  }

  private static void judge(FactSheet sheet, PmcText answers, long boundNs) {
    String present = answers.value(STATUS, "gmPresent").orElse("unknown");
    String identity = answers.value(STATUS, "gmIdentity").orElse("none");
    sheet.judge(
        "grandmaster",
        present.equals("true"),
        "a grandmaster that is not this machine",
        present.equals("true") ? identity : "gmPresent " + present,
        "cable and switch to the grandmaster, domainNumber and network_transport as the venue says");
    String offset = answers.value(STATUS, "master_offset").orElse("unknown");
    OptionalLong offsetNs = FactSheet.number(offset);
    sheet.judge(
        "offset",
        offsetNs.isPresent() && Math.abs(offsetNs.getAsLong()) <= boundNs,
        "within " + boundNs + " ns",
        offset + " ns",
        "wait until ptp4l has settled (servo state s2); then network_transport, delay_mechanism,"
            + " hardware stamps");
    List<String> states = answers.values(PORT, "portState");
    sheet.judge(
        "port",
        states.contains("SLAVE") && PORT_STATES.containsAll(states),
        "one SLAVE, no MASTER",
        states.isEmpty() ? "no port" : String.join(" ", states),
        "clientOnly 1 (slaveOnly 1 in linuxptp 3.1): a box that gives time to others is an incident");
    sheet.judge(
        "client-only",
        answers.value(DEFAULT, "clientOnly|slaveOnly").filter("1"::equals).isPresent(),
        "1",
        answers.value(DEFAULT, "clientOnly|slaveOnly").orElse("unknown"),
        "/etc/linuxptp/ptp4l.conf: clientOnly 1 (slaveOnly 1 in linuxptp 3.1)");
    String clockClass = answers.value(PARENT, "gm.ClockClass").orElse("unknown");
    sheet.judge(
        "clock-class",
        LOCKED_CLASSES.contains(clockClass),
        "6 or 13: the grandmaster is locked to its reference",
        clockClass,
        "7 and 14 are holdover, 248 was never set: the venue's time service must say why");
  }

  private static void steering(FactSheet sheet, HostView host) {
    boolean isRunning =
        host.names("/proc").stream()
            .filter(name -> name.matches("\\d{1,10}"))
            .anyMatch(name ->
                host.text("/proc/" + name + "/comm")
                    .filter(comm -> Set.of("phc2sys", "timemaster").contains(comm.strip()))
                    .isPresent());
    sheet.judge(
        "phc2sys",
        isRunning,
        "phc2sys or timemaster sets the system clock by the card's",
        isRunning ? "it runs" : "neither runs",
        "systemctl enable --now phc2sys@IF, with a unit of one's own on Debian 12");
  }

  @Override
  public Optional<Watch> begin(HostView host, WantedHost wanted) {
    // Without an answer there is nothing to watch: ptp.ptp4l says why.
    return isAsked(wanted)
        ? ingress(host).map(before -> () -> sync(before, ingress(host).orElse("none")))
        : Optional.empty();
  }

  private List<Fact> sync(String before, String after) {
    FactSheet sheet = new FactSheet(group(), true);
    boolean isNew = after.matches("[1-9]\\d*") && !after.equals(before);
    sheet.judge(
        "sync",
        isNew,
        "Sync messages while it was watched",
        isNew ? "they come" : "none; ingress_time " + before + ", then " + after,
        "the grandmaster is gone or multicast does not come through: tcpdump -i IF port 319");
    return sheet.facts();
  }

  private static Optional<String> ingress(HostView host) {
    return ask(host).flatMap(text -> text.value(STATUS, "ingress_time"));
  }
}
