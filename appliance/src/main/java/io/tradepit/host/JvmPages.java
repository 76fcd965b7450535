package io.tradepit.host;

import io.tradepit.kernel.Libc;
import java.nio.file.Path;

/**
 * On which pages the JVM's heap and its compiled code in fact lie. The JVM itself is no witness:
 * without enough reserved pages it warns, takes small ones, and still says that large ones are
 * enabled.
 *
 * @param heap the mapping that a Java object lies in: with a heap of fixed size the whole heap
 * @param code the largest mapping without a file that may be executed, which is the code cache:
 *     what else a process has of that kind are trampolines of a page
 */
public record JvmPages(PageReport heap, PageReport code) {
  private static final int OBJECT_BYTES = 64;

  /** Of this process. */
  public static JvmPages read(Libc libc) {
    return read(libc, Path.of("/proc"));
  }

  /**
   * @param proc the proc file system, /proc unless a test has its own
   */
  static JvmPages read(Libc libc, Path proc) {
    Smaps smaps = new Smaps(proc);
    return new JvmPages(
        smaps.mappingOf(libc.addressOf(new byte[OBJECT_BYTES])), smaps.largestExecutable());
  }
}
