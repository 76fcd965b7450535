package io.tradepit.perf;

import io.tradepit.matching.Matcher;
import org.agrona.DirectBuffer;

/** Gives a matcher a command, and turns until it is complete. */
public final class MatcherCommand {
  private MatcherCommand() {}

  /**
   * The command that stands somewhere.
   *
   * @param sequence of the command, its time as well
   */
  public static void apply(Matcher matcher, long sequence, DirectBuffer buffer, int offset) {
    int length = CommandWriter.length(buffer, offset);
    boolean complete = matcher.onCommand(sequence, sequence, buffer, offset, length);
    while (!complete) {
      complete = matcher.resume();
    }
  }
}
