package io.tradepit.net;

import java.io.IOException;
import java.util.List;

/**
 * Two ends of one virtual Ethernet cable, each in a namespace; it goes with either of them.
 *
 * <p>An end belongs to the kernel ({@link End#address}) or to who drives it past the kernel ({@link
 * End#withoutKernel}). Either way no checksum is left to a card that does not exist: the other end
 * would see frames with half of one.
 */
public record VethPair(End left, End right) {
  /** Lays a cable; both ends are still down and have no address. */
  public static VethPair between(
      NetworkNamespace left, String leftName, NetworkNamespace right, String rightName)
      throws IOException {
    Commands.run(
        List.of(
            "ip",
            "link",
            "add",
            leftName,
            "netns",
            left.name(),
            "type",
            "veth",
            "peer",
            "name",
            rightName,
            "netns",
            right.name()));
    VethPair pair = new VethPair(new End(left, leftName), new End(right, rightName));
    pair.left.prepare();
    pair.right.prepare();
    return pair;
  }

  /** An interface in a namespace. */
  public record End(NetworkNamespace namespace, String name) {
    /**
     * No IPv6, whose own traffic would come and go as it likes, and no checksum, segmentation or
     * joining of segments left to a card.
     */
    void prepare() throws IOException {
      namespace.run("sysctl", "-qw", "net.ipv6.conf." + name + ".disable_ipv6=1");
      namespace.run(
          "ethtool", "-K", name, "tx", "off", "rx", "off", "tso", "off", "gso", "off", "gro",
          "off");
    }

    /**
     * Gives it to the kernel and puts it up.
     *
     * @param prefix such as {@code 10.77.0.2/24}
     */
    public End address(String prefix) throws IOException {
      namespace.ip("addr", "add", prefix, "dev", name);
      return up();
    }

    /** Puts it up with no address, and without an answer of the kernel to ARP. */
    public End withoutKernel() throws IOException {
      namespace.ip("link", "set", name, "arp", "off");
      return up();
    }

    /** Sets the largest packet, 68 to 65535 bytes of IP. */
    public End mtu(int bytes) throws IOException {
      namespace.ip("link", "set", name, "mtu", Integer.toString(bytes));
      return this;
    }

    /** Puts it up. */
    public End up() throws IOException {
      namespace.ip("link", "set", name, "up");
      return this;
    }

    /** Pulls the cable: the other end loses its carrier. */
    public End down() throws IOException {
      namespace.ip("link", "set", name, "down");
      return this;
    }

    /** Its hardware address, such as {@code 02:00:00:00:00:01}. */
    public String mac() throws IOException {
      return namespace.run("cat", "/sys/class/net/" + name + "/address").strip();
    }
  }
}
