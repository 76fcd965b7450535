package io.tradepit.host.preflight;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the kernel reads time from. Whether the time is right is in group ptp. */
final class ClockSource implements FactSource {
  private static final String CLOCK = "/sys/devices/system/clocksource/clocksource0/";
  private static final int TAI_LESS_UTC_S = 37; // since 2017, IERS Bulletin C 52
  private static final Pattern TAI = Pattern.compile("TAI offset (-?\\d{1,6})");

  @Override
  public String group() {
    return "clock";
  }

  @Override
  public List<Fact> facts(HostView host, WantedHost wanted) {
    FactSheet sheet = new FactSheet(group(), Isolation.of(wanted).isAsked());
    ProcessorText processor = ProcessorText.of(host);
    sheet.file(
        host,
        "source",
        CLOCK + "current_clocksource",
        processor.isX86() ? "tsc" : "read without a system call: tsc or arch_sys_counter",
        source -> Set.of("tsc", "arch_sys_counter").contains(source),
        "boot with tsc=reliable; dmesg says why the kernel gave tsc up");
    if (processor.isX86()) {
      sheet.judge(
          "flags",
          processor.flags().containsAll(Set.of("constant_tsc", "nonstop_tsc")),
          "constant_tsc nonstop_tsc",
          processor.flags().stream()
              .filter(flag -> flag.endsWith("_tsc"))
              .reduce((left, right) -> left + " " + right)
              .orElse("neither"),
          "use another processor: its counter stops or changes its pace");
    }
    tai(sheet, host);
    return sheet.facts();
  }

  private static void tai(FactSheet sheet, HostView host) {
    Optional<String> time = host.output("ntptime");
    Optional<Integer> offset =
        time.map(TAI::matcher).filter(Matcher::find).map(found -> Integer.valueOf(found.group(1)));
    String expected = "CLOCK_TAI is " + TAI_LESS_UTC_S + " s ahead of UTC";
    if (offset.isEmpty()) {
      sheet.skip("tai", expected, "no ntptime that says it (apt-get install ntpsec)");
    } else {
      sheet.judge(
          "tai",
          offset.get() == TAI_LESS_UTC_S,
          expected,
          offset.get() + " s",
          "phc2sys -w sets it from ptp4l; chrony needs leapsectz right/UTC");
    }
    // phc2sys says so to the kernel on each update, also when its grandmaster is long gone.
    sheet.skip(
        "synchronised",
        "a bound of the error",
        "the kernel's bit proves nothing ("
            + time.map(text -> text.contains("UNSYNC") ? "it is not set" : "it is set")
                .orElse("not read")
            + "); see group ptp");
  }
}
