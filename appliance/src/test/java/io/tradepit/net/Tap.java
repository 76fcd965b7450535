package io.tradepit.net;

import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;

/**
 * An interface in a namespace whose cable ends in this process: what the interface sends is read
 * here, what is written here it receives, a frame each, with its VLAN tag. It goes when it is
 * closed. Source: tun(4) and {@code linux/if_tun.h}.
 */
final class Tap implements AutoCloseable {
  private static final long TUNSETIFF = 0x400454caL;
  private static final short IFF_TAP = 0x0002;
  private static final short IFF_NO_PI = 0x1000;
  private static final int IFREQ_BYTES = 40;
  private static final int IFREQ_FLAGS = 16;

  final CableEnd end;
  final int descriptor;

  private Tap(CableEnd end, int descriptor) {
    this.end = end;
    this.descriptor = descriptor;
  }

  /**
   * Makes it in a namespace: it belongs to the one of the thread that opens it.
   *
   * @param name of the interface, 1 to 15 bytes
   */
  static Tap open(NetworkNamespace namespace, String name) throws IOException {
    int descriptor = namespace.call(() -> open(name));
    CableEnd end = new CableEnd(namespace, name);
    end.prepare();
    return new Tap(end, descriptor);
  }

  private static int open(String name) throws IOException {
    int descriptor = SystemCalls.openDevice("/dev/net/tun");
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment request = arena.allocate(IFREQ_BYTES, Long.BYTES);
      byte[] bytes = name.getBytes(StandardCharsets.US_ASCII);
      MemorySegment.copy(MemorySegment.ofArray(bytes), 0, request, 0, bytes.length);
      request.set(JAVA_SHORT, IFREQ_FLAGS, (short) (IFF_TAP | IFF_NO_PI));
      SystemCalls.ioctl(descriptor, TUNSETIFF, request);
      return descriptor;
    } catch (IOException e) {
      SystemCalls.close(descriptor);
      throw e;
    }
  }

  /** The bytes of the next frame, or -1 when none has come. */
  int read(MemorySegment frame) {
    return (int) SystemCalls.read(descriptor, frame);
  }

  /** Hands a frame to the interface; one that is down loses it, as at the end of any cable. */
  void write(MemorySegment frame, int length) {
    SystemCalls.write(descriptor, frame, length);
  }

  @Override
  public void close() {
    SystemCalls.close(descriptor);
  }
}
