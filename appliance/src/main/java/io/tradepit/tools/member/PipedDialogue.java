package io.tradepit.tools.member;

import io.tradepit.tools.terminal.TerminalStyle;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.io.Reader;
import java.io.UncheckedIOException;

/** Commands from a file or a pipe, answers as plain lines; a complaint names the line. */
final class PipedDialogue implements Dialogue {
  private final BufferedReader in;
  private final PrintStream out;
  private final PrintStream err;
  private volatile boolean interrupted;
  private int line;

  PipedDialogue(Reader in, PrintStream out, PrintStream err) {
    this.in = new BufferedReader(in);
    this.out = out;
    this.err = err;
  }

  @Override
  public String read() {
    line++;
    try {
      return interrupted ? null : in.readLine();
    } catch (IOException e) {
      throw new UncheckedIOException("line=" + line + ": cannot be read", e);
    }
  }

  @Override
  public synchronized void say(String text) {
    out.println(text);
    out.flush();
  }

  @Override
  public synchronized void complain(String text) {
    err.println("line " + line + ": " + text);
    err.flush();
  }

  // A read that waits in the operating system ends with the next line.
  @Override
  public void interrupt() {
    interrupted = true;
  }

  @Override
  public TerminalStyle style() {
    return TerminalStyle.PLAIN;
  }
}
