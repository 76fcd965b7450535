package io.tradepit.host.ethernet;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;

/** What the looks at links have shown, by port; each change is a note. Guarded by its owner. */
final class LinkStates {
  private final Consumer<String> notes;
  private final Set<String> down = new HashSet<>();
  private final Map<String, Integer> errors = new HashMap<>();

  LinkStates(Consumer<String> notes) {
    this.notes = notes;
  }

  /**
   * Takes in one look. A look that failed says nothing of the link, which stays what it was; it is
   * noted when it begins to fail, or fails otherwise.
   *
   * @param result of {@link io.tradepit.dpdk.Dpdk#link}: 1: up; 0: down; or {@code -errno}
   */
  void onLook(String port, int result) {
    if (result < 0) {
      if (!Objects.equals(errors.put(port, result), result)) {
        notes.accept("port=" + port + ": link not known, errno=" + -result);
      }
      return;
    }
    errors.remove(port);
    boolean isUp = result != 0;
    if (isUp ? down.remove(port) : down.add(port)) {
      notes.accept(
          "port=" + port + ": link " + (isUp ? "up" : "down, what it is to send is dropped"));
    }
  }
}
