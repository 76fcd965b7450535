package io.tradepit.gateway;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** Source addresses: one, or all that begin with the same bits, {@code 10.1.0.0/16}. */
public record AddressRange(InetAddress network, int prefixBits) {
  /**
   * Reads an address literal with or without prefix length.
   *
   * @throws IllegalArgumentException when it is not one; host names are not looked up
   */
  public static AddressRange parse(String text) {
    int slash = text.indexOf('/');
    String literal = slash < 0 ? text : text.substring(0, slash);
    if (!literal.matches("[0-9.]+|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*")) {
      throw new IllegalArgumentException("not an address: " + text);
    }
    try {
      InetAddress network = InetAddress.getByName(literal);
      int bits = network.getAddress().length * Byte.SIZE;
      int prefix = slash < 0 ? bits : Integer.parseInt(text.substring(slash + 1));
      if (prefix < 0 || prefix > bits) {
        throw new IllegalArgumentException("not a prefix length: " + text);
      }
      return new AddressRange(network, prefix);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException("not an address: " + text, e);
    }
  }

  /** Whether the address is one of these. Allocates. */
  public boolean contains(InetAddress address) {
    byte[] a = network.getAddress();
    byte[] b = address.getAddress();
    if (a.length != b.length) {
      return false;
    }
    for (int bit = 0; bit < prefixBits; bit++) {
      int mask = 0x80 >> (bit & 7);
      if ((a[bit >> 3] & mask) != (b[bit >> 3] & mask)) {
        return false;
      }
    }
    return true;
  }
}
