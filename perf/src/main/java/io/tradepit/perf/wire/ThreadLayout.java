package io.tradepit.perf.wire;

import java.util.Arrays;
import java.util.Optional;

/** How the threads of a segment are laid out. */
public enum ThreadLayout {
  /** The order path on one thread that spins: for latencies on two cores. */
  SPINNING(
      "spinning",
      "gateway, sequencer, recorder, matcher and publisher on one thread that spins",
      """
        - {name: tp-order, roles: [gateway-1, publisher, sequencer, recorder, matcher], core: any, idle: busy-spin}
      """),

  /** Two threads that wait when nothing comes: for the processor time that an order takes. */
  BACKING_OFF(
      "backing-off",
      "gateway and publisher on a thread, sequencer, recorder and matcher on another; both back off",
      """
        - {name: tp-gw-1, roles: [gateway-1, publisher], core: any, idle: backoff}
        - {name: tp-seq, roles: [sequencer, recorder, matcher], core: any, idle: backoff}
      """);

  private final String label;
  private final String description;
  private final String threads;

  ThreadLayout(String label, String description, String threads) {
    this.label = label;
    this.description = description;
    this.threads = threads;
  }

  /** That of a label; empty when there is none. */
  public static Optional<ThreadLayout> of(String label) {
    return Arrays.stream(values()).filter(layout -> layout.label.equals(label)).findFirst();
  }

  String label() {
    return label;
  }

  String description() {
    return description;
  }

  /** Entries of the configuration's {@code threads}. */
  String threads() {
    return threads;
  }
}
