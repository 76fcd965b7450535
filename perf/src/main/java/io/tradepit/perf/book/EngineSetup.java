package io.tradepit.perf.book;

import java.nio.file.Path;
import java.util.List;

/**
 * How an engine's process is started.
 *
 * @param name as options and results name it
 * @param engine name of the class
 * @param java the JVM's executable
 * @param flags of the JVM, without the class path
 * @param classPath in order
 */
public record EngineSetup(
    String name, Role role, String engine, Path java, List<String> flags, List<String> classPath) {
  public EngineSetup {
    flags = List.copyOf(flags);
    classPath = List.copyOf(classPath);
  }

  /** What an engine is measured for. */
  public enum Role {
    /** It is of this project. */
    OURS,
    /** It is someone else's. */
    PEER,
    /** It matches nothing, and reports what the others do not. */
    BOUND,
    /** The others are checked against it; never timed. */
    REFERENCE
  }

  boolean isPeer() {
    return role == Role.PEER;
  }

  boolean isBound() {
    return role == Role.BOUND;
  }
}
