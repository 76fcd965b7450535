package io.tradepit.perf.bench;

import io.tradepit.config.ExitCode;
import io.tradepit.telemetry.Json;
import io.tradepit.telemetry.RunEnvironment;
import io.tradepit.tools.report.HtmlPage;
import io.tradepit.tools.report.Markup;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Calls the other commands; knows no more of them than their names and options. */
@Command(
    name = "all",
    description = {
      "All benchmarks one after the other: book, growth, pipeline, wire, parts, memory. Of each DIR gets"
          + " NAME.json, NAME.html and NAME.txt, its table.",
      "One that fails is named, and the others run; the exit code is then not 0. An hour"
          + " and a quarter to an hour and a half on a quiet machine, with --quick eight minutes."
    })
final class AllCommand implements Callable<Integer> {
  private static final List<String> NAMES =
      List.of("book", "growth", "pipeline", "wire", "parts", "memory");
  private static final String QUICK = "--quick";

  @Spec private CommandSpec spec;

  @Option(names = QUICK, description = "each with --quick")
  private boolean quick;

  @Option(
      names = "--output",
      paramLabel = "DIR",
      defaultValue = "target/bench",
      description = "where the files go (default: ${DEFAULT-VALUE})")
  private Path folder;

  @Mixin private BenchOutput output;

  @Override
  public Integer call() throws IOException {
    Map<String, String> environment = RunEnvironment.read();
    Files.createDirectories(folder);
    Map<String, Integer> exitCodes = new LinkedHashMap<>();
    for (String name : NAMES) {
      exitCodes.put(name, run(name));
    }
    output.write(
        spec.commandLine().getOut(),
        text(exitCodes),
        json(exitCodes, environment),
        page(exitCodes, environment));
    boolean isWhole = exitCodes.values().stream().allMatch(code -> code == ExitCode.OK.number());
    return isWhole ? ExitCode.OK.number() : ExitCode.OTHER.number();
  }

  private int run(String name) throws IOException {
    CommandLine command = spec.parent().subcommands().get(name);
    List<String> arguments = new ArrayList<>();
    arguments.add("--json=" + file(name, "json"));
    arguments.add("--html=" + file(name, "html"));
    if (quick) {
      arguments.add(QUICK);
    }
    Files.deleteIfExists(file(name, "json"));
    Files.deleteIfExists(file(name, "html"));
    spec.commandLine().getErr().println("tradepit: bench: all: " + name);
    try (PrintWriter table = new PrintWriter(Files.newBufferedWriter(file(name, "txt")))) {
      return command.setOut(table).execute(arguments.toArray(String[]::new));
    }
  }

  private Path file(String name, String suffix) {
    return folder.resolve(name + "." + suffix);
  }

  private boolean hasRun(String name) {
    return Files.exists(file(name, "json"));
  }

  private String text(Map<String, Integer> exitCodes) throws IOException {
    StringBuilder text = new StringBuilder();
    for (Map.Entry<String, Integer> each : exitCodes.entrySet()) {
      text.append(Markup.format("== %s: exit code %d%n", each.getKey(), each.getValue()));
      text.append(Files.readString(file(each.getKey(), "txt"))).append('\n');
    }
    return text.append("files: ").append(folder).append('\n').toString();
  }

  /** Null in the place of one that wrote no figures; one that failed may have. */
  private String json(Map<String, Integer> exitCodes, Map<String, String> environment)
      throws IOException {
    List<String> members = new ArrayList<>();
    for (String name : exitCodes.keySet()) {
      String figures = hasRun(name) ? Files.readString(file(name, "json")).strip() : "null";
      members.add(Json.text(name) + ": " + figures);
    }
    return String.format(
        Locale.ROOT,
        "{%n\"benchmark\": \"all\",%n\"exitCodes\": {%s},%n%s,%n\"environment\": %s%n}%n",
        exitCodes.entrySet().stream()
            .map(each -> Json.text(each.getKey()) + ": " + each.getValue())
            .collect(Collectors.joining(", ")),
        String.join(",\n", members),
        Json.object(environment));
  }

  private String page(Map<String, Integer> exitCodes, Map<String, String> environment)
      throws IOException {
    HtmlPage page = new HtmlPage("All benchmarks");
    long failed = exitCodes.values().stream().filter(code -> code != 0).count();
    page.header("All benchmarks", "One run after the other", failed == 0 ? "OK" : "FAIL");
    for (Map.Entry<String, Integer> each : exitCodes.entrySet()) {
      String table = Files.readString(file(each.getKey(), "txt"));
      page.section(
          each.getKey(),
          link(each.getKey())
              + "<div class=\"scroll\"><pre>"
              + Markup.text(table)
              + "</pre></div>\n");
    }
    page.section("Environment", HtmlPage.definitions(environment));
    return page.footer("Figures of two machines, or of two runs, say little beside each other.")
        .text();
  }

  private String link(String name) {
    Path file = file(name, "html").toAbsolutePath();
    return output
        .page()
        .filter(page -> Files.exists(file))
        .map(page -> page.getParent().relativize(file.normalize()))
        .map(path -> "<p><a href=\"" + Markup.text(reference(path)) + "\">charts</a></p>\n")
        .orElse("");
  }

  /** RFC 3986, 4.2: so the page can be moved together with its folder. */
  private static String reference(Path relative) {
    try {
      return new URI(null, null, "./" + relative, null).toASCIIString();
    } catch (URISyntaxException e) {
      throw new IllegalStateException("path=" + relative, e);
    }
  }
}
