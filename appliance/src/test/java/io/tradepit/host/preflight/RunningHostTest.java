package io.tradepit.host.preflight;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.io.TempDir;

/** Files, links and commands of this machine, and of a copy of another. */
@Timeout(30)
class RunningHostTest {
  @TempDir private Path root;

  @Test
  void shouldReadAFileWithoutItsLastLineEnd() throws IOException {
    Files.createDirectories(root.resolve("proc"));
    Files.writeString(root.resolve("proc/cmdline"), "quiet nosmt\n");
    HostView copy = new RunningHost(root);
    assertEquals(Optional.of("quiet nosmt"), copy.text("/proc/cmdline"));
    assertEquals(List.of("cmdline"), copy.names("/proc"));
    assertEquals(Optional.empty(), copy.text("/proc/other"));
    assertEquals(List.of(), copy.names("/other"));
  }

  @Test
  void shouldReadWhereALinkPoints() throws IOException {
    Files.createSymbolicLink(root.resolve("driver"), Path.of("../drivers/ice"));
    assertEquals(Optional.of("../drivers/ice"), new RunningHost(root).link("/driver"));
    assertEquals(Optional.empty(), new RunningHost(root).link("/"));
  }

  @Test
  void shouldRunNoCommandOnACopyButReadWhatItHadPrinted() throws IOException {
    Files.createDirectories(root.resolve("commands"));
    Files.writeString(root.resolve("commands/ethtool -m _dev_eth2"), "driver: ice\n");
    HostView copy = new RunningHost(root);
    assertEquals(Optional.of("driver: ice"), copy.output("ethtool", "-m", "/dev/eth2"));
    assertEquals(Optional.empty(), copy.output("uname", "-r"));
  }

  @Test
  void shouldRunACommandHereWithoutAShell() {
    HostView here = new RunningHost();
    assertEquals(Optional.of("a  $HOME"), here.output("printf", "%s\n", "a  $HOME"));
    assertEquals(Optional.empty(), here.output("no-such-command"));
    assertEquals(Optional.empty(), here.output("false"));
  }

  @Test
  void shouldGiveUpACommandThatPrintsWithoutEnd() {
    long start = System.nanoTime();
    assertEquals(Optional.empty(), new RunningHost().output("yes"));
    assertTrue(System.nanoTime() - start < 10_000_000_000L);
  }

  @Test
  void shouldTellACommandToEndBeforeItIsEnded() throws IOException {
    Path told = root.resolve("told");
    String script =
        "trap 'echo told > %s; exit 1' TERM; head -c 16777217 /dev/zero; while :; do sleep 0.1; done"
            .formatted(told);
    assertEquals(Optional.empty(), new RunningHost().output("sh", "-c", script));
    assertEquals("told\n", Files.readString(told));
  }

  @Test
  @Timeout(value = 10, threadMode = ThreadMode.SEPARATE_THREAD)
  void shouldNotWaitAtAFile() throws IOException {
    Files.createDirectories(root.resolve("proc"));
    Files.writeString(root.resolve("proc/kmsg"), "a line");
    Files.createSymbolicLink(root.resolve("link"), Path.of("proc/kmsg"));
    HostView copy = new RunningHost(root);
    assertEquals(Optional.empty(), copy.text("/proc/kmsg"));
    assertEquals(Optional.empty(), copy.text("/link"));
    assertEquals(Optional.empty(), copy.text("/proc"));

    String pipe = root.resolve("pipe").toString();
    assertEquals(Optional.of(""), new RunningHost().output("mkfifo", pipe));
    assertEquals(Optional.empty(), copy.text("/pipe"));
  }
}
