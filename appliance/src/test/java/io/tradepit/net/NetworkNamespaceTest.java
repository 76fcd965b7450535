package io.tradepit.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The kernel's own TCP between two namespaces, both used from this JVM. */
@Timeout(60)
class NetworkNamespaceTest {
  @Test
  void shouldConnectThreadsOfThisProcessInTwoNamespaces() throws IOException {
    try (NetworkNamespace member = NetworkNamespace.make("member");
        NetworkNamespace box = NetworkNamespace.make("box")) {
      VethPair pair = VethPair.between(member, "m0", box, "b0");
      pair.left().address("10.77.0.2/24");
      pair.right().address("10.77.0.1/24");
      InetSocketAddress address = new InetSocketAddress("10.77.0.1", 9001);
      try (ServerSocket server = box.call(ServerSocket::new)) {
        box.call(() -> {
          server.bind(address);
          return null;
        });
        try (Socket client = member.call(() -> new Socket(address.getAddress(), 9001));
            Socket accepted = server.accept()) {
          client.getOutputStream().write('x');
          assertEquals('x', accepted.getInputStream().read());
          assertEquals("10.77.0.2", accepted.getInetAddress().getHostAddress());
        }
      }
      assertNull(NetworkInterface.getByName("b0"), "seen from outside");
      assertTrue(pair.right().mac().matches("([0-9a-f]{2}:){5}[0-9a-f]{2}"), pair.right().mac());
    }
  }

  @Test
  void shouldEndWhatRunsInItAndLeaveNothing() throws IOException {
    Process process;
    NetworkNamespace made = NetworkNamespace.make("gone");
    try (made) {
      process = made.start(new ProcessBuilder("sleep", "600"));
      assertTrue(process.isAlive());
      assertTrue(made.run("ip", "-br", "link").startsWith("lo "));
      assertThrows(IOException.class, () -> made.run("false"));
    }
    assertFalse(process.isAlive());
    assertFalse(Files.exists(made.file()));
  }

  @Test
  void shouldRemoveWhatAKilledRunLeft() throws IOException, InterruptedException {
    NetworkNamespace.make("first").close();
    Process dead = new ProcessBuilder("true").start();
    dead.waitFor();
    String left = "tp-" + dead.pid() + "-left";
    Commands.run(List.of("ip", "netns", "add", left));
    NetworkNamespace.make("next").close();
    assertFalse(Commands.run(List.of("ip", "netns", "list")).contains(left));
  }
}
