package io.tradepit.dpdk;

import java.util.List;

/**
 * DPDK of this process. It can be started once, so whoever comes later shares it, and must ask for
 * the same arguments.
 */
public final class DpdkEnvironment {
  private static List<String> started;
  private static Dpdk dpdk;

  private DpdkEnvironment() {}

  /**
   * Starts DPDK, or gives what was started with the same arguments.
   *
   * @param arguments as of {@link Dpdk#start}
   * @throws DpdkException when it is refused, runs with other arguments, or was stopped
   * @throws io.tradepit.shim.ShimException when the shim, or a library that it needs, is not there
   */
  public static synchronized Dpdk start(List<String> arguments) {
    if (started == null) {
      Dpdk made = new FfmDpdk();
      made.start(arguments);
      dpdk = made;
      started = List.copyOf(arguments);
    } else if (dpdk == null) {
      throw new DpdkException("dpdk=stopped: a process can start it once");
    } else if (!started.equals(arguments)) {
      throw new DpdkException(
          "dpdk.arguments="
              + String.join(" ", arguments)
              + ": it runs with "
              + String.join(" ", started)
              + ", and a process can start it once");
    }
    return dpdk;
  }

  /**
   * Ends it, when it runs; all ports are closed before, and it cannot be started again.
   *
   * @return 0, or {@code -errno}
   */
  public static synchronized int stop() {
    if (dpdk == null) {
      return 0;
    }
    Dpdk running = dpdk;
    dpdk = null;
    return running.stop();
  }
}
