package io.tradepit.main;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** OUCH 5.0 inbound messages written from the fact sheet, apart from the venue's own codecs. */
final class OuchBytes {
  private OuchBytes() {}

  static ByteBuffer enter(long userRefNum, char side, int quantity, String symbol, long price) {
    return enter(userRefNum, side, quantity, symbol, price, '0');
  }

  static ByteBuffer enter(
      long userRefNum, char side, int quantity, String symbol, long price, char timeInForce) {
    ByteBuffer message = ByteBuffer.allocate(47);
    message.put((byte) 'O').putInt((int) userRefNum).put((byte) side).putInt(quantity);
    message.put(ascii(symbol, 8)).putLong(price).put((byte) timeInForce);
    message.put(ascii("YANN", 4)).put(ascii("C" + userRefNum, 14)).putShort((short) 0);
    return message.flip();
  }

  static ByteBuffer replace(long original, long userRefNum, int quantity, long price) {
    ByteBuffer message = ByteBuffer.allocate(40);
    message.put((byte) 'U').putInt((int) original).putInt((int) userRefNum).putInt(quantity);
    message.putLong(price).put(ascii("0YN", 3)).put(ascii("R" + userRefNum, 14));
    return message.putShort((short) 0).flip();
  }

  static ByteBuffer cancel(long userRefNum, int quantity) {
    return ByteBuffer.allocate(9).put((byte) 'X').putInt((int) userRefNum).putInt(quantity).flip();
  }

  static byte[] ascii(String text, int length) {
    byte[] bytes = " ".repeat(length).getBytes(StandardCharsets.US_ASCII);
    byte[] given = text.getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(given, 0, bytes, 0, Math.min(length, given.length));
    return bytes;
  }
}
