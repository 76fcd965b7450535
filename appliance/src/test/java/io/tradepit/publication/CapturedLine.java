package io.tradepit.publication;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** A line that keeps what it is sent, and refuses or fails when told. */
final class CapturedLine implements PacketSender {
  final List<String> packets = new ArrayList<>();
  boolean refusing;
  boolean failing;
  int attempts;

  @Override
  public boolean trySend(ByteBuffer packet) {
    attempts++;
    if (failing) {
      throw new UncheckedIOException(new IOException("line=faulty"));
    }
    if (refusing) {
      return false;
    }
    byte[] bytes = new byte[packet.remaining()];
    packet.get(bytes);
    packets.add(HexFormat.of().formatHex(bytes));
    return true;
  }
}
