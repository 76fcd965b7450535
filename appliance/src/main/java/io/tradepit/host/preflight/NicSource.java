package io.tradepit.host.preflight;

import io.tradepit.config.NicProfile;
import io.tradepit.config.NicProfile.Setting;
import io.tradepit.host.preflight.WantedHost.Nic;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Each card that the segment names, against its profile: what it is, its link, its settings. */
final class NicSource implements FactSource {
  private static final String VFIO = "/sys/bus/pci/drivers/vfio-pci";
  private static final String CAT = "cat ";
  private static final String PORT = "{port}";

  @Override
  public String group() {
    return "nic";
  }

  @Override
  public List<Fact> facts(HostView host, WantedHost wanted) {
    FactSheet sheet = new FactSheet(group(), true);
    for (Nic nic : wanted.nics()) {
      Card card = new Card(host, nic.networkInterface());
      String found = card.isThere() ? "there" : absent(host, nic.profile());
      sheet.judge(
          nic.networkInterface() + ".there",
          card.isThere(),
          "an interface " + nic.networkInterface(),
          found,
          "ip link; name the interface in host.nics of the segment's file, or give the port back to"
              + " the kernel: driverctl unset-override ADDRESS");
      if (card.isThere()) {
        card(sheet, card, nic.profile());
        settings(sheet, host, nic);
        interrupts(sheet, host, wanted, nic);
      }
    }
    return sheet.facts();
  }

  // A port that is bound to vfio-pci is gone from all that this group reads.
  private static String absent(HostView host, NicProfile profile) {
    List<String> taken = new ArrayList<>();
    for (String address : host.names(VFIO)) {
      String id =
          host.text(VFIO + "/" + address + "/vendor").orElse("").replace("0x", "")
              + ":"
              + host.text(VFIO + "/" + address + "/device").orElse("").replace("0x", "");
      if (profile.pciIds().contains(id)) {
        taken.add(address);
      }
    }
    return taken.isEmpty()
        ? "not there"
        : "not there; vfio-pci has " + Texts.some(taken) + ", see DPDK's telemetry";
  }

  private static void card(FactSheet sheet, Card card, NicProfile profile) {
    String name = card.networkInterface();
    if (!profile.pciIds().isEmpty()) {
      String id = card.pciId().orElse("no PCI device");
      sheet.judge(
          name + ".card",
          profile.pciIds().contains(id),
          profile.name() + ": " + String.join(" ", profile.pciIds()),
          id,
          "name the profile of this card in host.nics of the segment's file");
    }
    Optional<String> driver = card.driver();
    if (driver.isEmpty()) {
      sheet.skip(name + ".driver", String.join(" or ", profile.driver()), "it names no driver");
    } else {
      sheet.judge(
          name + ".driver",
          profile.driver().contains(driver.get()),
          String.join(" or ", profile.driver()),
          driver.get(),
          "driverctl unset-override " + card.address().orElse(name) + "; modprobe the driver");
    }
    card.host()
        .output("ethtool", "-i", name)
        .map(EthtoolText::parse)
        .flatMap(text -> text.value("firmware-version"))
        .filter(version -> !version.isEmpty())
        .ifPresent(version -> sheet.noted(name + ".firmware", version));
    carrier(sheet, card);
  }

  // Of an interface that was never set up the kernel does not say it (EINVAL): no link either.
  private static void carrier(FactSheet sheet, Card card) {
    String name = card.networkInterface();
    Optional<String> carrier = card.host().text(card.directory() + "/carrier").map(String::strip);
    String state = card.host().text(card.directory() + "/operstate").orElse("unknown");
    sheet.judge(
        name + ".carrier",
        carrier.filter("1"::equals).isPresent(),
        "1: the link is up",
        carrier.orElse("the kernel does not say: operstate " + state.strip()),
        "ip link set " + name + " up; then cable, module (ethtool -m " + name + ") and switch");
  }

  private static void settings(FactSheet sheet, HostView host, Nic nic) {
    Map<String, Optional<String>> shown = new HashMap<>();
    for (Setting setting : nic.profile().settings()) {
      String readBack = setting.readBack().replace("{interface}", nic.networkInterface());
      Optional<String> text = shown.computeIfAbsent(readBack, command -> shown(host, command));
      String id = nic.networkInterface() + "." + setting.id();
      String expected = expected(setting);
      if (text.isEmpty()) {
        sheet.skip(id, expected, readBack + " shows nothing: the driver does not know it");
        continue;
      }
      if (setting.apply().contains(PORT)) {
        steering(sheet, id, nic, setting, FlowRules.parse(text.get()));
        continue;
      }
      Optional<String> value =
          setting.field().isEmpty()
              ? text.map(String::strip)
              : EthtoolText.parse(text.get()).value(setting.field());
      if (value.filter("n/a"::equals).isPresent()) {
        sheet.skip(id, expected, readBack + " shows n/a: the driver does not know it");
      } else {
        sheet.judge(
            id,
            value.map(EthtoolText::plain).filter(setting::isMetBy).isPresent(),
            expected,
            value.orElse("no line of it"),
            setting.apply().replace("{interface}", nic.networkInterface()));
      }
    }
  }

  private static void steering(
      FactSheet sheet, String id, Nic nic, Setting setting, FlowRules rules) {
    String expected = setting.expected() + " for port ";
    if (nic.ports().isEmpty()) {
      sheet.skip(
          id,
          expected + "N of each gateway",
          "no port of a gateway is known that members reach over a network: name the segment's file");
      return;
    }
    List<String> found = new ArrayList<>();
    List<String> missing = new ArrayList<>();
    for (int port : nic.ports()) {
      String action = rules.actionFor(port);
      found.add(port + ": " + action);
      if (!setting.isMetBy(action)) {
        missing.add(
            setting
                .apply()
                .replace("{interface}", nic.networkInterface())
                .replace(PORT, Integer.toString(port)));
      }
    }
    sheet.judge(
        id,
        missing.isEmpty(),
        expected + Texts.some(nic.ports().stream().map(String::valueOf).toList()),
        String.join(", ", found),
        String.join("; ", missing)
            + "; a rule that does otherwise: ethtool -N "
            + nic.networkInterface()
            + " delete N");
  }

  private static String expected(Setting setting) {
    String name = setting.field().replaceAll("\\|.*", "");
    return (name.isEmpty() ? "" : name + ": ") + setting.expected().replace("|", " or ");
  }

  private static Optional<String> shown(HostView host, String command) {
    return command.startsWith(CAT)
        ? host.text(command.substring(CAT.length()))
        : host.output(command.split(" ", -1));
  }

  private static void interrupts(FactSheet sheet, HostView host, WantedHost wanted, Nic nic) {
    Isolation isolation = Isolation.of(wanted);
    String name = nic.networkInterface() + ".interrupts";
    String expected = "on CPUs " + isolation.interrupts();
    List<String> numbers =
        host.names("/sys/class/net/" + nic.networkInterface() + "/device/msi_irqs");
    if (!isolation.isAsked()) {
      sheet.skip(name, "anything", "not asked by the layout");
    } else if (numbers.isEmpty()) {
      sheet.skip(name, expected, "it has no interrupts of its own (msi_irqs)");
    } else {
      List<String> wrong = new ArrayList<>();
      for (String number : numbers) {
        String cpus = cpus(host, number);
        if (!CpuSet.list(cpus).filter(set -> set.isWithin(isolation.interrupts())).isPresent()) {
          wrong.add(number + " on " + cpus);
        }
      }
      sheet.judge(
          name,
          wrong.isEmpty(),
          expected,
          wrong.isEmpty() ? numbers.size() + " interrupts there" : Texts.some(wrong),
          "echo "
              + isolation.interrupts()
              + " > /proc/irq/N/smp_affinity_list; irqbalance must not run, irqaffinity= at boot");
    }
  }

  private static String cpus(HostView host, String number) {
    return host.text("/proc/irq/" + number + "/effective_affinity_list")
        .filter(text -> !text.isBlank())
        .or(() -> host.text("/proc/irq/" + number + "/smp_affinity_list"))
        .map(String::strip)
        .orElse("");
  }
}
