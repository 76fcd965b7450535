package io.tradepit.host.ethernet;

import io.tradepit.config.EthernetPort;
import io.tradepit.dpdk.Dpdk;
import io.tradepit.dpdk.XdpProgram;
import io.tradepit.host.HostRefusedException;
import io.tradepit.host.HostRefusedException.Kind;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * XDP programs of AF_XDP sockets whose process was killed. The kernel keeps such a program attached
 * and libxdp counts the next socket on top of it, so that it would never go again.
 *
 * <p>A program is left when no process has it open, which the kernel says in {@code
 * /proc/PID/fdinfo} (bpf programs: {@code prog_id}); only those of AF_XDP sockets are taken off.
 */
final class LeftPrograms {
  /** The driver of AF_XDP sockets. */
  private static final String OF_SOCKETS = "net_af_xdp";

  private static final Path PROCESSES = Path.of("/proc");

  private final Dpdk dpdk;

  LeftPrograms(Dpdk dpdk) {
    this.dpdk = dpdk;
  }

  /**
   * @return what was taken off, a line; empty when nothing was left
   * @throws HostRefusedException when the program is another one, or a process uses it
   */
  Optional<String> takeOff(EthernetPort port) {
    if (!port.driverName().equals(OF_SOCKETS)) {
      return Optional.empty();
    }
    Optional<XdpProgram> program = dpdk.xdpProgram(port.device());
    program.ifPresent(left -> takeOff(port, left));
    return program.map(left -> describe(port, left) + ": left by a killed process, taken off");
  }

  private void takeOff(EthernetPort port, XdpProgram program) {
    String off = "; 'ip link set dev " + port.device() + " xdp off' takes it off";
    if (!program.name().equals(XdpProgram.OF_SOCKETS)) {
      throw refused(port, program, "not of an AF_XDP socket" + off);
    }
    holder(program.number())
        .ifPresent(process -> {
          throw refused(port, program, "process " + process + " uses it");
        });
    dpdk.detachXdp(port.device(), program.number());
  }

  private static HostRefusedException refused(
      EthernetPort port, XdpProgram program, String reason) {
    return new HostRefusedException(Kind.PORT, describe(port, program) + ": " + reason);
  }

  private static String describe(EthernetPort port, XdpProgram program) {
    return "port=%s interface=%s xdp=%d (%s)"
        .formatted(port.name(), port.device(), program.number(), program.name());
  }

  private static Optional<String> holder(int program) {
    String wanted = "prog_id:\t" + program;
    try (DirectoryStream<Path> processes = Files.newDirectoryStream(PROCESSES, "[1-9]*")) {
      for (Path process : processes) {
        if (holds(process.resolve("fdinfo"), wanted)) {
          return Optional.of(process.getFileName().toString());
        }
      }
      return Optional.empty();
    } catch (IOException e) {
      throw new HostRefusedException(Kind.PORT, "folder=" + PROCESSES + ": cannot be read", e);
    }
  }

  /**
   * A process, or a descriptor, that goes while it is looked at holds nothing. One that may not be
   * looked at is passed over too: segments of a machine run as one user, who may.
   */
  private static boolean holds(Path descriptors, String wanted) {
    try (DirectoryStream<Path> open = Files.newDirectoryStream(descriptors)) {
      for (Path descriptor : open) {
        if (isOf(descriptor, wanted)) {
          return true;
        }
      }
      return false;
    } catch (IOException | DirectoryIteratorException e) {
      return false;
    }
  }

  private static boolean isOf(Path descriptor, String wanted) {
    try {
      return Files.readAllLines(descriptor).contains(wanted);
    } catch (IOException e) {
      return false;
    }
  }
}
