package io.tradepit.host.preflight;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tradepit.host.preflight.Fact.Status;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Forms that boot files and arguments of the kernel may have. */
@Timeout(10)
class KernelArgumentsTest {
  private static final CpuSet POSSIBLE = CpuSet.list("0-15").orElseThrow();

  @Test
  void shouldReadTheListsThatTheKernelTakes() {
    assertEquals("4-15", CpuSet.argument("4-N", POSSIBLE).orElseThrow().toString());
    assertEquals("15", CpuSet.argument("N", POSSIBLE).orElseThrow().toString());
    assertEquals("0-15", CpuSet.argument("all", POSSIBLE).orElseThrow().toString());
    assertEquals("1,4,6", CpuSet.argument("1,4-7:1/2", POSSIBLE).orElseThrow().toString());
    assertEquals("0-1,4-5", CpuSet.argument("0-7:2/4", POSSIBLE).orElseThrow().toString());
    for (String none : List.of("4-x", "0-3:0/0", "0-3:3/2", "1,,all-3", "Nn")) {
      assertEquals(Optional.empty(), CpuSet.argument(none, POSSIBLE), none);
    }
  }

  @Test
  void shouldFindNothingWrongWithLastCpuByName() {
    FakeHost host = HealthyHost.machine();
    for (String file : List.of("/proc/cmdline", HealthyKernel.GRUB)) {
      host.replace(file, "nohz_full=4-15", "nohz_full=4-N")
          .replace(file, "domain,4-15", "domain,4-N");
    }
    assertEquals(List.of(), failures(host));
  }

  @Test
  void shouldTakeNowatchdogForBoth() {
    FakeHost host = HealthyHost.machine();
    for (String file : List.of("/proc/cmdline", HealthyKernel.GRUB)) {
      host.replace(file, "nosoftlockup nmi_watchdog=0", "nowatchdog");
    }
    assertEquals(List.of(), failures(host));
  }

  @Test
  void shouldReadPlainAssignmentsAndNameTheOthers() {
    assertEquals(List.of("a", "b"), words("GRUB_CMDLINE_LINUX=\"a b\" # c"));
    assertEquals(List.of("a"), words("  export GRUB_CMDLINE_LINUX=a"));
    assertEquals(List.of("$a"), words("GRUB_CMDLINE_LINUX='$a'"));
    assertEquals(
        List.of("a", "b"),
        words("GRUB_CMDLINE_LINUX=a\nGRUB_CMDLINE_LINUX=\"${GRUB_CMDLINE_LINUX} b\""));
    for (String line :
        List.of(
            "GRUB_CMDLINE_LINUX=\"${GRUB_CMDLINE_LINUX:+$GRUB_CMDLINE_LINUX }a\"",
            "GRUB_CMDLINE_LINUX=\"a\"\" b\"",
            "GRUB_CMDLINE_LINUX=\"a=\\\"b\\\"\"",
            "GRUB_CMDLINE_LINUX=\"$OTHER a\"",
            "GRUB_CMDLINE_LINUX=\"$(cat /etc/x)\"",
            "GRUB_CMDLINE_LINUX=\"$GRUB_CMDLINE_LINUX_XEN a\"")) {
      KernelArguments read = read(line);
      assertEquals(List.of(), read.words(), line);
      assertEquals(List.of(line), read.unread());
    }
  }

  @Test
  void shouldSkipWhatAFileSaysInAFormThatIsNotRead() {
    String line = "GRUB_CMDLINE_LINUX_DEFAULT=\"${X:+$X }" + HealthyKernel.ARGUMENTS + "\"";
    FakeHost host = HealthyHost.machine().with(HealthyKernel.GRUB, line);
    assertEquals(List.of(), failures(host));
    Fact isolcpus = fact(host, "boot.isolcpus");
    assertEquals(Status.SKIP, isolcpus.status());
    assertTrue(isolcpus.found().contains("not understood: GRUB_CMDLINE_LINUX_DEFAULT="));
    assertEquals(Status.SKIP, fact(host, "boot.drift").status());
  }

  @Test
  void shouldNotReadAFileThatTheShellDoesNot() {
    FakeHost host =
        HealthyHost.machine()
            .with("/etc/default/grub.d/.99-tradepit.cfg", "GRUB_CMDLINE_LINUX_DEFAULT=\"\"");
    assertEquals(List.of(), failures(host));
  }

  @Test
  void shouldNameNoBootLoaderThatIsNotSeen() {
    FakeHost host =
        HealthyHost.machine().without("/etc/default").replace("/proc/cmdline", "skew_tick=1 ", "");
    Fact fact = fact(host, "boot.skew_tick");
    assertEquals(Status.FAIL, fact.status());
    assertTrue(fact.mend().startsWith("no /etc/default/grub, so the boot loader is not known"));
  }

  private static List<String> words(String text) {
    assertEquals(List.of(), read(text).unread());
    return read(text).words();
  }

  private static KernelArguments read(String text) {
    return KernelArguments.bootFiles(new FakeHost().with(KernelArguments.GRUB, text)).orElseThrow();
  }

  private static List<Fact> failures(FakeHost host) {
    return Preflight.standard().check(host, HealthyHost.wanted()).failures();
  }

  private static Fact fact(FakeHost host, String id) {
    return new BootSource()
        .facts(host, HealthyHost.wanted()).stream()
            .filter(fact -> fact.id().equals(id))
            .findFirst()
            .orElseThrow();
  }
}
