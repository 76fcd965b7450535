package io.tradepit.host.ethernet;

import io.tradepit.config.ConfigException;
import io.tradepit.config.EthernetPort;
import io.tradepit.kernel.Libc;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * What stands for the words in braces of a profile's arguments, and what the machine says of time.
 *
 * @param segment name of the segment
 * @param cpus of the one lcore: the core of the layout, or all that the process may run on, as a
 *     list such as {@code 0-1}
 * @param mebibytes of memory for packets, one number a node
 * @param interfaces folder of the kernel's interfaces, {@code /sys/class/net}
 * @param taiOffsetNs what the kernel was told that TAI is ahead of UTC; 0: nobody told it
 */
public record DpdkTerms(
    String segment, String cpus, String mebibytes, Path interfaces, long taiOffsetNs) {
  /** The kernel's own folder. */
  public static final Path INTERFACES = Path.of("/sys/class/net");

  /** What the kernel was told that TAI is ahead of UTC, whole seconds. */
  public static long taiOffsetNs(Libc libc) {
    double seconds = (libc.clockTaiNs() - libc.clockRealtimeNs()) / 1e9;
    return TimeUnit.SECONDS.toNanos(Math.round(seconds));
  }

  /** An argument with the words filled in for a port. */
  String fill(String argument, EthernetPort port) {
    String filled =
        argument
            .replace("{segment}", segment)
            .replace("{core}", "(" + cpus + ")")
            .replace("{mebibytes}", mebibytes)
            .replace("{interface}", port.networkInterface().orElse(""));
    return filled.contains("{bdf}") ? filled.replace("{bdf}", pciAddress(port)) : filled;
  }

  private String pciAddress(EthernetPort port) {
    return port.pciAddress().orElseGet(() -> cardBehind(port));
  }

  private String cardBehind(EthernetPort port) {
    Path device = interfaces.resolve(port.networkInterface().orElseThrow()).resolve("device");
    try {
      return Files.readSymbolicLink(device).getFileName().toString();
    } catch (IOException e) {
      throw new ConfigException(
          List.of(
              "ports="
                  + port.name()
                  + " interface="
                  + port.device()
                  + ": allowed one with a card of the bus behind it; of a card that vfio-pci has say"
                  + " pci"));
    }
  }
}
