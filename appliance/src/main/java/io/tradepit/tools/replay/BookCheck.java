package io.tradepit.tools.replay;

import io.tradepit.tools.client.FeedListener;
import io.tradepit.tools.client.FeedReceiver;
import io.tradepit.tools.client.FeedReceiverContext;
import java.util.Arrays;
import java.util.concurrent.locks.LockSupport;

/**
 * Reads the feed and compares the book after each command that has a row, at the very message that
 * the command ends with. Runs on {@code replay-feed}; figures are read by any thread.
 *
 * <p>A gap in the feed, or a message that does not fit the book, ends the comparison: what comes
 * after it would prove nothing.
 */
final class BookCheck implements Runnable, FeedListener {
  private static final int PACKETS_A_TURN = 64;
  private static final int COMMANDS_A_TURN = 256;
  private static final long PARK_NS = 20_000;
  private static final long GAP_WAIT_NS = 500_000_000L;
  private static final int HELD_PACKETS = 4_096;

  private final ReplayFlow flow;
  private final Progress progress;
  private final ExpectedBooks expected;
  private final Findings findings;
  private final FeedTape tape;
  private final ReceivedBook[] books;
  private final FeedReceiver receiver;

  private volatile boolean stopped;
  private volatile boolean heard;
  private volatile boolean blind;
  private volatile int checked;
  private volatile long booksChecked;
  private volatile long booksEqual;
  private volatile long received;

  /**
   * @param feed has lines and interface
   * @param instrumentOfLocate index of the flow's instrument of each StockLocate, or -1
   * @param expected null = none are compared
   */
  BookCheck(
      ReplayFlow flow,
      Progress progress,
      FeedReceiverContext feed,
      int[] instrumentOfLocate,
      ExpectedBooks expected,
      Findings findings) {
    this.flow = flow;
    this.progress = progress;
    this.expected = expected;
    this.findings = findings;
    tape = new FeedTape(instrumentOfLocate);
    books = new ReceivedBook[flow.symbols().size()];
    for (int i = 0; i < books.length; i++) {
      books[i] = new ReceivedBook();
    }
    receiver =
        FeedReceiver.open(
            feed.messages(tape).listener(this).gapWaitNs(GAP_WAIT_NS).heldPackets(HELD_PACKETS));
  }

  @Override
  public void run() {
    try (receiver) {
      while (!stopped) {
        int work = receiver.poll(PACKETS_A_TURN);
        received = tape.written();
        if (work + check() == 0) {
          LockSupport.parkNanos(PARK_NS);
        }
      }
    }
  }

  void stop() {
    stopped = true;
  }

  /** Whether a packet came, so that no message can be missed from now on. */
  boolean hasHeard() {
    return heard;
  }

  /** Whether nothing more can be compared. */
  boolean isBlind() {
    return blind;
  }

  /** Commands whose feed messages came, and whose book was compared if it has a row. */
  int checked() {
    return checked;
  }

  long booksChecked() {
    return booksChecked;
  }

  long booksEqual() {
    return booksEqual;
  }

  /** Messages that changed books of the flow's instruments. */
  long received() {
    return received;
  }

  /** Orders in all books; once the check has stopped. */
  int restingOrders() {
    return Arrays.stream(books).mapToInt(ReceivedBook::orders).sum();
  }

  /** The book of an instrument of the flow; once the check has stopped. */
  ReceivedBook book(int instrument) {
    return books[instrument];
  }

  @Override
  public void onSession(String session, long sequenceNumber) {
    heard = true;
  }

  @Override
  public void onGap(long from, long to) {
    blind("feedGap=" + from + ".." + to + " messages=" + (to - from + 1));
  }

  @Override
  public void onMalformedMessage(long sequenceNumber, int lengthBytes) {
    blind("feedMessage=" + sequenceNumber + " malformed lengthBytes=" + lengthBytes);
  }

  private int check() {
    int from = checked;
    int to = Math.min(progress.finished(), from + COMMANDS_A_TURN);
    int command = from;
    while (command < to && !blind && isComplete(command)) {
      apply(command);
      compare(command++);
    }
    checked = command;
    return command - from;
  }

  private boolean isComplete(int command) {
    return tape.written() >= progress.feedMessages(command);
  }

  private void apply(int command) {
    long until = progress.feedMessages(command);
    while (tape.read() < until && !blind) {
      if (!tape.apply(books)) {
        blind("feedMessage=" + tape.read() + " of the instruments played does not fit the book");
      }
    }
  }

  private void blind(String why) {
    findings.add(
        "%s: books after command n=%d are not compared"
            .formatted(why, flow.number(Math.min(checked, flow.size() - 1))));
    // Last: who sees it finds the reason.
    blind = true;
  }

  @SuppressWarnings("NonAtomicVolatileUpdate") // one thread writes
  private void compare(int command) {
    if (expected == null || flow.row(command) == ReplayFlow.NONE || blind) {
      return;
    }
    ReceivedBook book = books[flow.instrument(command)];
    int slot = expected.slotOf(flow.row(command));
    booksChecked++;
    if (BookText.isEqual(expected, slot, book)) {
      booksEqual++;
    } else if (findings.keepsMore()) {
      findings.add(
          "book n=%d row=%d from=multicast expected=%s seen=%s"
              .formatted(
                  flow.number(command),
                  flow.row(command),
                  BookText.of(expected, slot),
                  BookText.of(book, expected.levels())));
    } else {
      findings.addCounted();
    }
  }
}
