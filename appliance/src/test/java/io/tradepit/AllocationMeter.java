package io.tradepit;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/** Bytes allocated on the Java heap by whole threads, as the JVM counts them. */
public final class AllocationMeter {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private AllocationMeter() {}

  /** Bytes allocated by the calling thread while it runs the work. */
  public static long bytesAllocatedBy(Runnable work) {
    long thread = Thread.currentThread().threadId();
    long before = THREADS.getThreadAllocatedBytes(thread);
    work.run();
    return THREADS.getThreadAllocatedBytes(thread) - before;
  }

  /** Bytes allocated so far by a live thread. */
  public static long bytesAllocatedBy(Thread thread) {
    return THREADS.getThreadAllocatedBytes(thread.threadId());
  }
}
