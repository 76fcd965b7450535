package io.tradepit.matching.rules;

import io.tradepit.matching.state.Header;
import io.tradepit.protocol.sbe.MessageHeaderDecoder;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** A command that is kept for a later step. It stands in the header, not on the heap. */
final class WaitingCommand {
  /** Where its block begins. */
  static final int BLOCK = MessageHeaderDecoder.ENCODED_LENGTH;

  final UnsafeBuffer buffer;
  private final MessageHeaderDecoder message = new MessageHeaderDecoder();

  WaitingCommand(Header header) {
    this.buffer = new UnsafeBuffer(header.waitingCommand(), Header.MOST_COMMAND_BYTES);
  }

  /** Keeps a command, which may be the one that is kept. */
  void keep(DirectBuffer from, int offset, int length) {
    buffer.putBytes(0, from, offset, length);
  }

  int template() {
    return message.wrap(buffer, 0).templateId();
  }
}
