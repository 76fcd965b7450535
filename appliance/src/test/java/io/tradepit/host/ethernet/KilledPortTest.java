package io.tradepit.host.ethernet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tradepit.net.NetworkNamespace;
import java.io.BufferedReader;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A process that is killed with a port open is no burden to the next one. */
@Timeout(60)
class KilledPortTest {
  private static final Path PROFILE =
      Path.of("").toAbsolutePath().resolveSibling("nic-config/virtual.yaml");

  private NetworkNamespace member;
  private NetworkNamespace box;

  @BeforeEach
  void layCable() throws IOException {
    member = NetworkNamespace.make("member");
    box = NetworkNamespace.make("box");
    Datagrams.layCable(member, box);
  }

  @AfterEach
  void removeNamespaces() throws IOException {
    member.close();
    box.close();
  }

  @Test
  void shouldTakeOffAProgramWhoseProcessWasKilledAndNoOther()
      throws IOException, InterruptedException {
    Running first = start();
    Datagrams.exchange(member, "m0", first.mac());
    String refusal = start().output.readLine();
    assertTrue(refusal.startsWith("refused port=members interface=b0 xdp="), refusal);
    assertTrue(refusal.endsWith(": process " + first.process.pid() + " uses it"), refusal);

    first.process.destroyForcibly().waitFor();
    assertTrue(hasProgram(), "the kernel took the program off by itself");

    Running next = start();
    long mac = next.mac();
    assertEquals(1, next.said.size(), next.said.toString());
    assertTrue(next.said.getFirst().endsWith(": left by a killed process, taken off"));
    Datagrams.exchange(member, "m0", mac);
    next.process.getOutputStream().close();
    assertEquals(0, next.process.waitFor());
    assertFalse(hasProgram(), "a program stayed attached");
  }

  private boolean hasProgram() throws IOException {
    return box.ip("link", "show", "b0").contains("xdp");
  }

  private Running start() throws IOException {
    List<String> command = new ArrayList<>();
    command.add(ProcessHandle.current().info().command().orElseThrow());
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(argument -> argument.startsWith("--"))
        .forEach(command::add);
    command.addAll(
        List.of(
            "-XX:TieredStopAtLevel=1",
            "-Dtradepit.shims=" + System.getProperty("tradepit.shims"),
            "-cp",
            System.getProperty("java.class.path"),
            EchoProcess.class.getName(),
            "b0",
            "net_af_xdp",
            PROFILE.toString()));
    return new Running(box.start(new ProcessBuilder(command).redirectErrorStream(true)));
  }

  /** A process, and what it said before its port was open. */
  private static final class Running {
    final Process process;
    final BufferedReader output;
    final List<String> said = new ArrayList<>();

    Running(Process process) {
      this.process = process;
      this.output = process.inputReader();
    }

    long mac() throws IOException {
      for (String line = output.readLine(); line != null; line = output.readLine()) {
        if (line.startsWith(EchoProcess.OPEN)) {
          return Long.parseLong(line.substring(EchoProcess.OPEN.length()));
        }
        said.add(line);
      }
      throw new IOException("not opened: " + said);
    }
  }
}
