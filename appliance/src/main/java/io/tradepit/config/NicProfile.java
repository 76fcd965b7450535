package io.tradepit.config;

import java.nio.file.Path;
import java.util.List;

/**
 * How a kind of network card is set, and why: a file of {@code nic-config}.
 *
 * @param file where it was read from
 * @param name of the card
 * @param pciIds {@code VENDOR:DEVICE} in hexadecimal; empty for a virtual device, which is known by
 *     its driver
 * @param driver of the kernel, as {@code ethtool -i} names it
 * @param settings each with its reason and how it is read back
 */
public record NicProfile(
    Path file, String name, List<String> pciIds, String driver, List<Setting> settings) {
  public NicProfile {
    pciIds = List.copyOf(pciIds);
    settings = List.copyOf(settings);
  }

  /**
   * @param id unique in the file, such as {@code coalescing.rx-usecs}
   * @param expected value, as reading back shows it
   * @param apply command that sets it; {@code {interface}}, {@code {bdf}} stand for the card's
   * @param readBack command or file that shows it
   */
  public record Setting(String id, String expected, String apply, String readBack, String why) {}
}
