package io.tradepit.admin;

import io.tradepit.protocol.sbe.AdminCompletedDecoder;
import io.tradepit.protocol.sbe.InstrumentListedDecoder;
import io.tradepit.protocol.sbe.MessageHeaderDecoder;
import io.tradepit.protocol.sbe.SessionDefinedDecoder;
import io.tradepit.stream.EventFrame;
import io.tradepit.stream.EventHandler;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.agrona.BitUtil;
import org.agrona.DirectBuffer;

/**
 * What the admin server knows from the event stream: names of sessions and instruments, and which
 * commands are complete. Admin thread; before that agent starts, the starting thread adds what was
 * defined before.
 */
public final class AdminDirectory implements EventHandler {
  /** Is told of each operator command that is complete. */
  interface Completion {
    void onCompleted(long correlationId, long count, char result);
  }

  private static final int SYMBOL_LENGTH = 8;

  private final MessageHeaderDecoder header = new MessageHeaderDecoder();
  private final SessionDefinedDecoder sessionDefined = new SessionDefinedDecoder();
  private final InstrumentListedDecoder instrumentListed = new InstrumentListedDecoder();
  private final AdminCompletedDecoder adminCompleted = new AdminCompletedDecoder();
  private final Map<String, Integer> sessions = new TreeMap<>();
  private final Map<String, Long> symbols = new TreeMap<>();
  private Completion completion = (correlationId, count, result) -> {};

  void onCompletion(Completion listener) {
    completion = listener;
  }

  /**
   * Adds a session.
   *
   * @param username six space-padded ASCII bytes, the first one lowest
   */
  public void addSession(int id, long username) {
    sessions.put(text(Long.reverseBytes(username)).trim().toUpperCase(Locale.ROOT), id);
  }

  /**
   * Adds an instrument.
   *
   * @param symbol eight space-padded ASCII bytes, the first one highest
   */
  public void addInstrument(long symbol) {
    symbols.put(text(symbol), symbol);
  }

  /** The id of a session, or null; names are compared without case. */
  Integer session(String username) {
    return sessions.get(username.toUpperCase(Locale.ROOT));
  }

  /** A symbol as commands carry it, or null when no such instrument is listed. */
  Long symbol(String symbol) {
    return symbols.get(symbol);
  }

  String sessionNames() {
    return sessions.isEmpty() ? "none" : String.join(", ", sessions.keySet());
  }

  String symbolNames() {
    return symbols.isEmpty() ? "none" : String.join(", ", symbols.keySet());
  }

  @Override
  public void onFrame(DirectBuffer buffer, int offset, int length, long position) {
    int end = offset + length;
    int event = offset + EventFrame.HEADER_LENGTH;
    while (event + MessageHeaderDecoder.ENCODED_LENGTH <= end) {
      header.wrap(buffer, event);
      onEvent(buffer, event);
      int eventLength = MessageHeaderDecoder.ENCODED_LENGTH + header.blockLength();
      event += BitUtil.align(eventLength, EventFrame.EVENT_ALIGNMENT);
    }
  }

  private void onEvent(DirectBuffer buffer, int offset) {
    switch (header.templateId()) {
      case SessionDefinedDecoder.TEMPLATE_ID -> onSession(buffer, offset);
      case InstrumentListedDecoder.TEMPLATE_ID -> onInstrument(buffer, offset);
      case AdminCompletedDecoder.TEMPLATE_ID -> onCompleted(buffer, offset);
      default -> {
        // Orders and their like are not the operator's.
      }
    }
  }

  private void onSession(DirectBuffer buffer, int offset) {
    sessionDefined.wrapAndApplyHeader(buffer, offset, header);
    String username = sessionDefined.username().strip().toUpperCase(Locale.ROOT);
    sessions.put(username, sessionDefined.sessionId());
  }

  private void onInstrument(DirectBuffer buffer, int offset) {
    instrumentListed.wrapAndApplyHeader(buffer, offset, header);
    addInstrument(instrumentListed.symbol());
  }

  private void onCompleted(DirectBuffer buffer, int offset) {
    adminCompleted.wrapAndApplyHeader(buffer, offset, header);
    completion.onCompleted(
        adminCompleted.correlationId(), adminCompleted.count(), (char) adminCompleted.result());
  }

  private static String text(long symbol) {
    byte[] bytes = new byte[SYMBOL_LENGTH];
    for (int i = 0; i < SYMBOL_LENGTH; i++) {
      bytes[i] = (byte) (symbol >>> (Byte.SIZE * (SYMBOL_LENGTH - 1 - i)));
    }
    return new String(bytes, StandardCharsets.US_ASCII).stripTrailing();
  }
}
