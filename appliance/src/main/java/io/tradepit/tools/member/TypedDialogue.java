package io.tradepit.tools.member;

import io.tradepit.tools.terminal.Style;
import io.tradepit.tools.terminal.TerminalStyle;
import java.util.List;
import java.util.function.Supplier;
import org.jline.reader.Candidate;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.ParsedLine;
import org.jline.reader.UserInterruptException;
import org.jline.terminal.Terminal;

/** A prompt with history and completion; what is said while someone types appears above it. */
final class TypedDialogue implements Dialogue {
  private final LineReader reader;
  private final String prompt;
  private final TerminalStyle style;
  private final Thread typist = Thread.currentThread();

  /**
   * For the thread that makes it.
   *
   * @param symbols for completion
   * @param orders numbers of the open orders, asked for at each completion
   */
  TypedDialogue(
      Terminal terminal,
      String user,
      TerminalStyle style,
      List<String> symbols,
      Supplier<List<String>> orders) {
    this.style = style;
    prompt = style.styled(user + "> ", Style.TITLE);
    Completions completions = new Completions(symbols, orders);
    reader =
        LineReaderBuilder.builder()
            .terminal(terminal)
            .completer((ignored, line, found) -> add(completions, line, found))
            .build();
  }

  @Override
  public String read() {
    try {
      return reader.readLine(prompt);
    } catch (UserInterruptException | EndOfFileException e) {
      return null;
    }
  }

  @Override
  public void say(String text) {
    reader.printAbove(text);
  }

  @Override
  public void complain(String text) {
    reader.printAbove(style.styled(text, Style.WARN));
  }

  @Override
  public void interrupt() {
    typist.interrupt();
  }

  @Override
  public TerminalStyle style() {
    return style;
  }

  private static void add(Completions completions, ParsedLine line, List<Candidate> found) {
    completions.after(line.words().subList(0, line.wordIndex())).stream()
        .map(Candidate::new)
        .forEach(found::add);
  }
}
