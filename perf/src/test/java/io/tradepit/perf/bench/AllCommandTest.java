package io.tradepit.perf.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Calls each command once, with what it was given, and puts their figures together. */
@Timeout(30)
class AllCommandTest {
  @TempDir private Path directory;
  private final List<String> ran = new ArrayList<>();

  @Command
  private final class OneCommand implements Callable<Integer> {
    private final String name;
    private final int exitCode;
    @Spec private CommandSpec spec;
    @Mixin private BenchOutput output;

    @Option(names = "--quick")
    private boolean quick;

    private OneCommand(String name, int exitCode) {
      this.name = name;
      this.exitCode = exitCode;
    }

    @Override
    public Integer call() throws IOException {
      ran.add(name + (quick ? " quick" : ""));
      if (exitCode == 0) {
        output.write(
            spec.commandLine().getOut(), "table of " + name, "{\"of\": \"" + name + "\"}\n", "");
      }
      return exitCode;
    }
  }

  private Path folder() {
    return directory.resolve("figures of all");
  }

  private int run(int exitCodeOfWire, String... arguments) {
    CommandLine root = new CommandLine(CommandSpec.create());
    for (String name : List.of("book", "pipeline", "memory", "wire", "growth", "parts")) {
      root.addSubcommand(name, new OneCommand(name, name.equals("wire") ? exitCodeOfWire : 0));
    }
    root.addSubcommand(new AllCommand());
    List<String> line = new ArrayList<>(List.of("all", "--output", folder().toString()));
    line.addAll(List.of(arguments));
    return root.setOut(new PrintWriter(new StringWriter()))
        .setErr(new PrintWriter(new StringWriter()))
        .execute(line.toArray(String[]::new));
  }

  @Test
  void shouldPutAllFiguresIntoOneObject() throws IOException {
    Path json = directory.resolve("all.json");
    assertEquals(0, run(0, "--quick", "--json", json.toString()));
    assertEquals(
        List.of(
            "book quick",
            "growth quick",
            "pipeline quick",
            "wire quick",
            "parts quick",
            "memory quick"),
        ran);
    String figures = Files.readString(json);
    assertTrue(figures.contains("\"wire\": {\"of\": \"wire\"},\n\"parts\": {\"of\": \"parts\"}"));
    assertEquals("table of wire", Files.readString(folder().resolve("wire.txt")));
  }

  @Test
  void shouldGoOnBehindOneThatFails() throws IOException {
    Path json = directory.resolve("all.json");
    Path html = directory.resolve("all.html");
    assertEquals(1, run(3, "--json=" + json, "--html=" + html));
    assertEquals(List.of("book", "growth", "pipeline", "wire", "parts", "memory"), ran);
    String figures = Files.readString(json);
    assertTrue(figures.contains("\"wire\": null"), figures);
    assertTrue(figures.contains("\"exitCodes\": {\"book\": 0, \"growth\": 0, "), figures);
    assertTrue(figures.contains("\"wire\": 3, "), figures);
    String page = Files.readString(html);
    assertTrue(page.contains(">FAIL<"), page);
    assertTrue(page.contains("<a href=\"./figures%20of%20all/book.html\">"), page);
    assertFalse(page.contains("./figures%20of%20all/wire.html"), page);
    assertFalse(Files.exists(folder().resolve("wire.json")));
  }
}
