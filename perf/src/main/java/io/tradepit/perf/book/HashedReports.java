package io.tradepit.perf.book;

import io.tradepit.perf.flow.BytesHash;

/** All bytes of all reports, hashed in order. */
final class HashedReports extends Reports {
  private static final int ZERO_WORDS = 3;
  private long count;
  private long hash;

  @Override
  void report(long head, long orderId, long restingId, long terms) {
    long next = BytesHash.next(BytesHash.next(hash, head), orderId);
    next = BytesHash.next(BytesHash.next(next, restingId), terms);
    next = BytesHash.next(next, ++count);
    for (int i = 0; i < ZERO_WORDS; i++) {
      next = BytesHash.next(next, 0);
    }
    hash = next;
  }

  @Override
  void endBatch() {
    // Hashed already.
  }

  @Override
  long count() {
    return count;
  }

  long hash() {
    return hash;
  }
}
