package io.tradepit.host.preflight;

import io.tradepit.host.preflight.WantedHost.Nic;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The bus of each card: as fast and as wide as the card can, awake, and without errors. */
final class PcieSource implements FactSource {
  private static final Pattern NUMBER = Pattern.compile("\\d{1,9}(\\.\\d{1,3})?");

  @Override
  public String group() {
    return "pcie";
  }

  @Override
  public List<Fact> facts(HostView host, WantedHost wanted) {
    FactSheet sheet = new FactSheet(group(), true);
    for (Nic nic : wanted.nics()) {
      Card card = new Card(host, nic.networkInterface());
      if (card.address().isPresent()) {
        String mend =
            "another slot, seated anew, or the slot's lanes in the firmware; lspci -vv -s "
                + card.address().get()
                + " shows LnkCap and LnkSta";
        link(sheet, card, "speed", mend);
        link(sheet, card, "width", mend);
        sleep(sheet, card);
        errors(sheet, card);
      }
    }
    return sheet.facts();
  }

  private static void link(FactSheet sheet, Card card, String what, String mend) {
    Optional<String> most = card.pci("max_link_" + what);
    Optional<String> now = card.pci("current_link_" + what);
    String name = card.networkInterface() + "." + what;
    if (most.isEmpty() || now.isEmpty() || number(most.get()) <= 0) {
      sheet.skip(name, "what the card can", "the kernel does not say; the device has no link");
    } else {
      sheet.judge(name, number(now.get()) >= number(most.get()), most.get(), now.get(), mend);
    }
  }

  private static double number(String text) {
    Matcher number = NUMBER.matcher(text);
    return number.find() ? Double.parseDouble(number.group()) : -1;
  }

  // Active state power management: L0s and L1 and its substates (sysfs-bus-pci).
  private static void sleep(FactSheet sheet, Card card) {
    String directory = card.pciDirectory() + "/link";
    String name = card.networkInterface() + ".aspm";
    List<String> on = new ArrayList<>();
    List<String> states = card.host().names(directory);
    for (String state : states) {
      if (card.pci("link/" + state).filter("1"::equals).isPresent()) {
        on.add(state);
      }
    }
    if (states.isEmpty()) {
      sheet.skip(name, "no power saving of the bus", "the kernel shows no power states of it");
    } else {
      sheet.judge(
          name,
          on.isEmpty(),
          "no power saving of the bus",
          on.isEmpty() ? "none" : "on: " + String.join(" ", on),
          "boot with pcie_aspm=off, or off in the firmware; now: echo 0 > " + directory + "/STATE");
    }
  }

  private static void errors(FactSheet sheet, Card card) {
    Optional<String> fatal = card.pci("aer_dev_fatal");
    Optional<String> nonfatal = card.pci("aer_dev_nonfatal");
    String name = card.networkInterface() + ".errors";
    if (fatal.isEmpty() || nonfatal.isEmpty()) {
      sheet.skip(name, "no uncorrected errors", "the kernel does not count them (AER)");
    } else {
      long errors = total(fatal.get()) + total(nonfatal.get());
      long corrected = card.pci("aer_dev_correctable").map(PcieSource::total).orElse(0L);
      sheet.judge(
          name,
          errors == 0,
          "no uncorrected errors since boot",
          errors + " uncorrected, " + corrected + " corrected",
          "another slot or card; dmesg names what was seen");
    }
  }

  private static long total(String counters) {
    return counters
        .lines()
        .filter(line -> line.startsWith("TOTAL_"))
        .mapToLong(line -> FactSheet.number(line.replaceAll("^\\S+\\s+", "")).orElse(0))
        .sum();
  }
}
