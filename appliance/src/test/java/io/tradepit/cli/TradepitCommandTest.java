package io.tradepit.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tradepit.config.ExitCode;
import io.tradepit.config.SegmentConfig;
import io.tradepit.config.SegmentConfigReader;
import io.tradepit.config.StartException;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

@Timeout(30)
class TradepitCommandTest {
  @TempDir Path directory;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private SegmentConfig ran;
  private StartException refusal;

  @Test
  void shouldHaveEachExitCodeInTheReadme() throws IOException {
    List<String> rows = Files.readAllLines(Path.of("../README.md"));

    for (ExitCode code : ExitCode.values()) {
      String row = "| " + code.number() + " | ";
      assertEquals(1, rows.stream().filter(line -> line.startsWith(row)).count(), row);
    }
  }

  @Test
  void shouldRunTheBuiltInConfigurationInItsDirectory() {
    assertEquals(0, execute("run", "--dir", directory.toString()));

    assertEquals("embedded", ran.name());
    assertEquals(directory.resolve("admin.sock"), ran.adminSocket());
  }

  @Test
  void shouldPassOnLineAndExitCodeWhenASegmentDoesNotStart() {
    refusal = new StartException(ExitCode.MEMORY, "pages.kind=collapse: allowed 512 MiB free");

    assertEquals(4, execute("run", "--dir", directory.toString()));
    assertEquals("tradepit: pages.kind=collapse: allowed 512 MiB free\n", err.toString());
  }

  @Test
  void shouldRefuseAReplayThatCannotBeMeant() throws Exception {
    assertEquals(2, execute("replay", "x.csv", "--max", "--rate", "5"));
    assertTrue(err.toString().contains("mutually exclusive"), err.toString());
    assertReplayRefused("--rate=0: allowed 1 to 10000000", "--rate", "0");
    assertReplayRefused("--speed: allowed with --as-recorded", "--max", "--speed", "2");
    assertReplayRefused("--speed=0.0: allowed above 0", "--as-recorded", "--speed", "0");
    assertReplayRefused("--user: allowed with --running", "--user", "NPT1");
    assertReplayRefused("--password-file: allowed with --running", "--password-file", "x");
    assertReplayRefused("--books: allowed without --no-books", "--books", "b", "--no-books");
    assertReplayRefused("cannot be read");
    Path hello = Files.writeString(directory.resolve("x.csv"), "hello\n");
    assertReplayRefused("file=" + hello + ": allowed a command file");
  }

  @Test
  void shouldRefuseAFeedFromAnInterfaceThatIsNamedByNoAddress() {
    assertEquals(
        2, execute("feed", "--dir", directory.toString(), "--seconds", "1", "--interface", "eth0"));
    assertTrue(err.toString().contains("'eth0': allowed an IPv4 address"), err.toString());
  }

  private void assertReplayRefused(String line, String... options) {
    err.getBuffer().setLength(0);
    String[] words = new String[options.length + 4];
    words[0] = "replay";
    words[1] = directory.resolve("x.csv").toString();
    words[2] = "--dir";
    words[3] = directory.toString();
    System.arraycopy(options, 0, words, 4, options.length);
    assertEquals(2, execute(words));
    assertTrue(err.toString().startsWith("tradepit: "), err.toString());
    assertTrue(err.toString().contains(line), err.toString());
    assertEquals(1, err.toString().lines().count(), err.toString());
  }

  @Test
  void shouldRefuseAProfileThatIsNotThatOfTheFile() {
    assertEquals(2, execute("run", "--profile", "box", "--dir", directory.toString()));
    assertEquals("tradepit: --profile=box: allowed embedded for embedded.yaml\n", err.toString());
  }

  @Test
  void shouldCheckAConfiguration() throws Exception {
    Path file = directory.resolve("my.yaml");
    Files.writeString(file, SegmentConfigReader.embeddedText());
    assertEquals(0, execute("config", "check", file.toString()));
    assertEquals(
        file + ": ok, segment=embedded profile=embedded instruments=8 sessions=5 gateways=1\n",
        out.toString());

    Files.writeString(
        file, SegmentConfigReader.embeddedText().replace("port: 9001", "port: 99999"));
    assertEquals(2, execute("config", "check", file.toString()));
    assertTrue(
        err.toString()
            .endsWith(": gateways[0].port=99999: allowed a whole number from 0 to 65535\n"),
        err.toString());
  }

  @Test
  void shouldShowAConfigurationThatPassesItsOwnCheck() throws Exception {
    assertEquals(0, execute("config", "show"));

    assertEquals(SegmentConfigReader.embeddedText(), out.toString());
  }

  @Test
  void shouldNameTheSocketWhenNoSegmentRuns() {
    assertEquals(1, execute("status", "--dir", directory.toString()));
    assertTrue(
        err.toString()
            .startsWith("tradepit: no segment answers at " + directory.resolve("admin.sock")),
        err.toString());
  }

  @Test
  void shouldSayVersionCommitAndJava() {
    assertEquals(0, execute("--version"));

    assertTrue(
        out.toString().matches("(?s)tradepit \\d+\\.\\d+.*\ncommit   [0-9a-z]+\njava     25.*\n"),
        out.toString());
  }

  @Test
  void shouldListEveryExitCodeAndCommandInItsHelp() {
    assertEquals(0, execute("--help"));

    for (ExitCode code : ExitCode.values()) {
      assertTrue(out.toString().contains("  " + code.number() + "  " + code.meaning()));
    }
    for (String command : "run config status instrument session day stop".split(" ", -1)) {
      assertTrue(out.toString().contains("\n  " + command + " "), command);
    }
    assertTrue(out.toString().lines().allMatch(line -> line.length() <= 80));
  }

  @Test
  void shouldHelpWithEveryCommand() {
    for (String command : "run config status instrument session day stop".split(" ", -1)) {
      assertEquals(0, execute(command, "--help"), command);
      assertTrue(out.toString().contains("Usage: tradepit " + command), command);
    }
  }

  @Test
  void shouldEndWithTwoWhenTheCommandLineIsWrong() {
    assertEquals(2, execute("runn"));
    assertEquals(2, execute("session", "enable"));
    assertTrue(err.toString().contains("Try 'tradepit session --help'."), err.toString());
  }

  @Test
  void shouldLiveInTheStateDirectoryOfItsUser() {
    assertEquals(
        Path.of("/s/tradepit"), Place.standard(Map.of("XDG_STATE_HOME", "/s", "HOME", "/h")));
    assertEquals(Path.of("/h/.local/state/tradepit"), Place.standard(Map.of("HOME", "/h")));
  }

  private int execute(String... arguments) {
    CommandLine command = TradepitCommand.commandLine(this::run, password -> "hash");
    command.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
    return command.execute(arguments);
  }

  private int run(SegmentConfig config, PrintStream terminal) {
    if (refusal != null) {
      throw refusal;
    }
    ran = config;
    return 0;
  }
}
