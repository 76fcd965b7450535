package io.tradepit.dpdk;

/**
 * {@code struct tp_frame} of {@code device.h}, in native byte order; asserted when the shim is
 * loaded.
 *
 * <pre>
 *   0                8       12      16               24               32
 *   +----------------+-------+-------+----------------+----------------+
 *   | data, address  |length | flags | stamp, ns      | handle         |
 *   +----------------+-------+-------+----------------+----------------+
 * </pre>
 */
public final class FrameLayout {
  /** Bytes of one entry. */
  public static final int LENGTH = 32;

  /** Address of the first byte, that of the destination's MAC; 8 bytes. */
  public static final int DATA_OFFSET = 0;

  /** Bytes of the frame without its check sequence; 4 bytes. */
  public static final int LENGTH_OFFSET = 8;

  /** {@link #CHECKSUM_GOOD} or 0; 4 bytes. */
  public static final int FLAGS_OFFSET = 12;

  /** The NIC's clock when it came in, nanoseconds since the Unix epoch, 0 without; 8 bytes. */
  public static final int STAMP_OFFSET = 16;

  /** The device's own; 8 bytes. */
  public static final int HANDLE_OFFSET = 24;

  /** Flag: the device proved the checksums of IP and of TCP or UDP. */
  public static final int CHECKSUM_GOOD = 1;

  private FrameLayout() {}
}
