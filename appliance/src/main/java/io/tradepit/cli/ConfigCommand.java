package io.tradepit.cli;

import io.tradepit.config.ConfigException;
import io.tradepit.config.SegmentConfig;
import io.tradepit.config.SegmentConfigReader;
import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.UnaryOperator;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(name = "config", description = "Checks and shows configurations.")
final class ConfigCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }

  @Command(
      name = "check",
      description = "Names everything that is wrong in FILE, a line each; exit code 2 when it is.")
  static final class Check implements Callable<Integer> {
    @Spec private CommandSpec spec;
    @Mixin private Place place;

    @Parameters(paramLabel = "FILE", description = "the segment's YAML file")
    private Path file;

    @Override
    public Integer call() {
      SegmentConfig config = SegmentConfigReader.read(file, place.directory());
      spec.commandLine()
          .getOut()
          .println(
              file
                  + ": ok, segment="
                  + config.name()
                  + " profile="
                  + config.profile()
                  + " instruments="
                  + config.instruments().size()
                  + " sessions="
                  + config.sessions().size()
                  + " gateways="
                  + config.gateways().size());
      return 0;
    }
  }

  @Command(
      name = "show",
      description =
          "Prints the built-in configuration with its comments: the example to begin from.")
  static final class Show implements Runnable {
    @Spec private CommandSpec spec;

    @Override
    public void run() {
      spec.commandLine().getOut().print(SegmentConfigReader.embeddedText());
      spec.commandLine().getOut().flush();
    }
  }

  @Command(
      name = "password",
      description = "Reads a password (1 to 10 letters and digits) and prints its hash.")
  static final class Password implements Callable<Integer> {
    private final UnaryOperator<String> hash;
    @Spec private CommandSpec spec;

    Password(UnaryOperator<String> hash) {
      this.hash = hash;
    }

    @Override
    public Integer call() throws IOException {
      String password = read();
      if (password == null || !password.matches("[A-Za-z0-9]{1,10}")) {
        throw new ConfigException(List.of("password: allowed 1 to 10 letters and digits"));
      }
      spec.commandLine().getOut().println(hash.apply(password));
      return 0;
    }

    // Never an argument: those stand in the list of processes.
    // JDK 25 answers null again when this is no terminal.
    @SuppressWarnings("SystemConsoleNull")
    private static String read() throws IOException {
      Console console = System.console();
      if (console != null && console.isTerminal()) {
        char[] typed = console.readPassword("Password: ");
        return typed == null ? null : new String(typed);
      }
      return new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))
          .readLine();
    }
  }
}
