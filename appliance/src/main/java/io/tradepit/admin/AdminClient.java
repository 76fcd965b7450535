package io.tradepit.admin;

import io.tradepit.config.ExitCode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The operator's end of the admin socket. Waits for the answer; for commands, not for agents. */
public final class AdminClient {
  private static final String END = ".";

  private final Path socket;

  public AdminClient(Path socket) {
    this.socket = socket;
  }

  /**
   * Asks one thing.
   *
   * @param request a verb and its words
   * @param json whether the answer's lines are one JSON object
   */
  public AdminAnswer ask(String request, boolean json) {
    try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
      String line = (json ? "--json " : "") + request + "\n";
      ByteBuffer bytes = ByteBuffer.wrap(line.getBytes(StandardCharsets.UTF_8));
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      return read(
          new BufferedReader(
              new InputStreamReader(Channels.newInputStream(channel), StandardCharsets.UTF_8)));
    } catch (IOException e) {
      return AdminAnswer.refused(
          "no segment answers at "
              + socket
              + "; is it running, and is it yours? ("
              + e.getMessage()
              + ")");
    }
  }

  private static AdminAnswer read(BufferedReader reader) throws IOException {
    String first = reader.readLine();
    List<String> lines = new ArrayList<>();
    String line = reader.readLine();
    while (line != null && !END.equals(line)) {
      lines.add(line);
      line = reader.readLine();
    }
    if (first == null || line == null) {
      return AdminAnswer.refused("the segment closed the connection without an answer");
    }
    if ("OK".equals(first)) {
      return new AdminAnswer(ExitCode.OK.number(), "", lines);
    }
    String[] words = first.split(" ", 3);
    return new AdminAnswer(Integer.parseInt(words[1]), words[2], lines);
  }
}
