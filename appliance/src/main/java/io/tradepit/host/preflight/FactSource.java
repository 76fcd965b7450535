package io.tradepit.host.preflight;

import java.util.List;

/** Facts of one group. Changes nothing on the machine. */
public interface FactSource {
  /** The group that its facts are shown under. */
  String group();

  /**
   * Asks the machine.
   *
   * @return facts in the order to show; what does not apply to what is wanted is left out, what
   *     cannot be asked here is skipped by name
   */
  List<Fact> facts(HostView host, WantedHost wanted);
}
