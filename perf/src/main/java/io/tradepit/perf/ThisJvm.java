package io.tradepit.perf;

import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.stream.Collectors;

/** What this process runs on: needs no library, so a peer's process may ask too. */
public final class ThisJvm {
  private ThisJvm() {}

  /**
   * JDK and flags, those of a flags' file in them; not the class path, nor what is opened to it.
   */
  public static String text() {
    List<String> flags = ManagementFactory.getRuntimeMXBean().getInputArguments();
    return "JDK "
        + Runtime.version()
        + flags.stream()
            .filter(flag -> !flag.startsWith("-Djava.class.path=") && !flag.startsWith("--add-"))
            .collect(Collectors.joining(" ", " ", ""));
  }
}
