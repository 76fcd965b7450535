package io.tradepit.net;

import java.io.IOException;
import java.util.List;

/**
 * Two ends of one virtual Ethernet cable, each in a namespace; it goes with either of them.
 *
 * <p>No checksum is left to a card that does not exist: the other end would see frames with half of
 * one.
 */
public record VethPair(CableEnd left, CableEnd right) {
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
    VethPair pair = new VethPair(new CableEnd(left, leftName), new CableEnd(right, rightName));
    pair.left.prepare();
    pair.right.prepare();
    return pair;
  }
}
