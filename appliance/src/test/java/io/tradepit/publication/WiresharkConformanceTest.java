package io.tradepit.publication;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tradepit.Tier;
import io.tradepit.telemetry.CounterFactory;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * tshark reads the framing of our packets. It is a separate program, skipped where it is absent.
 */
@Timeout(60)
class WiresharkConformanceTest {
  @TempDir Path directory;

  private long nowNs = 1;

  @Test
  void shouldReadThePacketsOfThePublisher() throws IOException, InterruptedException {
    requireTools();
    List<String> packets = publishedPackets();
    Path capture = capture(packets, "-u", "40000,26477");

    assertEquals(
        List.of(
            "20261120A |1|2|MoldUDP64 Messages|12,36",
            "20261120A |3|0|MoldUDP64 Heartbeat|",
            "20261120A |3|1|MoldUDP64 Messages|12",
            "20261120A |4|65535|MoldUDP64 End Of Session|"),
        moldFields(capture));
    Tier.ran("MoldUDP64 read by tshark", "packets=" + packets.size());
  }

  @Test
  void shouldReadARequestAndOurReply() throws IOException, InterruptedException {
    requireTools();
    List<String> packets = new ArrayList<>();
    RetransmissionContext server =
        new RetransmissionContext()
            .address(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    try (RecordedFeed feed =
            new RecordedFeed(line -> true, settings -> settings.retransmission(server));
        DatagramSocket requester = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
      feed.open().orders(10);
      feed.recover();
      byte[] request = HexFormat.of().parseHex("3230323631313230412000000000000000020003");
      requester.send(
          new DatagramPacket(
              request, request.length, feed.recovery.retransmissionAddress().orElseThrow()));
      feed.recover();
      DatagramPacket reply = new DatagramPacket(new byte[2_000], 2_000);
      requester.receive(reply);
      packets.add(HexFormat.of().formatHex(request));
      packets.add(HexFormat.of().formatHex(reply.getData(), 0, reply.getLength()));
    }
    Path capture = capture(packets, "-u", "40000,26477");

    assertEquals(
        List.of("20261120A |2|3|MoldUDP64 Request|", "20261120A |2|3|MoldUDP64 Messages|39,40,31"),
        moldFields(capture));
    Tier.ran("retransmission read by tshark", "packets=" + packets.size());
  }

  /** Golden bytes of the protocol fact sheet, which the gateway's own tests hold its codec to. */
  @Test
  void shouldReadTheGoldenSoupBinTcpPackets() throws IOException, InterruptedException {
    requireTools();
    List<String> packets =
        List.of(
            "002f4c4d4d3031202073656372657420202020"
                + "20202020202020202020"
                + "2020202020202020202020202020202020202031",
            "001f41203230323631313230412020202020202020202020202020202020202031",
            "00024a41",
            "000148",
            "000152",
            "00015a",
            "00014f",
            "00062b68656c6c6f");
    Path capture = capture(packets, "-T", "40000,8003");
    List<String> types =
        run(
            "tshark",
            "-r",
            capture.toString(),
            "-d",
            "tcp.port==8003,soupbintcp",
            "-T",
            "fields",
            "-e",
            "soupbintcp.packet_type");
    assertEquals(List.of("'L'", "'A'", "'J'", "'H'", "'R'", "'Z'", "'O'", "'+'"), types);
    Tier.ran("SoupBinTCP read by tshark", "packets=" + packets.size());
  }

  private List<String> publishedPackets() {
    CapturedLine line = new CapturedLine();
    EventScript events = new EventScript();
    events
        .dayOpened("20261120A ")
        .notified(1, 'O')
        .accepted(2, 1001, 'B', 'Y', 100, 1_503_400)
        .frame(1);
    PublisherAgent agent =
        new PublisherAgent(
            new PublisherContext()
                .eventReader(events)
                .lineA(line)
                .lineB(packet -> true)
                .clock(() -> nowNs)
                .counters(CounterFactory.unexported())
                .conclude());
    agent.doWork();
    nowNs += TimeUnit.SECONDS.toNanos(1);
    agent.doWork();
    events.notified(3, 'C').dayClosed().frame(2);
    agent.doWork();
    return line.packets;
  }

  private List<String> moldFields(Path capture) throws IOException, InterruptedException {
    return run(
        "tshark",
        "-r",
        capture.toString(),
        "-d",
        "udp.port==26477,moldudp64",
        "-T",
        "fields",
        "-E",
        "separator=|",
        "-e",
        "moldudp64.session",
        "-e",
        "moldudp64.sequence",
        "-e",
        "moldudp64.count",
        "-e",
        "_ws.col.Info",
        "-e",
        "moldudp64.msglen");
  }

  private Path capture(List<String> packets, String transport, String ports)
      throws IOException, InterruptedException {
    List<String> lines = new ArrayList<>();
    for (String packet : packets) {
      lines.add("000000 " + packet.replaceAll("..", "$0 ").strip());
    }
    Path text = Files.write(directory.resolve("packets.txt"), lines);
    Path capture = directory.resolve("packets.pcap");
    run("text2pcap", "-q", transport, ports, text.toString(), capture.toString());
    return capture;
  }

  private List<String> run(String... command) throws IOException, InterruptedException {
    Path out = directory.resolve(command[0] + ".out");
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(out.toFile())
            .redirectError(directory.resolve(command[0] + ".err").toFile())
            .start();
    assertTrue(process.waitFor(40, TimeUnit.SECONDS), "timedOut=" + command[0]);
    assertEquals(
        0, process.exitValue(), () -> "command=" + String.join(" ", command) + read(command[0]));
    return Files.readAllLines(out);
  }

  private String read(String tool) {
    try {
      return " stderr=" + Files.readString(directory.resolve(tool + ".err"));
    } catch (IOException e) {
      return " stderr=" + e.getMessage();
    }
  }

  private static void requireTools() {
    for (String tool : List.of("text2pcap", "tshark")) {
      boolean found =
          List.of(System.getenv("PATH").split(":")).stream()
              .anyMatch(path -> Files.isExecutable(Path.of(path, tool)));
      assumeTrue(found, "skipped: no " + tool + " on this machine");
    }
  }
}
