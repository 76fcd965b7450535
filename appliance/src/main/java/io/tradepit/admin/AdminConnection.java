package io.tradepit.admin;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/** One operator's connection: one request line in, one answer out, then it is closed. */
final class AdminConnection {
  private static final int MAX_REQUEST_BYTES = 512;

  final int user;
  private final SocketChannel channel;
  private final long deadlineNs;
  private final ByteBuffer request = ByteBuffer.allocate(MAX_REQUEST_BYTES);
  private ByteBuffer answer;
  private boolean json;
  private boolean open = true;

  AdminConnection(SocketChannel channel, int user, long deadlineNs) {
    this.channel = channel;
    this.user = user;
    this.deadlineNs = deadlineNs;
  }

  /** The request line without {@code --json}, once, when it is complete; else null. */
  String readRequest() throws IOException {
    if (answer != null) {
      return null;
    }
    int read = channel.read(request);
    for (int i = 0; i < request.position(); i++) {
      if (request.get(i) == '\n') {
        return line(i);
      }
    }
    if (read < 0) {
      close();
    } else if (!request.hasRemaining()) {
      answer(AdminAnswer.wrong("request: allowed at most " + MAX_REQUEST_BYTES + " bytes"));
    }
    return null;
  }

  private String line(int length) {
    String line = new String(request.array(), 0, length, StandardCharsets.UTF_8).strip();
    request.clear();
    json = line.startsWith("--json ");
    return json ? line.substring("--json ".length()).strip() : line;
  }

  boolean wantsJson() {
    return json;
  }

  void answer(AdminAnswer given) {
    answer = ByteBuffer.wrap(given.wire().getBytes(StandardCharsets.UTF_8));
  }

  /** Sends what is left of the answer; closes when all of it went. */
  void flush() throws IOException {
    if (answer != null && open) {
      channel.write(answer);
      if (!answer.hasRemaining()) {
        close();
      }
    }
  }

  boolean isOpen() {
    return open;
  }

  boolean isLate(long nowNs) {
    return nowNs - deadlineNs > 0;
  }

  void close() throws IOException {
    open = false;
    channel.close();
  }
}
