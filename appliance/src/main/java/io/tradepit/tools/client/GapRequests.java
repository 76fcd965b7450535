package io.tradepit.tools.client;

/**
 * Which missing messages are asked for, when, and how often: ranges that are asked for at the same
 * time, a bounded number, each again after a time that doubles, until its tries are used up. One
 * thread; allocates nothing.
 *
 * <p>A range is so short that a packet of 1,400 bytes holds it whole; of a shorter answer the rest
 * is asked for at once.
 */
final class GapRequests {
  /**
   * Messages of a range: the longest that this venue sends, its length included, takes 42 bytes.
   */
  static final int RANGE = 32;

  private static final int MAX_DOUBLINGS = 4;

  private final RequestSender sender;
  private final long timeoutNs;
  private final int maxTries;
  private final long intervalNs;
  private final long[] from;
  private final long[] to;
  private final int[] tries;
  private final long[] firstAskedNs;
  private final long[] dueNs;
  private int size;
  private long nextSendNs = Long.MIN_VALUE;
  private long lastReplyNs = Long.MIN_VALUE;
  private long sent;

  /** Sends a request. */
  @FunctionalInterface
  interface RequestSender {
    /** Asks for messages; returns false when it could not be sent now. */
    boolean trySend(long first, int count);
  }

  /**
   * @param outstanding ranges asked for at the same time
   * @param timeoutNs after which a range is asked for again the first time
   * @param maxTries requests for a range before it is given up
   */
  GapRequests(
      RequestSender sender, int outstanding, long timeoutNs, int maxTries, int requestsPerSecond) {
    this.sender = sender;
    this.timeoutNs = timeoutNs;
    this.maxTries = maxTries;
    intervalNs = 1_000_000_000L / requestsPerSecond;
    from = new long[outstanding];
    to = new long[outstanding];
    tries = new int[outstanding];
    firstAskedNs = new long[outstanding];
    dueNs = new long[outstanding];
  }

  /** Requests sent. */
  long sent() {
    return sent;
  }

  /** The server answered something. */
  void onReply(long nowNs) {
    lastReplyNs = nowNs;
  }

  /** Forgets every range. */
  void clear() {
    size = 0;
  }

  /**
   * Asks for what is missing and due.
   *
   * @param next number of the first message that was not handed over
   * @param end what is missing below this number is asked for
   */
  void onTime(long nowNs, long next, long end, HeldPackets held) {
    settle(nowNs, next, held);
    add(nowNs, next, end, held);
    for (int i = 0; i < size; i++) {
      if (dueNs[i] - nowNs <= 0 && tries[i] < maxTries && !send(i, nowNs)) {
        return;
      }
    }
  }

  /**
   * Up to where messages are given up from the next one on.
   *
   * @param holeEnd where the hole ends that begins with the next message
   * @return the next number itself when nothing is given up
   */
  long givenUp(long nowNs, long next, long holeEnd) {
    for (int i = 0; i < size; i++) {
      if (from[i] == next && tries[i] == maxTries && dueNs[i] - nowNs <= 0) {
        // A server that said nothing at all will not say more for the rest of the hole.
        boolean answered = lastReplyNs - firstAskedNs[i] >= 0 && lastReplyNs != Long.MIN_VALUE;
        return answered ? Math.min(to[i], holeEnd) : holeEnd;
      }
    }
    return next;
  }

  /** Lets go of what has come since. */
  private void settle(long nowNs, long next, HeldPackets held) {
    for (int i = size - 1; i >= 0; i--) {
      long missing = held.firstMissing(Math.max(from[i], next));
      if (missing >= to[i]) {
        remove(i);
      } else if (missing > from[i]) {
        from[i] = missing;
        tries[i] = 0;
        dueNs[i] = nowNs;
      }
    }
  }

  private void add(long nowNs, long next, long end, HeldPackets held) {
    long first = held.firstMissing(next);
    while (size < from.length && first < end) {
      int asked = rangeOf(first);
      if (asked >= 0) {
        first = held.firstMissing(to[asked]);
      } else {
        long last = Math.min(Math.min(first + RANGE, end), held.nextHeld(first, end));
        from[size] = first;
        to[size] = nextRange(first, last);
        tries[size] = 0;
        firstAskedNs[size] = nowNs;
        dueNs[size] = nowNs;
        size++;
      }
    }
  }

  private int rangeOf(long number) {
    for (int i = 0; i < size; i++) {
      if (from[i] <= number && number < to[i]) {
        return i;
      }
    }
    return -1;
  }

  private long nextRange(long number, long limit) {
    long next = limit;
    for (int i = 0; i < size; i++) {
      if (from[i] > number) {
        next = Math.min(next, from[i]);
      }
    }
    return next;
  }

  private boolean send(int range, long nowNs) {
    boolean paced = nextSendNs != Long.MIN_VALUE && nextSendNs - nowNs > 0;
    if (paced || !sender.trySend(from[range], (int) (to[range] - from[range]))) {
      return false;
    }
    // A burst of as many requests as may be outstanding is within the rate.
    nextSendNs = Math.max(nextSendNs, nowNs - from.length * intervalNs) + intervalNs;
    dueNs[range] = nowNs + (timeoutNs << Math.min(tries[range], MAX_DOUBLINGS));
    tries[range]++;
    sent++;
    return true;
  }

  private void remove(int range) {
    size--;
    from[range] = from[size];
    to[range] = to[size];
    tries[range] = tries[size];
    firstAskedNs[range] = firstAskedNs[size];
    dueNs[range] = dueNs[size];
  }
}
