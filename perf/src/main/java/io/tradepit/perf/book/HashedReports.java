package io.tradepit.perf.book;

import io.tradepit.perf.flow.BytesHash;

/** All bytes of all reports, hashed in order; and added up, as the deliveries that are timed do. */
final class HashedReports extends Reports {
  private static final int ZERO_WORDS = 3;
  private long count;
  private long hash;
  private long checksum;

  @Override
  void report(long head, long orderId, long restingId, long terms) {
    long next = BytesHash.next(BytesHash.next(hash, head), orderId);
    next = BytesHash.next(BytesHash.next(next, restingId), terms);
    next = BytesHash.next(next, ++count);
    for (int i = 0; i < ZERO_WORDS; i++) {
      next = BytesHash.next(next, 0);
    }
    hash = next;
    checksum += head + orderId + restingId + terms;
  }

  @Override
  void endBatch() {
    // Hashed already.
  }

  @Override
  long count() {
    return count;
  }

  /** As that of {@link ReportDrainer}. */
  long checksum() {
    return checksum;
  }

  long hash() {
    return hash;
  }
}
