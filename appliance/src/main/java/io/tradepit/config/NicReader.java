package io.tradepit.config;

import io.tradepit.config.NicProfile.Argument;
import io.tradepit.config.NicProfile.Binding;
import io.tradepit.config.NicProfile.Ptp;
import io.tradepit.config.NicProfile.Setting;
import io.tradepit.config.NicProfile.Step;
import io.tradepit.config.NicProfile.VirtualDevice;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Reads a file of {@code nic-config}. A command that reads back is one of a few that change nothing
 * and end at once: preflight runs it as it stands, and what it shows is in the report. So a file is
 * one of the interface's own, by a path without dots.
 *
 * <p>Single use.
 */
public final class NicReader {
  private static final Pattern ANY = Pattern.compile(".+");
  private static final Pattern PCI_ID = Pattern.compile("[0-9a-f]{4}:[0-9a-f]{4}");
  private static final Pattern DRIVER = Pattern.compile("[a-z0-9_]{2,24}");
  private static final Pattern BYPASS = Pattern.compile("[a-z0-9_-]{2,24}");
  private static final Pattern VIRTUAL = Pattern.compile("net_[a-z_]{2,20}");
  private static final Pattern ANY_OR_NONE = Pattern.compile(".*");
  private static final Pattern PACKAGE = Pattern.compile("[a-z0-9][a-z0-9.+-]+");
  private static final Pattern ID = Pattern.compile("[a-z]+\\.[a-z0-9-]+");
  private static final Pattern EXPECTED =
      Pattern.compile("\\*|>= \\d{1,18}|[^*>|][^|]*(\\|[^|]+)*");
  private static final Pattern READ_BACK =
      Pattern.compile(
          "ethtool (-[acgiklnTx]|--show-(eee|fec|priv-flags)) \\{interface\\}"
              + "|cat /sys/class/net/\\{interface\\}/[a-z0-9_/]+");
  private static final String READ_BACK_ALLOWED =
      "ethtool with a flag that shows, or cat of a file below /sys/class/net/{interface}/";

  private final Path file;
  private final Problems problems;

  private NicReader(Path file) {
    this.file = file;
    this.problems = new Problems(file.toString());
  }

  /**
   * @throws ConfigException with a line for each problem
   */
  public static NicProfile read(Path file) {
    return readText(file, YamlFile.text(file));
  }

  /**
   * @param file is named in problems only
   */
  static NicProfile readText(Path file, String text) {
    NicReader reader = new NicReader(file);
    NicProfile profile = reader.profile(YamlFile.root(file, text, reader.problems));
    reader.problems.requireNone();
    return profile;
  }

  private NicProfile profile(Section root) {
    Set<String> ids = new HashSet<>();
    NicProfile profile =
        new NicProfile(
            file,
            root.text("name", null, ANY, "the name of the card"),
            root.texts("pciIds", 0, 32, PCI_ID, "VENDOR:DEVICE such as 8086:1593"),
            root.texts("driver", 1, 8, DRIVER, "the name of a driver of the kernel"),
            binding(root.section("binding")),
            root.choice("ptp", null, Ptp.class),
            root.sections("settings", 1, 64).stream()
                .map(section -> setting(section, ids))
                .toList(),
            arguments(root),
            virtualDevices(root),
            root.sections("bringUp", 0, 32).stream().map(NicReader::step).toList());
    root.finish();
    return profile;
  }

  private static Binding binding(Section section) {
    Binding binding =
        new Binding(
            section.text("bypass", null, BYPASS, "vfio-pci, the card's own driver, or none"),
            section.why());
    section.finish();
    return binding;
  }

  private static Setting setting(Section section, Set<String> ids) {
    Setting setting =
        new Setting(
            section.text("id", null, ID, "GROUP.NAME such as coalescing.rx-usecs"),
            section.text(
                "expected", null, EXPECTED, "a value, several parted by |, >= N, or * for any"),
            section.text("apply", null, ANY, "the command that sets it"),
            section.text("readBack", null, READ_BACK, READ_BACK_ALLOWED),
            section.text("field", "", ANY, "the name of a line"),
            section.why());
    section.finish();
    if (!ids.add(setting.id())) {
      section.notAllowed("id", "each id once");
    }
    return setting;
  }

  private static List<Argument> arguments(Section root) {
    List<Argument> arguments = new ArrayList<>();
    for (Section section : root.sections("dpdk", 0, 32)) {
      arguments.add(
          new Argument(section.text("argument", null, ANY, "an argument of DPDK"), section.why()));
      section.finish();
    }
    return arguments;
  }

  private static List<VirtualDevice> virtualDevices(Section root) {
    Set<String> drivers = new HashSet<>();
    List<VirtualDevice> devices = new ArrayList<>();
    for (Section section : root.sections("virtualDevices", 0, 16)) {
      VirtualDevice device =
          new VirtualDevice(
              section.text("driver", null, VIRTUAL, "a virtual device such as net_af_packet"),
              section.text("arguments", "", ANY_OR_NONE, "KEY=VALUE, parted by commas"),
              section.why());
      section.finish();
      if (!drivers.add(device.driver())) {
        section.notAllowed("driver", "each driver once");
      }
      devices.add(device);
    }
    return devices;
  }

  private static Step step(Section section) {
    Step step =
        new Step(
            section.text("command", null, ANY, "a command of a person"),
            section.text("source", null, PACKAGE, "a package of the distribution, or vendor"),
            section.text("shows", "", ANY, "a piece of what the command prints"),
            section.why());
    section.finish();
    return step;
  }
}
