package io.tradepit.telemetry;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tradepit.kernel.FfmLibc;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The notifier against a datagram socket of another process, as systemd's is. */
@Timeout(30)
class SystemdSocketTest {
  private static final String SUPERVISOR =
      """
      import socket, sys
      name = sys.argv[1]
      s = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
      s.bind('\\0' + name[1:] if name.startswith('@') else name)
      print('bound', flush=True)
      for _ in range(3):
          print(s.recv(256).decode(), flush=True)
      """;

  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(strings = {"path", "@abstract"})
  void shouldReachTheSupervisorByPathAndByAbstractName(String kind) throws Exception {
    String unique = "@tradepit-test-" + ProcessHandle.current().pid();
    String socket = "path".equals(kind) ? directory.resolve("notify").toString() : unique;
    Process supervisor = new ProcessBuilder("python3", "-c", SUPERVISOR, socket).start();
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(supervisor.getInputStream(), StandardCharsets.UTF_8))) {
      assertEquals("bound", lines.readLine());
      SystemdNotifier notifier = notifier(socket);
      notifier.ready();
      notifier.doWork();
      notifier.stopping();

      assertEquals("READY=1", lines.readLine());
      assertEquals("STATUS=members may log in", lines.readLine());
      assertEquals("WATCHDOG_USEC=1000000", lines.readLine());
      assertEquals("WATCHDOG=1", lines.readLine());
      assertEquals("STOPPING=1", lines.readLine());
      assertEquals(0, notifier.lastError());
    } finally {
      supervisor.destroy();
    }
  }

  @Test
  void shouldKeepTheErrorWhenNoSupervisorListens() {
    SystemdNotifier notifier = notifier(directory.resolve("nobody").toString());
    notifier.ready();

    assertEquals(-FfmLibc.ENOENT, notifier.lastError());
  }

  private static SystemdNotifier notifier(String socket) {
    return new SystemdNotifier(
        Map.of("NOTIFY_SOCKET", socket, "WATCHDOG_USEC", "1000000"),
        new FfmLibc()::notify,
        new AgentWatch(CounterFactory.unexported()),
        System::nanoTime);
  }
}
