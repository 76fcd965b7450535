package io.tradepit.host;

/**
 * What was asked of the machine is not there. The message is one line of {@code name=value} that
 * names what was wanted, what there is, and the override.
 */
public final class HostRefusedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** What the machine refused. */
  public enum Kind {
    /** Not enough memory, or no room on the mount. */
    MEMORY,
    /** Huge pages were not obtained. */
    PAGES,
    /** A thread is not on its core. */
    CORE,
    /** A thread has not the scheduling policy. */
    POLICY,
    /** The process's memory is not locked. */
    LOCK,
    /** Memory is not on its NUMA node. */
    NODE,
    /** The JVM's heap is not on the pages that were asked for. */
    JVM,
    /** An Ethernet port cannot be driven past the kernel. */
    PORT
  }

  private final Kind kind;

  public HostRefusedException(Kind kind, String message) {
    super(message);
    this.kind = kind;
  }

  public HostRefusedException(Kind kind, String message, Throwable cause) {
    super(message, cause);
    this.kind = kind;
  }

  public Kind kind() {
    return kind;
  }
}
