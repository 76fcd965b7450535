package io.tradepit.cli;

import io.tradepit.config.ConfigException;
import io.tradepit.config.Credentials;
import io.tradepit.tools.member.MemberTool;
import io.tradepit.tools.segment.SegmentPlace;
import io.tradepit.tools.terminal.TerminalStyle;
import java.io.Console;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "member",
    description = {
      "A trading client: logs in over TCP, follows the feed, takes commands at a prompt.",
      "Orders and positions are read from the session's own stream, so they survive a restart of"
          + " this client. From a file or pipe it reads a command a line and ends with 2 when one"
          + " was refused. Its own commands: type 'help'."
    })
final class MemberCommand implements Callable<Integer> {
  @Mixin private Place place;

  @Option(
      names = "--user",
      paramLabel = "NAME",
      description = "the session to log in to (default: the first of the configuration)")
  private String user;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "the segment's YAML file (default: the built-in configuration)")
  private Path config;

  @Option(
      names = "--password-file",
      paramLabel = "FILE",
      description =
          "its first line is the password (default: from logins.txt of a segment on this machine,"
              + " else asked for)")
  private Path passwordFile;

  @Override
  public Integer call() throws IOException {
    SegmentPlace segment = SegmentPlace.of(place.directory(), config);
    String name = (user == null ? segment.firstUser() : user).toUpperCase(Locale.ROOT);
    TerminalStyle style = TerminalStyle.ofThisProcess();
    try (MemberTool member = MemberTool.open(segment, name, password(segment, name), style)) {
      return isTyped()
          ? member.runTyped()
          : member.runPiped(
              new InputStreamReader(System.in, StandardCharsets.UTF_8), System.out, System.err);
    }
  }

  private String password(SegmentPlace segment, String name) throws IOException {
    if (passwordFile != null) {
      return PasswordFile.read(passwordFile);
    }
    Path logins = segment.config().credentialsFile().resolveSibling(Credentials.LOGINS_FILE);
    return Files.exists(logins) || !isTyped() ? segment.password(name) : asked(name);
  }

  private static String asked(String name) {
    char[] typed = System.console().readPassword("Password of %s: ", name);
    if (typed == null) {
      throw new ConfigException(List.of("password: none was given"));
    }
    return new String(typed);
  }

  // JDK 25 answers null again when there is no terminal.
  @SuppressWarnings("SystemConsoleNull")
  private static boolean isTyped() {
    Console console = System.console();
    return console != null && console.isTerminal();
  }
}
