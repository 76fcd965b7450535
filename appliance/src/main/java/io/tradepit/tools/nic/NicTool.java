package io.tradepit.tools.nic;

import io.tradepit.config.ConfigException;
import io.tradepit.config.ExitCode;
import io.tradepit.config.HostFiles;
import io.tradepit.config.NicProfile;
import io.tradepit.config.NicReader;
import io.tradepit.config.StartException;
import io.tradepit.dpdk.Dpdk;
import io.tradepit.dpdk.DpdkEnvironment;
import io.tradepit.dpdk.FfmDpdk;
import io.tradepit.host.HostRefusedException;
import io.tradepit.host.ethernet.DpdkTerms;
import io.tradepit.host.ethernet.EthernetPorts;
import io.tradepit.host.ethernet.EthernetPorts.OpenPort;
import io.tradepit.host.preflight.HostView;
import io.tradepit.shim.ShimException;
import io.tradepit.telemetry.Json;
import io.tradepit.tools.terminal.Columns;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import net.openhft.affinity.Affinity;

/** Lists network devices, and probes one past the kernel. */
public final class NicTool {
  private static final Columns ROW = new Columns(-14, -60);
  private static final String TAKES_ALL = "net_af_xdp";
  private static final String MEBIBYTES = "96";

  private final PrintWriter out;

  public NicTool(PrintWriter out) {
    this.out = out;
  }

  /**
   * Lists the devices of a machine, and whether DPDK is there.
   *
   * @param json file that they are written to, {@code -} for the output in place of text
   */
  public void show(HostView host, Optional<Path> json) {
    List<Device> devices = new DeviceReader(host, profiles()).devices();
    String text =
        devices.stream()
            .map(device -> Json.object(device.fields()))
            .collect(Collectors.joining(",\n  ", "{\"devices\":[\n  ", "]}\n"));
    if (write(json, text)) {
      devices.forEach(this::print);
      out.println(ROW.row("dpdk", dpdk()));
    }
    out.flush();
  }

  private static List<NicProfile> profiles() {
    return HostFiles.NIC.names().stream()
        .map(name -> NicReader.read(HostFiles.NIC.named("profile", name)))
        .toList();
  }

  private void print(Device device) {
    String place = device.address().map(address -> " at " + address).orElse("");
    String node = device.node().map(number -> ", node " + number).orElse("");
    out.println(ROW.row(device.name(), device.driver() + place + node + ", link " + device.link()));
    String steering = device.steering() ? "takes rules" : "no rules";
    out.println(ROW.row("", "stamps " + device.stamps() + ", steering " + steering));
    out.println(ROW.row("", "past the kernel by " + device.pastTheKernel()));
  }

  private static String dpdk() {
    try {
      return new FfmDpdk().version();
    } catch (ShimException e) {
      return e.getMessage();
    }
  }

  /**
   * Opens a device as a segment would, says what it is, polls it and closes it.
   *
   * @param json as of {@link #show}
   * @throws ConfigException when the kernel's own packets would be taken without leave
   * @throws StartException when DPDK or the device is not had, with what is missing
   */
  public void probe(Probe probe, Optional<Path> json) {
    requireLeave(probe);
    Map<String, String> found = found(probe);
    if (write(json, Json.object(found) + "\n")) {
      found.forEach((name, value) -> out.println(ROW.row(name, value)));
    }
    out.flush();
  }

  private Map<String, String> found(Probe probe) {
    String cpus =
        Affinity.getAffinity().stream().mapToObj(String::valueOf).collect(Collectors.joining(","));
    DpdkTerms terms = new DpdkTerms("nic-probe", cpus, MEBIBYTES, DpdkTerms.INTERFACES, 0);
    try (EthernetPorts ports = EthernetPorts.start(List.of(probe.port()), terms, out::println)) {
      OpenPort port = ports.open(probe.port().name());
      PollCost cost =
          CompletableFuture.supplyAsync(
                  () -> poll(ports.dpdk(), port, probe.polls()),
                  task -> new Thread(task, "tp-probe").start())
              .join();
      return new ProbeResult(port, cost).fields();
    } catch (HostRefusedException e) {
      throw new StartException(ExitCode.HOST, e.getMessage(), e);
    } finally {
      DpdkEnvironment.stop(); // the process probes one device; nothing of DPDK's is left behind
    }
  }

  private static PollCost poll(Dpdk dpdk, OpenPort port, int polls) {
    dpdk.registerThread();
    try {
      return PollCost.measure(dpdk, port.handle(), polls);
    } finally {
      dpdk.unregisterThread();
    }
  }

  // Whoever is logged in over the interface would not be able to say stop.
  private static void requireLeave(Probe probe) {
    boolean takesAll = probe.driver().map(TAKES_ALL::equals).orElse(true);
    if (takesAll && !probe.isTaken() && hasAddress(probe.device())) {
      throw new ConfigException(
          List.of(
              "DEVICE="
                  + probe.device()
                  + ": the kernel has an address on it, and its packets would be taken for the"
                  + " time; --take probes it all the same"));
    }
  }

  private static boolean hasAddress(String device) {
    try {
      NetworkInterface found = NetworkInterface.getByName(device);
      return found != null && found.inetAddresses().anyMatch(one -> !one.isLinkLocalAddress());
    } catch (SocketException e) {
      throw new ConfigException(List.of("DEVICE=" + device + ": " + e.getMessage()));
    }
  }

  /** Whether the text for people is wanted too. */
  private boolean write(Optional<Path> json, String text) {
    if (json.isEmpty()) {
      return true;
    }
    if ("-".equals(json.get().toString())) {
      out.print(text);
      return false;
    }
    try {
      Files.writeString(json.get(), text);
      return true;
    } catch (IOException e) {
      throw new UncheckedIOException("file=" + json.get() + ": cannot be written", e);
    }
  }
}
