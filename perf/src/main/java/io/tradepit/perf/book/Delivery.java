package io.tradepit.perf.book;

import java.util.Locale;

/** What becomes of the reports of a run. */
public enum Delivery {
  /** Handed over to a second thread, inside the time that is measured. */
  RING,
  /** Counted where they arise: the engine by itself. */
  COUNTED,
  /** Hashed, byte by byte: what was said, not how fast. */
  CHECKED;

  String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Delivery of(String label) {
    return valueOf(label.toUpperCase(Locale.ROOT));
  }
}
