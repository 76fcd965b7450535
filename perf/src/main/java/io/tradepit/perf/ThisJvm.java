package io.tradepit.perf;

import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.stream.Collectors;

/** What this process runs on: needs no library, so a peer's process may ask too. */
public final class ThisJvm {
  private static final List<String> NAMES_A_PLACE =
      List.of("-Djava.class.path=", "--add-", "-Dtradepit.home=", "-Dtradepit.shims=");

  private ThisJvm() {}

  /**
   * JDK and flags, those of a flags' file in them; not where things are: the class path, what is
   * opened to it, and our own folders.
   */
  public static String text() {
    List<String> flags = ManagementFactory.getRuntimeMXBean().getInputArguments();
    return "JDK "
        + Runtime.version()
        + flags.stream()
            .filter(flag -> NAMES_A_PLACE.stream().noneMatch(flag::startsWith))
            .collect(Collectors.joining(" ", " ", ""));
  }
}
