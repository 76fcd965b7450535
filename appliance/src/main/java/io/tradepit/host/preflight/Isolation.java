package io.tradepit.host.preflight;

import io.tradepit.config.AffinityLayout;
import java.util.List;

/**
 * The CPUs of a layout, by their use.
 *
 * @param isolated of the segment's threads only; none: the layout isolates nothing
 * @param housekeeping of everything else
 * @param interrupts of interrupts
 */
record Isolation(CpuSet isolated, CpuSet housekeeping, CpuSet interrupts) {
  static Isolation of(WantedHost wanted) {
    return wanted
        .layout()
        .map(Isolation::of)
        .orElseGet(() -> new Isolation(none(), none(), none()));
  }

  private static Isolation of(AffinityLayout layout) {
    CpuSet housekeeping = CpuSet.of(layout.housekeeping().cpus());
    CpuSet interrupts = CpuSet.of(layout.interrupts().cpus());
    return new Isolation(
        CpuSet.of(layout.isolated()),
        housekeeping,
        interrupts.isEmpty() ? housekeeping : interrupts);
  }

  /** Whether the layout demands cores that are free of everything else. */
  boolean isAsked() {
    return !isolated.isEmpty();
  }

  private static CpuSet none() {
    return CpuSet.of(List.of());
  }
}
