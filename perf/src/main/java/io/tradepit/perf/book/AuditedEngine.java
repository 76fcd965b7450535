package io.tradepit.perf.book;

/** An engine that takes a flow again and again, and whose state can be proved in between. */
public interface AuditedEngine extends BookEngine {
  /** The same flow begins again: its ids are new orders. Only when nothing is open. */
  void beginAgain();

  /** Orders that are open. */
  int openOrders();

  /** Records of all pools; the same behind each turn. Allocates nothing. */
  int recordsInUse();

  /** How many of each pool were ever in use at once, in words; a turn once seen adds none. */
  String mostInUse();

  /**
   * When nothing is open: whether every record of every pool is free again, each once, and no table
   * or list names one. Not hot.
   *
   * @return null, or one line that names the first thing that is wrong
   */
  String defect();
}
