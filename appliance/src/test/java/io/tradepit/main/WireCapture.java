package io.tradepit.main;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tradepit.Tier;
import io.tradepit.net.NetworkNamespace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The feed on the wire as tshark reads it: frames, checksums and packets. It is a separate program;
 * without it nothing is captured, and the test says so.
 */
final class WireCapture implements AutoCloseable {
  private static final int SECONDS = 20;

  private final NetworkNamespace namespace;
  private final Path file;
  private final Process capture;

  private WireCapture(NetworkNamespace namespace, Path file, Process capture) {
    this.namespace = namespace;
    this.file = file;
    this.capture = capture;
  }

  /** Begins to capture datagrams of an interface; what comes at once may be missed. */
  static WireCapture begin(NetworkNamespace namespace, String device, Path directory)
      throws IOException {
    if (!Files.isExecutable(Path.of("/usr/bin/tshark"))) {
      System.out.println("skipped: tshark is not installed");
      return new WireCapture(namespace, directory, null);
    }
    Path file = directory.resolve("wire.pcapng");
    ProcessBuilder tshark =
        new ProcessBuilder("tshark", "-q", "-i", device, "-f", "udp", "-w", file.toString());
    tshark.redirectErrorStream(true).redirectOutput(directory.resolve("tshark.txt").toFile());
    return new WireCapture(namespace, file, namespace.start(tshark));
  }

  /**
   * Ends the capture, and has it read.
   *
   * @param messages that each line has carried so far
   */
  void assertReadBy(int messages) throws IOException, InterruptedException {
    if (capture == null) {
      return;
    }
    // It writes what it holds about once a second.
    TimeUnit.MILLISECONDS.sleep(1_200);
    capture.destroy();
    assertTrue(capture.waitFor(SECONDS, TimeUnit.SECONDS), "tshark goes on");
    List<String> packets =
        namespace
            .run(
                "tshark",
                "-r",
                file.toString(),
                "-o",
                "ip.check_checksum:TRUE",
                "-o",
                "udp.check_checksum:TRUE",
                "-d",
                "udp.port==30001,moldudp64",
                "-T",
                "fields",
                "-E",
                "separator=|",
                "-e",
                "eth.dst",
                "-e",
                "ip.dst",
                "-e",
                "ip.ttl",
                "-e",
                "ip.checksum.status",
                "-e",
                "udp.checksum.status",
                "-e",
                "moldudp64.sequence",
                "-e",
                "moldudp64.count")
            .lines()
            .filter(line -> line.contains("|"))
            .toList();
    int ofA = assertLine(packets, "01:00:5e:40:07:01|239.192.7.1|1|1|1|", messages);
    int ofB = assertLine(packets, "01:00:5e:40:07:02|239.192.7.2|1|1|1|", messages);
    assertEquals(packets.size(), ofA + ofB, "other packets than those of the lines");
    Tier.ran("feed on the wire read by tshark", "packets=" + packets.size());
  }

  // Each packet begins where the one before has ended.
  private static int assertLine(List<String> packets, String beginning, int messages) {
    List<String> own = packets.stream().filter(line -> line.startsWith(beginning)).toList();
    long next = 1;
    for (String packet : own) {
      String[] numbers = packet.substring(beginning.length()).split("\\|", -1);
      assertEquals(next, Long.parseLong(numbers[0]), packet);
      next += Long.parseLong(numbers[1]);
    }
    assertEquals(messages + 1, next, beginning);
    return own.size();
  }

  @Override
  public void close() {
    if (capture != null) {
      capture.destroyForcibly();
    }
  }
}
