package io.tradepit.release;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tradepit.main.Tradepit;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.module.Configuration;
import java.lang.module.ModuleFinder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The release's runtime has every module that a class of the appliance needs, as jdeps says. */
@Timeout(60)
class RuntimeModulesTest {
  private static final Path MODULES = Path.of("src/main/release/modules");
  private static final Pattern NEEDED = Pattern.compile("-> ((java|jdk)\\.\\S+)");

  @Test
  void shouldHaveEachModuleThatOurClassesNeed() throws Exception {
    Set<String> needed = needed();

    assertTrue(needed.contains("jdk.net"), "who is at the admin socket: " + needed);
    needed.removeAll(inRuntime());
    assertEquals(Set.of(), needed);
  }

  private static Set<String> needed() throws Exception {
    String classes =
        Path.of(Tradepit.class.getProtectionDomain().getCodeSource().getLocation().toURI())
            .toString();
    StringWriter said = new StringWriter();
    PrintWriter out = new PrintWriter(said);
    ToolProvider jdeps = ToolProvider.findFirst("jdeps").orElseThrow();
    assertEquals(0, jdeps.run(out, out, "--ignore-missing-deps", "-s", classes), said.toString());
    return NEEDED
        .matcher(said.toString())
        .results()
        .map(match -> match.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  // With the modules that those of the file require.
  private static Set<String> inRuntime() throws Exception {
    List<String> roots =
        Files.readAllLines(MODULES).stream().filter(line -> !line.startsWith("#")).toList();
    return Configuration.empty()
        .resolve(ModuleFinder.ofSystem(), ModuleFinder.of(), roots)
        .modules()
        .stream()
        .map(module -> module.name())
        .collect(Collectors.toSet());
  }
}
