package io.tradepit.admin;

import io.tradepit.config.ExitCode;
import java.util.List;

/**
 * What the segment answered.
 *
 * @param exitCode 0 when it was done
 * @param error one line when it was not, else empty
 * @param lines of text, or one JSON object
 */
public record AdminAnswer(int exitCode, String error, List<String> lines) {
  static AdminAnswer of(String... lines) {
    return new AdminAnswer(ExitCode.OK.number(), "", List.of(lines));
  }

  static AdminAnswer refused(String error) {
    return new AdminAnswer(ExitCode.OTHER.number(), error, List.of());
  }

  static AdminAnswer wrong(String error) {
    return new AdminAnswer(ExitCode.CONFIGURATION.number(), error, List.of());
  }

  public boolean isOk() {
    return exitCode == ExitCode.OK.number();
  }

  /** As it goes over the socket. */
  String wire() {
    StringBuilder wire = new StringBuilder();
    wire.append(isOk() ? "OK" : "ERROR " + exitCode + " " + error).append('\n');
    lines.forEach(line -> wire.append(line).append('\n'));
    return wire.append(".\n").toString();
  }
}
