package io.tradepit.host;

import io.tradepit.kernel.Libc;
import java.util.Locale;

/** Faults a mapping in, on the kind of pages that was asked for, and has the kernel confirm it. */
final class HugePages {
  /** MADV_COLLAPSE gives up on a page that someone holds for a moment. */
  private static final int ATTEMPTS = 8;

  private HugePages() {}

  /**
   * Faults every page in, writable.
   *
   * @throws HostRefusedException when there is not enough memory
   */
  static void populate(StateStoreContext context, AlignedMapping mapping) {
    int populated =
        context.libc().madvise(mapping.address(), mapping.lengthBytes(), Libc.MADV_POPULATE_WRITE);
    if (populated < 0) {
      throw new HostRefusedException(
          HostRefusedException.Kind.MEMORY,
          describe(context, mapping) + " errno=" + -populated + ": memory was not obtained");
    }
  }

  /**
   * Returns the kernel's account of a populated mapping, on pages of the kind asked for.
   *
   * @throws HostRefusedException when huge pages were asked for and not obtained
   */
  static PageReport obtain(StateStoreContext context, AlignedMapping mapping) {
    Libc libc = context.libc();
    Smaps smaps = new Smaps(context.proc());
    PageReport report = smaps.mappingOf(mapping.address());
    if (!context.pageKind().isHuge() || report.isHuge()) {
      return report;
    }
    // Also where the mount gives huge pages by itself: it gives small ones when memory is in
    // pieces.
    int collapsed = collapse(libc, mapping);
    report = smaps.mappingOf(mapping.address());
    if (!report.isHuge()) {
      throw notObtained(context, mapping, report, collapsed);
    }
    return report;
  }

  private static int collapse(Libc libc, AlignedMapping mapping) {
    int result = -Libc.EAGAIN;
    for (int i = 0; i < ATTEMPTS && result == -Libc.EAGAIN; i++) {
      result = libc.madvise(mapping.address(), mapping.lengthBytes(), Libc.MADV_COLLAPSE);
    }
    return result;
  }

  private static HostRefusedException notObtained(
      StateStoreContext context, AlignedMapping mapping, PageReport report, int collapsed) {
    return new HostRefusedException(
        HostRefusedException.Kind.PAGES,
        describe(context, mapping)
            + " hugeBytes="
            + report.hugeBytes()
            + " errno="
            + -collapsed
            + ": huge pages were not obtained; free memory, or ask for pages=base");
  }

  private static String describe(StateStoreContext context, AlignedMapping mapping) {
    return String.format(
        Locale.ROOT,
        "directory=%s pages=%s wantedBytes=%d",
        context.directory(),
        context.pageKind().configName(),
        mapping.lengthBytes());
  }
}
