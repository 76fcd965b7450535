package io.tradepit.host.preflight;

import java.util.List;
import java.util.Optional;

/**
 * Facts about what counts up, from two readings. All watched sources are read, then time passes
 * once for all of them, then all are read again.
 */
public interface WatchedSource extends FactSource {
  /**
   * Takes the first reading; what it returns takes the second and judges. Empty: there is nothing
   * to watch.
   */
  Optional<Watch> begin(HostView host, WantedHost wanted);

  /** A first reading that waits for the second. */
  interface Watch {
    /** Takes the second reading, {@link WantedHost#watch} after the first. */
    List<Fact> end();
  }

  /** Facts that need no watching; none unless a source has some. */
  @Override
  default List<Fact> facts(HostView host, WantedHost wanted) {
    return List.of();
  }
}
