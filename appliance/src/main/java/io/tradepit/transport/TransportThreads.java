package io.tradepit.transport;

import io.netty.util.concurrent.FastThreadLocalThread;

/**
 * Makes the threads that poll transports.
 *
 * <p>Netty pools the entries of its outbound queues on threads of its own class only; on any other
 * thread each send costs one, 64 bytes. Nothing else differs from a plain thread.
 */
public final class TransportThreads {
  private TransportThreads() {}

  /**
   * A thread, not started, that is no daemon unless its maker is one.
   *
   * @param name at most 15 characters, the kernel cuts a longer one
   */
  public static Thread newThread(Runnable task, String name) {
    return new FastThreadLocalThread(task, name);
  }
}
