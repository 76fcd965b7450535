package io.tradepit.host.preflight;

import io.tradepit.config.AffinityLayout;
import io.tradepit.config.AffinityLayout.Smt;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Arguments of the kernel in the boot files and in the running kernel; the third place, what the
 * kernel made of them, is in the groups that they are about. Compared as sets: order says nothing.
 */
final class BootSource implements FactSource {
  private static final String FILE = KernelArguments.GRUB_DIRECTORY + "/99-tradepit.cfg";
  private static final Set<String> OF_THE_LOADER =
      Set.of("BOOT_IMAGE", "initrd", "root", "ro", "rw", "rootflags", "rootfstype");
  private static final Set<String> OF_HUGE_PAGES =
      Set.of("default_hugepagesz", "hugepagesz", "hugepages");

  /** Of two that differ the kernel keeps the first and warns (kernel/sched/isolation.c). */
  private static final Set<String> FIRST_COUNTS = Set.of("isolcpus", "nohz_full");

  /** Stands for both lockup detectors (kernel parameters, nowatchdog). */
  private static final String NO_WATCHDOG = "nowatchdog";

  private static final Set<String> OF_NO_WATCHDOG = Set.of("nosoftlockup", "nmi_watchdog");

  /** An argument that a layout asks for, and which values of it do. */
  private record Asked(String name, String fact, String example, Predicate<String> right) {
    static Asked same(String name, String fact, String value) {
      String example = value.isEmpty() ? name : name + "=" + value;
      return new Asked(name, fact, example, value::equals);
    }

    static Asked cpus(String name, CpuSet cpus, CpuSet possible) {
      return new Asked(
          name,
          name,
          name + "=" + cpus,
          value -> CpuSet.argument(value, possible).filter(cpus::equals).isPresent());
    }

    boolean isIn(KernelArguments arguments) {
      return (arguments.value(name).filter(right).isPresent() && !isTwiceIn(arguments))
          || (OF_NO_WATCHDOG.contains(name) && arguments.has(NO_WATCHDOG));
    }

    boolean isTwiceIn(KernelArguments arguments) {
      return FIRST_COUNTS.contains(name) && arguments.isContradictory(name);
    }

    String shownIn(KernelArguments arguments) {
      return arguments.shown(name) + (isTwiceIn(arguments) ? " (stands twice)" : "");
    }
  }

  @Override
  public String group() {
    return "boot";
  }

  @Override
  public List<Fact> facts(HostView host, WantedHost wanted) {
    Isolation isolation = Isolation.of(wanted);
    FactSheet sheet = new FactSheet(group(), isolation.isAsked());
    Optional<KernelArguments> running = KernelArguments.running(host);
    if (running.isEmpty()) {
      sheet.unreadable("arguments", "readable", "/proc/cmdline");
      return sheet.facts();
    }
    Optional<KernelArguments> files = KernelArguments.bootFiles(host);
    List<Asked> asked = isolation.isAsked() ? asked(host, wanted, isolation) : List.of();
    asked.forEach(argument -> judge(sheet, argument, files, running.get()));
    drift(sheet, asked, files, running.get());
    return sheet.facts();
  }

  private static List<Asked> asked(HostView host, WantedHost wanted, Isolation isolation) {
    CpuSet isolated = isolation.isolated();
    CpuSet possible =
        host.text("/sys/devices/system/cpu/possible")
            .flatMap(CpuSet::list)
            .orElse(CpuSet.of(List.of()));
    List<Asked> asked = new ArrayList<>();
    asked.add(
        new Asked(
            "isolcpus",
            "isolcpus",
            "isolcpus=managed_irq,domain," + isolated,
            value -> isolates(value, isolated, possible)));
    asked.add(Asked.cpus("nohz_full", isolated, possible));
    asked.add(Asked.cpus("rcu_nocbs", isolated, possible));
    asked.add(Asked.cpus("irqaffinity", isolation.interrupts(), possible));
    if (smt(wanted) == Smt.OFF && !hasNoSmt(host)) {
      asked.add(new Asked("nosmt", "nosmt", "nosmt", value -> Set.of("", "force").contains(value)));
    }
    asked.add(Asked.same("skew_tick", "skew_tick", "1"));
    asked.add(Asked.same("nosoftlockup", "nosoftlockup", ""));
    asked.add(Asked.same("nmi_watchdog", "nmi_watchdog", "0"));
    asked.add(
        new Asked(
            "transparent_hugepage",
            "transparent_hugepage",
            "transparent_hugepage=madvise",
            value -> Set.of("madvise", "never").contains(value)));
    processor(host, asked);
    if (wanted.nics().stream().anyMatch(nic -> !nic.profile().pciIds().isEmpty())) {
      asked.add(Asked.same("iommu", "iommu", "pt"));
    }
    return asked;
  }

  private static void processor(HostView host, List<Asked> asked) {
    ProcessorText processor = ProcessorText.of(host);
    if (processor.isX86()) {
      asked.add(Asked.same("tsc", "tsc", "reliable"));
      asked.add(
          new Asked(
              "processor.max_cstate",
              "max_cstate",
              "processor.max_cstate=1",
              value -> Set.of("0", "1").contains(value)));
    }
    if (processor.isIntel()) {
      asked.add(Asked.same("intel_idle.max_cstate", "intel_idle", "0"));
    }
  }

  private static Smt smt(WantedHost wanted) {
    return wanted.layout().map(AffinityLayout::machine).map(m -> m.smt()).orElse(Smt.ANY);
  }

  // Switched off in the firmware, or never there: nothing to ask the kernel for.
  private static boolean hasNoSmt(HostView host) {
    return host.text("/sys/devices/system/cpu/smt/control")
        .filter(control -> Set.of("notsupported", "forceoff").contains(control.strip()))
        .isPresent();
  }

  private static boolean isolates(String value, CpuSet cpus, CpuSet possible) {
    Set<String> flags = new HashSet<>();
    List<String> numbers = new ArrayList<>();
    for (String part : value.split(",", -1)) {
      if (part.matches("[a-z_]+") && !"all".equals(part)) {
        flags.add(part);
      } else {
        numbers.add(part);
      }
    }
    return flags.containsAll(Set.of("managed_irq", "domain"))
        && CpuSet.argument(String.join(",", numbers), possible).filter(cpus::equals).isPresent();
  }

  private static void judge(
      FactSheet sheet, Asked asked, Optional<KernelArguments> files, KernelArguments running) {
    boolean inFiles = files.map(asked::isIn).orElse(true);
    List<String> unread = files.map(KernelArguments::unread).orElse(List.of());
    if (!inFiles && asked.isIn(running) && !unread.isEmpty()) {
      sheet.skip(asked.fact, asked.example, "it runs; not understood: " + Texts.some(unread));
      return;
    }
    String found =
        "boot files: "
            + files.map(asked::shownIn).orElse("not there")
            + "; running: "
            + asked.shownIn(running);
    sheet.judge(
        asked.fact, inFiles && asked.isIn(running), asked.example, found, mend(asked, files));
  }

  private static String mend(Asked asked, Optional<KernelArguments> files) {
    if (files.isEmpty()) {
      return "no "
          + KernelArguments.GRUB
          + ", so the boot loader is not known: add "
          + asked.example
          + " to its kernel arguments; reboot";
    }
    if (files.filter(asked::isTwiceIn).isPresent()) {
      return "the kernel keeps the first: leave only " + asked.example + "; update-grub; reboot";
    }
    return asked.isIn(files.get())
        ? "update-grub; reboot"
        : FILE + ": add " + asked.example + " to GRUB_CMDLINE_LINUX_DEFAULT; update-grub; reboot";
  }

  // Those that are asked for have facts of their own, so that nothing is named twice.
  private static void drift(
      FactSheet sheet,
      List<Asked> asked,
      Optional<KernelArguments> files,
      KernelArguments running) {
    String expected = "boot files and running kernel have the same arguments";
    if (files.isEmpty()) {
      sheet.skip("drift", expected, "no " + KernelArguments.GRUB + " and no file beside it");
      return;
    }
    if (!files.get().unread().isEmpty()) {
      sheet.skip("drift", expected, "not understood: " + Texts.some(files.get().unread()));
      return;
    }
    Set<String> passed = new HashSet<>(OF_THE_LOADER);
    passed.addAll(OF_HUGE_PAGES);
    asked.forEach(argument -> passed.add(argument.name));
    if (!asked.isEmpty()) {
      passed.add(NO_WATCHDOG);
    }
    Set<String> inFiles = files.get().without(passed);
    Set<String> inKernel = running.without(passed);
    Set<String> onlyFiles = difference(inFiles, inKernel);
    Set<String> onlyKernel = difference(inKernel, inFiles);
    boolean same = onlyFiles.isEmpty() && onlyKernel.isEmpty();
    sheet.judge(
        "drift",
        same,
        expected,
        same
            ? "the same"
            : Stream.of(only("boot files", onlyFiles), only("running", onlyKernel))
                .filter(text -> !text.isEmpty())
                .reduce((left, right) -> left + "; " + right)
                .orElse(""),
        "update-grub; reboot; what only runs belongs into " + FILE + " or was typed at the loader");
  }

  private static String only(String where, Set<String> words) {
    return words.isEmpty() ? "" : "only " + where + ": " + String.join(" ", words);
  }

  private static Set<String> difference(Set<String> of, Set<String> without) {
    Set<String> rest = new TreeSet<>(of);
    rest.removeAll(without);
    return rest;
  }
}
