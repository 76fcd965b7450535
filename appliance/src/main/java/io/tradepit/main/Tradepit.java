package io.tradepit.main;

import io.tradepit.cli.TradepitCommand;
import io.tradepit.gateway.PasswordHash;

/** The command line. */
public final class Tradepit {
  private Tradepit() {}

  /** Runs one command and ends with its exit code. */
  public static void main(String[] args) {
    System.exit(
        TradepitCommand.commandLine(
                new SegmentRun(), password -> PasswordHash.of(password).toString())
            .execute(args));
  }
}
