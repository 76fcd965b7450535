package io.tradepit.tools.feed;

import io.tradepit.tools.client.FeedListener;
import io.tradepit.tools.client.FeedReceiver;
import io.tradepit.tools.client.ReceivedLine;

/** Makes lines of all that is no message: what was joined, gaps, sessions, figures at the end. */
final class FeedNotes implements FeedListener {
  private final Line line;
  private FeedReceiver receiver;

  FeedNotes(Line line) {
    this.line = line;
  }

  /** The receiver that will call; says what it joined. */
  void follow(FeedReceiver caller) {
    receiver = caller;
    for (ReceivedLine received : caller.lines()) {
      line.note("joined")
          .text("line", received.name())
          .text("group", groupOf(received))
          .number("receiveBufferAsked", received.receiveBufferAsked())
          .number("receiveBufferObtained", received.receiveBufferObtained())
          .end();
    }
    caller
        .retransmission()
        .ifPresent(
            server -> line.note("asks for what is lost").text("server", groupOf(server)).end());
  }

  private static String groupOf(ReceivedLine received) {
    return received.group().getAddress().getHostAddress() + ":" + received.group().getPort();
  }

  @Override
  public void onSession(String session, long sequenceNumber) {
    line.note("session").text("session", session.strip()).number("from", sequenceNumber).end();
  }

  @Override
  public void onSnapshot(String session) {
    line.note("snapshot begins").text("session", session).end();
  }

  @Override
  public void onSnapshotComplete(long messages, long next) {
    line.note("snapshot").number("messages", messages).number("next", next).end();
  }

  @Override
  public void onRecovered(long from, long to) {
    line.note("recovered").number("from", from).number("to", to).end();
  }

  @Override
  public void onGap(long from, long to) {
    line.note("gap").number("from", from).number("to", to);
    for (ReceivedLine received : receiver.lines()) {
      line.text("line" + received.name(), received.state().toString())
          .number("next" + received.name(), received.nextSequenceNumber());
    }
    line.end();
  }

  @Override
  public void onMalformedMessage(long sequenceNumber, int lengthBytes) {
    line.note("malformed message")
        .number("sequence", sequenceNumber)
        .number("length", lengthBytes)
        .end();
  }

  @Override
  public void onEndOfSession(long sequenceNumber) {
    line.note("end of session").number("next", sequenceNumber).end();
  }

  /** Says what was received; {@code printed} messages of it were printed. */
  void statistics(long printed) {
    line.note("received")
        .number("messages", receiver.messages())
        .number("printed", printed)
        .number("gaps", receiver.gaps())
        .number("lost", receiver.lostMessages())
        .number("recovered", receiver.recoveredMessages())
        .number("requests", receiver.requests())
        .number("malformed", receiver.malformedMessages())
        .number("next", receiver.nextSequenceNumber())
        .end();
    for (ReceivedLine received : receiver.lines()) {
      line.note("line")
          .text("line", received.name())
          .text("state", received.state().toString())
          .number("packets", received.packets())
          .number("first", received.first())
          .number("duplicates", received.duplicates())
          .number("heartbeats", received.heartbeats())
          .number("missing", received.missing())
          .number("malformed", received.malformed())
          .number("foreign", received.foreign())
          .end();
    }
  }
}
