package io.tradepit.matching;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** A snapshot as a list of its messages. */
final class SavedSnapshot implements SnapshotSink {
  final List<byte[]> messages = new ArrayList<>();

  static SavedSnapshot of(Matcher matcher) {
    SavedSnapshot snapshot = new SavedSnapshot();
    SnapshotWriter writer = new SnapshotWriter(matcher);
    writer.begin();
    while (!writer.isComplete()) {
      writer.write(snapshot, Integer.MAX_VALUE);
    }
    return snapshot;
  }

  static SavedSnapshot of(List<byte[]> messages) {
    SavedSnapshot snapshot = new SavedSnapshot();
    messages.forEach(message -> snapshot.messages.add(message.clone()));
    return snapshot;
  }

  @Override
  public boolean onMessage(DirectBuffer buffer, int offset, int length) {
    byte[] message = new byte[length];
    buffer.getBytes(offset, message);
    messages.add(message);
    return true;
  }

  /** Loads all messages, and says that there are no more. */
  void load(Matcher matcher) {
    SnapshotLoader loader = new SnapshotLoader(matcher);
    UnsafeBuffer buffer = new UnsafeBuffer(new byte[SnapshotWriter.MOST_MESSAGE_BYTES + 8]);
    for (byte[] message : messages) {
      buffer.putBytes(8, message);
      loader.onMessage(buffer, 8, message.length);
    }
    loader.requireComplete();
  }

  boolean equalBytes(SavedSnapshot other) {
    return Arrays.deepEquals(messages.toArray(), other.messages.toArray());
  }

  int template(int message) {
    return new UnsafeBuffer(messages.get(message)).getShort(2);
  }
}
