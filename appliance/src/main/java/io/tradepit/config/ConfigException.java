package io.tradepit.config;

import java.util.List;

/** A configuration is not allowed; one line for each problem, in the order of the file. */
public final class ConfigException extends StartException {
  private static final long serialVersionUID = 1L;

  public ConfigException(List<String> problems) {
    super(ExitCode.CONFIGURATION, String.join("\n", problems));
  }

  /** One line for each problem: {@code file:line: key=value: allowed ...}. */
  public List<String> problems() {
    return getMessage().lines().toList();
  }
}
