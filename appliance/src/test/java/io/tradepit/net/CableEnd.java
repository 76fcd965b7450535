package io.tradepit.net;

import java.io.IOException;

/**
 * An interface in a namespace: one end of a cable. It belongs to the kernel ({@link #address}) or
 * to who drives it past the kernel ({@link #withoutKernel}).
 */
public record CableEnd(NetworkNamespace namespace, String name) {
  /**
   * No IPv6, whose own traffic would come and go as it likes, and no checksum, segmentation or
   * joining of segments left to a card.
   */
  void prepare() throws IOException {
    namespace.run("sysctl", "-qw", "net.ipv6.conf." + name + ".disable_ipv6=1");
    namespace.run(
        "ethtool", "-K", name, "tx", "off", "rx", "off", "tso", "off", "gso", "off", "gro", "off");
  }

  /**
   * Gives it to the kernel and puts it up.
   *
   * @param prefix such as {@code 10.77.0.2/24}
   */
  public CableEnd address(String prefix) throws IOException {
    namespace.ip("addr", "add", prefix, "dev", name);
    return up();
  }

  /** Puts it up with no address, and without an answer of the kernel to ARP. */
  public CableEnd withoutKernel() throws IOException {
    namespace.ip("link", "set", name, "arp", "off");
    return up();
  }

  /** Sets the largest packet, 68 to 65535 bytes of IP. */
  public CableEnd mtu(int bytes) throws IOException {
    namespace.ip("link", "set", name, "mtu", Integer.toString(bytes));
    return this;
  }

  /** Puts it up. */
  public CableEnd up() throws IOException {
    namespace.ip("link", "set", name, "up");
    return this;
  }

  /** Pulls the cable: the other end loses its carrier. */
  public CableEnd down() throws IOException {
    namespace.ip("link", "set", name, "down");
    return this;
  }

  /** Its hardware address, such as {@code 02:00:00:00:00:01}. */
  public String mac() throws IOException {
    return namespace.run("cat", "/sys/class/net/" + name + "/address").strip();
  }
}
