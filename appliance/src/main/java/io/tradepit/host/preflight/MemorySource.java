package io.tradepit.host.preflight;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the kernel does to memory on its own. Pages by node and size are in group hugepages. */
final class MemorySource implements FactSource {
  private static final String THP = "/sys/kernel/mm/transparent_hugepage/";
  private static final String KSM = "/sys/kernel/mm/ksm/run";
  private static final Pattern CHOSEN = Pattern.compile("\\[([a-z+_-]{1,20})\\]");

  @Override
  public String group() {
    return "memory";
  }

  @Override
  public List<Fact> facts(HostView host, WantedHost wanted) {
    FactSheet sheet = new FactSheet(group(), Isolation.of(wanted).isAsked());
    sheet.file(
        host,
        "thp",
        THP + "enabled",
        "madvise or never: a page is made huge only where it is asked for",
        text -> Set.of("madvise", "never").contains(chosen(text)),
        "boot with transparent_hugepage=madvise; now: echo madvise > " + THP + "enabled");
    sheet.file(
        host,
        "thp_defrag",
        THP + "defrag",
        "not always: else any thread may stop to compact memory",
        text -> !chosen(text).isEmpty() && !"always".equals(chosen(text)),
        "at boot: echo madvise > " + THP + "defrag");
    // A kernel without KSM has no such file, and merges nothing.
    if (host.text(KSM).isPresent()) {
      sheet.file(
          host,
          "ksm",
          KSM,
          "0: no pages are merged",
          text -> Set.of("0", "2").contains(text),
          "echo 2 > " + KSM + "; systemctl disable --now ksmtuned");
    }
    swap(sheet, host);
    sheet.sysctl(host, "numa_balancing", "kernel.numa_balancing", "0", "0"::equals);
    sheet.sysctl(
        host,
        "overcommit",
        "vm.overcommit_memory",
        "0 or 1",
        text -> Set.of("0", "1").contains(text));
    sheet.sysctl(host, "zone_reclaim", "vm.zone_reclaim_mode", "0", "0"::equals);
    return sheet.facts();
  }

  private static void swap(FactSheet sheet, HostView host) {
    Optional<String> text = host.text("/proc/swaps");
    if (text.isEmpty()) {
      sheet.unreadable("swap", "no swap", "/proc/swaps");
      return;
    }
    List<String> areas =
        text.get().lines().filter(line -> !line.isBlank() && !line.startsWith("Filename")).toList();
    sheet.judge(
        "swap",
        areas.isEmpty(),
        "no swap",
        areas.isEmpty() ? "none" : Texts.some(areas),
        "swapoff -a; take the swap lines out of /etc/fstab");
  }

  /** The choice in brackets, or nothing. */
  private static String chosen(String text) {
    Matcher chosen = CHOSEN.matcher(text);
    return chosen.find() ? chosen.group(1) : "";
  }
}
