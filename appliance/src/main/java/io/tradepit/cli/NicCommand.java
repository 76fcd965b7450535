package io.tradepit.cli;

import io.tradepit.config.HostFiles;
import io.tradepit.config.NicReader;
import io.tradepit.host.preflight.RunningHost;
import io.tradepit.tools.nic.NicTool;
import io.tradepit.tools.nic.Probe;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "nic",
    description = "Lists network devices, and probes one past the kernel, by DPDK.")
final class NicCommand implements Runnable {
  private static final int MOST_POLLS = 1_000_000_000;

  @Spec private CommandSpec spec;

  private NicCommand() {}

  static CommandLine commandLine() {
    CommandLine nic = new CommandLine(new NicCommand());
    nic.addSubcommand(new Show());
    nic.addSubcommand(new ProbeOne());
    return nic;
  }

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }

  @Command(
      name = "show",
      description = {
        "Lists the machine's network devices: driver, place, node, link, stamps and steering, the"
            + " profile of nic-config that fits, and how it can be driven past the kernel.",
        "The last line says which DPDK there is, or what is missing."
      })
  static final class Show implements Callable<Integer> {
    @Spec private CommandSpec spec;

    @Option(
        names = "--root",
        paramLabel = "DIR",
        description = "looks at a copy of another machine's /sys below DIR")
    private Path root = Path.of("/");

    @Option(
        names = "--json",
        paramLabel = "FILE",
        description = "writes the devices to FILE; - is the terminal")
    private Path json;

    @Override
    public Integer call() {
      new NicTool(spec.commandLine().getOut())
          .show(new RunningHost(root), Optional.ofNullable(json));
      return 0;
    }
  }

  @Command(
      name = "probe",
      description = {
        "Opens a device as a segment would and says what it can: checksums, stamps, steering,"
            + " rings, link; then polls it and says what a poll costs that finds nothing.",
        "DEVICE is an interface, or the PCI address of a card that vfio-pci has. What comes in"
            + " meanwhile is dropped."
      })
  static final class ProbeOne implements Callable<Integer> {
    @Spec private CommandSpec spec;

    @Parameters(paramLabel = "DEVICE", description = "such as eth2 or 0000:17:00.1")
    private String device;

    @Option(
        names = "--profile",
        paramLabel = "PROFILE",
        defaultValue = "virtual",
        description = "a YAML file, or the name of one in nic-config (default: ${DEFAULT-VALUE})")
    private String profile;

    @Option(
        names = "--driver",
        paramLabel = "DRIVER",
        description =
            "of a virtual device, one of the profile's (default: net_af_packet with the profile"
                + " virtual)")
    private String driver;

    @Option(
        names = "--polls",
        paramLabel = "N",
        defaultValue = "1000000",
        description = "how often it is polled (default: ${DEFAULT-VALUE})")
    private int polls;

    @Option(
        names = "--take",
        description = "takes packets from the kernel that has an address on it")
    private boolean take;

    @Option(
        names = "--json",
        paramLabel = "FILE",
        description = "writes what was found to FILE; - is the terminal")
    private Path json;

    @Override
    public Integer call() {
      if (polls < 1 || polls > MOST_POLLS) {
        throw new ParameterException(
            spec.commandLine(), "--polls=" + polls + ": allowed 1 to " + MOST_POLLS);
      }
      Optional<String> virtual =
          Optional.ofNullable(driver)
              .or(() -> Optional.of("net_af_packet").filter(name -> profile.equals("virtual")));
      Probe probe =
          new Probe(
              device,
              virtual,
              NicReader.read(HostFiles.NIC.named("--profile", profile)),
              polls,
              take);
      new NicTool(spec.commandLine().getOut()).probe(probe, Optional.ofNullable(json));
      return 0;
    }
  }
}
