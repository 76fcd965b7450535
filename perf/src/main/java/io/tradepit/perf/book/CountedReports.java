package io.tradepit.perf.book;

/** Reports are counted and added up where they arise, and go nowhere. */
final class CountedReports extends Reports {
  private long count;
  private long checksum;

  @Override
  void report(long head, long orderId, long restingId, long terms) {
    count++;
    checksum += head + orderId + restingId + terms;
  }

  @Override
  void endBatch() {
    // Nobody waits for them.
  }

  @Override
  long count() {
    return count;
  }

  /** As that of {@link ReportDrainer}. */
  long checksum() {
    return checksum;
  }
}
