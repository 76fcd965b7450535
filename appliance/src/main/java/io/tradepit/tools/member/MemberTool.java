package io.tradepit.tools.member;

import io.tradepit.config.ExitCode;
import io.tradepit.config.SegmentConfig;
import io.tradepit.tools.market.Market;
import io.tradepit.tools.market.MarketInstrument;
import io.tradepit.tools.segment.SegmentPlace;
import io.tradepit.tools.terminal.Canvas;
import io.tradepit.tools.terminal.Depth;
import io.tradepit.tools.terminal.Display;
import io.tradepit.tools.terminal.Ladder;
import io.tradepit.tools.terminal.Style;
import io.tradepit.tools.terminal.SystemTerminal;
import io.tradepit.tools.terminal.TerminalStyle;
import java.io.PrintStream;
import java.io.Reader;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.function.Consumer;
import org.jline.terminal.Terminal;

/** The trading client of a person: reads commands until they end. Runs on the caller's thread. */
public final class MemberTool implements AutoCloseable {
  private static final int BOOK_COLUMNS = 60;
  private static final int WATCH_MS = 200;

  private final String user;
  private final TerminalStyle style;
  private final OrderDesk orders;
  private final MarketWatch watch;
  private final MemberDesk desk;
  private final CommandParser parser;
  private final List<String> symbols;
  private Dialogue dialogue;
  private Terminal terminal;
  private int refused;

  private MemberTool(SegmentPlace place, String user, String password, TerminalStyle style) {
    SegmentConfig config = place.config();
    this.user = user;
    this.style = style;
    symbols = config.instruments().stream().map(SegmentConfig.Instrument::symbol).toList();
    parser = new CommandParser(new LinkedHashSet<>(symbols));
    Consumer<String> news = this::tell;
    watch = new MarketWatch(config, news);
    try {
      orders = OrderDesk.open(place.orderEntry(user), user, password, news);
    } catch (RuntimeException e) {
      watch.close();
      throw e;
    }
    desk = new MemberDesk(orders, watch, this::onLost);
  }

  /**
   * Logs in and reads the session's day.
   *
   * @throws RuntimeException with one line when the venue refuses or is not there
   */
  public static MemberTool open(
      SegmentPlace place, String user, String password, TerminalStyle style) {
    return new MemberTool(place, user, password, style);
  }

  /** Commands from a terminal until 'quit'; returns an exit code. */
  public int runTyped() {
    terminal = SystemTerminal.open(true);
    return run(new TypedDialogue(terminal, user, style, symbols, this::orderNumbers));
  }

  /**
   * Commands from a file or pipe, a line each.
   *
   * @return an exit code: that of a wrong command line when a line was refused
   */
  public int runPiped(Reader in, PrintStream out, PrintStream err) {
    return run(new PipedDialogue(in, out, err));
  }

  @Override
  public void close() {
    desk.close();
  }

  private int run(Dialogue with) {
    setDialogue(with);
    greet();
    boolean more = true;
    while (more && desk.lost().isEmpty()) {
      String line = with.read();
      more = line != null && obey(line);
    }
    if (!desk.lost().isEmpty()) {
      with.complain("disconnected: " + desk.lost());
      return ExitCode.OTHER.number();
    }
    return (refused == 0 ? ExitCode.OK : ExitCode.CONFIGURATION).number();
  }

  private void greet() {
    int open = desk.call(() -> orders.account().openOrders().size());
    long filled =
        desk.call(() ->
            orders.account().positions().values().stream().filter(p -> p.shares() != 0).count());
    dialogue.say(
        "logged in as %s, session %s%nanswers of today %d, open orders %d, positions %d"
            .formatted(user, orders.session(), orders.replayed(), open, filled));
    if (terminal != null) {
      dialogue.say(
          style.styled("'help' lists the commands, Tab completes, Ctrl-D ends", Style.DIM));
    }
  }

  private boolean obey(String line) {
    try {
      return obey(parser.parse(line));
    } catch (RefusedException e) {
      refused += terminal == null ? 1 : 0;
      dialogue.complain(e.getMessage());
      return true;
    }
  }

  private boolean obey(Command command) {
    switch (command) {
      case Command.Enter order -> trade(() -> orders.enter(order));
      case Command.Replace change -> trade(() -> orders.replace(change));
      case Command.Cancel(long order) -> trade(() -> orders.cancel(order));
      case Command.CancelAll() -> cancelAll();
      case Command.Orders() ->
          dialogue.say(desk.call(() -> MemberTables.orders(orders.account().openOrders())));
      case Command.Positions() ->
          dialogue.say(
              desk.call(
                  () -> MemberTables.positions(orders.account().positions(), market(), watch)));
      case Command.Book(String symbol, int levels) -> book(symbol, levels);
      case Command.Watch(String symbol) -> watch(symbol);
      case Command.Symbols() -> {
        dialogue.say(desk.call(() -> MemberTables.symbols(market(), watch)));
        caution();
        if (!desk.call(watch::isFromTheFirst)) {
          note("last and volume know only trades with orders that this client saw entered");
        }
      }
      case Command.Log(int lines) -> log(lines);
      case Command.Help() -> dialogue.say(Verb.help());
      case Command.Nothing() -> {
        // Nothing was asked.
      }
      case Command.Quit() -> {
        return false;
      }
    }
    return true;
  }

  private void trade(Runnable send) {
    long before =
        desk.call(() -> {
          long answers = orders.account().answered();
          send.run();
          return answers;
        });
    if (!desk.awaitAnswers()) {
      throw new RefusedException("the venue has not answered yet; 'log' shows when it does");
    }
    if (desk.call(() -> orders.account().answered()) == before) {
      dialogue.say("nothing changed: the order was no longer open");
    }
  }

  private void cancelAll() {
    int count = desk.call(() -> orders.account().openOrders().size());
    if (count == 0) {
      dialogue.say("no open orders");
      return;
    }
    trade(orders::cancelAll);
  }

  private void book(String symbol, int levels) {
    Depth depth = depth(symbol, levels);
    int rows =
        Ladder.FRAME_ROWS + 2 * Math.max(1, Math.max(depth.bids().size(), depth.asks().size()));
    Canvas canvas = new Canvas(BOOK_COLUMNS, rows);
    new Ladder(style.glyphs()).draw(canvas, depth);
    dialogue.say(canvas.text(dialogue.style().palette()).stripTrailing());
    caution();
  }

  private void watch(String symbol) {
    if (terminal == null || !style.rewritable()) {
      throw new RefusedException("watch needs a terminal; 'book " + symbol + "' shows it once");
    }
    try (Display display = Display.on(terminal, style)) {
      int key = Display.NO_KEY;
      while (key == Display.NO_KEY && desk.lost().isEmpty()) {
        Canvas frame = new Canvas(display.columns(), display.rows());
        Canvas ladder = frame.area(0, 0, frame.rows() - 1, Math.min(frame.columns(), 100));
        new Ladder(style.glyphs()).draw(ladder, depth(symbol, frame.rows()));
        frame.text(
            frame.rows() - 1, 1, "any key goes back to the prompt  " + watch.caution(), Style.DIM);
        display.show(frame);
        key = display.key(WATCH_MS);
      }
    }
  }

  private void log(int lines) {
    List<String> answers = desk.call(() -> orders.account().answers(lines));
    dialogue.say(answers.isEmpty() ? "no answers yet" : String.join("\n", answers));
  }

  private void caution() {
    String caution = desk.call(watch::caution);
    if (!caution.isEmpty()) {
      note(caution);
    }
  }

  private void note(String text) {
    dialogue.say(dialogue.style().styled("note: " + text, Style.DIM));
  }

  private Depth depth(String symbol, int levels) {
    MarketInstrument instrument = market().instrument(symbol);
    return desk.call(() -> watch.depth(instrument, levels));
  }

  private Market market() {
    return watch.market();
  }

  private List<String> orderNumbers() {
    return desk.call(() ->
        orders.account().openOrders().stream()
            .map(order -> Long.toString(order.number()))
            .toList());
  }

  // Called on the desk's thread, also before there is a dialogue.
  private synchronized void tell(String news) {
    if (dialogue != null) {
      dialogue.say(news);
    }
  }

  private synchronized void setDialogue(Dialogue with) {
    dialogue = with;
  }

  private synchronized void onLost() {
    if (dialogue != null) {
      dialogue.interrupt();
    }
  }
}
