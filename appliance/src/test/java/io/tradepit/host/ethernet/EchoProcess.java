package io.tradepit.host.ethernet;

import io.tradepit.config.EthernetPort;
import io.tradepit.config.EthernetPort.StampClock;
import io.tradepit.config.NicProfile;
import io.tradepit.config.NicReader;
import io.tradepit.dpdk.Dpdk;
import io.tradepit.host.HostRefusedException;
import io.tradepit.host.ethernet.EthernetPorts.OpenPort;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A process with one port, as a segment opens it; echoes until its input ends. Says what was taken
 * off, what was refused, and {@value #OPEN} with the port's MAC.
 */
final class EchoProcess {
  static final String OPEN = "open ";
  static final String NOT_THERE = "refused ";

  private EchoProcess() {}

  /**
   * @param arguments interface, driver, profile's file
   */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    NicProfile profile = NicReader.read(Path.of(arguments[2]));
    EthernetPort port =
        new EthernetPort(
            "members",
            Optional.of(arguments[0]),
            Optional.empty(),
            profile,
            profile.virtualDevices().stream()
                .filter(device -> device.driver().equals(arguments[1]))
                .findFirst(),
            (Inet4Address) InetAddress.getByName("10.77.0.1"),
            24,
            Optional.empty(),
            EthernetPort.NO_VLAN,
            StampClock.UTC);
    DpdkTerms terms = new DpdkTerms("echo", "0", "64", DpdkTerms.INTERFACES, 0);
    try (EthernetPorts ports = EthernetPorts.start(List.of(port), terms, EchoProcess::say)) {
      OpenPort open = ports.open("members");
      System.out.println(OPEN + open.mac());
      AtomicBoolean isStopped = new AtomicBoolean();
      Thread poller = new Thread(() -> echo(ports.dpdk(), open, isStopped), "tp-echo");
      poller.start();
      System.in.transferTo(OutputStream.nullOutputStream());
      isStopped.set(true);
      poller.join();
    } catch (HostRefusedException e) {
      System.out.println(NOT_THERE + e.getMessage());
    }
  }

  private static void echo(Dpdk dpdk, OpenPort port, AtomicBoolean isStopped) {
    dpdk.registerThread();
    new Echo(dpdk).poll(port.handle(), isStopped::get);
    dpdk.unregisterThread();
  }

  private static void say(String line) {
    System.out.println(line);
  }
}
