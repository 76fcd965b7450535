package io.tradepit.host;

import java.nio.file.Path;
import java.util.List;

/** The rights of this process, one bit each (capabilities(7)). */
public final class Capabilities {
  private static final int HEX = 16;

  private Capabilities() {}

  /** Those that the kernel goes by, the bit of each by its number in linux/capability.h. */
  public static long effective() {
    return effective(Machine.lines(Path.of("/proc/self/status")));
  }

  /**
   * The same of another text.
   *
   * @param status lines of proc_pid_status(5)
   */
  static long effective(List<String> status) {
    return Long.parseUnsignedLong(Machine.value(status, "CapEff", "0"), HEX);
  }
}
