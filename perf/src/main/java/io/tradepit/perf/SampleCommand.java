package io.tradepit.perf;

import org.agrona.BufferUtil;
import org.agrona.concurrent.UnsafeBuffer;

/** An Enter Order in the form that rings and the log carry: SBE header and block. */
final class SampleCommand {
  final UnsafeBuffer bytes =
      new UnsafeBuffer(BufferUtil.allocateDirectAligned(CommandWriter.MAX_LENGTH, 64));
  final int length;

  SampleCommand() {
    new CommandWriter().wrap(bytes, 0).enter(1, true, 100, 1_503_400, CommandWriter.DAY);
    length = CommandWriter.length(bytes, 0);
  }

  /**
   * @throws IllegalStateException when what came out is not as long as what went in
   */
  void requireLength(int received) {
    if (received != length) {
      throw new IllegalStateException("sent=" + length + " received=" + received);
    }
  }
}
