package io.tradepit.protocol.itch;

import java.lang.reflect.Method;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Encodes a message again from what was read out of it: every field by its getter and setter, into
 * bytes that held something else.
 */
final class ItchCopier {
  private static final byte OTHER = (byte) 0xEE;

  private ItchCopier() {}

  /** The bytes of the copy. */
  static byte[] copy(ItchMessage message) {
    try {
      byte[] bytes = new byte[message.length()];
      UnsafeBuffer buffer = new UnsafeBuffer(bytes);
      buffer.setMemory(0, bytes.length, OTHER);
      ItchMessage copy = message.getClass().getConstructor().newInstance();
      copy.begin(buffer, 0, message.stockLocate(), message.trackingNumber(), message.timestampNs());
      for (Method getter : message.getClass().getDeclaredMethods()) {
        if (getter.getParameterCount() == 0) {
          message
              .getClass()
              .getMethod(getter.getName(), getter.getReturnType())
              .invoke(copy, getter.invoke(message));
        }
      }
      return bytes;
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("type=" + (char) message.type(), e);
    }
  }
}
