package io.tradepit.tools.nic;

import io.tradepit.config.NicProfile;
import io.tradepit.config.NicProfile.VirtualDevice;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A network device as the kernel shows it.
 *
 * @param name of its interface; its address on the bus where a driver for programs has it
 * @param address on the PCI bus, or empty
 * @param pciId {@code VENDOR:DEVICE}, or empty
 * @param driver that has it, or the word none
 * @param node of memory, or empty where the kernel does not say
 * @param link {@code up}, {@code down} or what else the kernel says, with the speed if it has one
 * @param stamps as ethtool(8) has them: hardware, software or none
 * @param steering whether rules for packets can be set
 * @param profile of nic-config that fits it
 */
record Device(
    String name,
    Optional<String> address,
    Optional<String> pciId,
    String driver,
    Optional<Integer> node,
    String link,
    String stamps,
    boolean steering,
    Optional<NicProfile> profile) {
  /** One makes its interface, the other has none. */
  private static final Set<String> OF_NO_DEVICE = Set.of("net_tap", "net_ring");

  /** How it can be driven past the kernel, in words. */
  String pastTheKernel() {
    return profile.map(Device::waysOf).orElse("no profile in nic-config");
  }

  private static String waysOf(NicProfile profile) {
    String virtual =
        profile.virtualDevices().stream()
            .map(VirtualDevice::driver)
            .filter(driver -> !OF_NO_DEVICE.contains(driver))
            .collect(Collectors.joining(" "));
    String ways = virtual.isEmpty() ? profile.binding().bypass() : virtual;
    return ways + ", profile " + profile.file().getFileName();
  }

  /** For machines to read. */
  Map<String, String> fields() {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("name", name);
    fields.put("address", address.orElse(""));
    fields.put("pciId", pciId.orElse(""));
    fields.put("driver", driver);
    fields.put("node", node.map(String::valueOf).orElse(""));
    fields.put("link", link);
    fields.put("stamps", stamps);
    fields.put("steering", steering ? "yes" : "no");
    fields.put("pastTheKernel", pastTheKernel());
    return fields;
  }
}
