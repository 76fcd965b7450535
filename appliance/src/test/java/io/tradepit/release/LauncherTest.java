package io.tradepit.release;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tradepit.release.Shell.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The launcher in an unpacked release whose java prints its arguments. */
@Timeout(60)
class LauncherTest {
  private static final Path LAUNCHER = Path.of("../tradepit").toAbsolutePath().normalize();
  private static final Duration LIMIT = Duration.ofSeconds(20);

  @TempDir private Path temporary;
  private Path home;

  @BeforeEach
  void unpack() throws IOException {
    home = Files.createDirectories(temporary.toRealPath().resolve("a release"));
    Files.copy(LAUNCHER, home.resolve("tradepit"));
    script("runtime/bin/java", "#!/usr/bin/env bash\nprintf '%s\\n' \"$@\"\n");
    write("runtime/release", "JAVA_VERSION=\"25\"\n");
    write("runtime/lib/modules", "");
    write("runtime/lib/server/libjvm.so", "");
    write("lib/b.jar", "b");
    write("lib/a.jar", "a");
    write("jvm/embedded.flags", "-Xmx512m\n");
    write("jvm/box.flags", "-Xmx1g\n");
  }

  @Test
  void shouldStartTheRuntimeThatLiesBesideIt() throws Exception {
    assertEquals(
        List.of(
            "@" + home.resolve("jvm/box.flags"),
            "-Dtradepit.home=" + home,
            "-Dtradepit.shims=" + home.resolve("shims"),
            "-Dtradepit.terminal=false",
            "-cp",
            home.resolve("lib/a.jar") + ":" + home.resolve("lib/b.jar"),
            "io.tradepit.main.Tradepit",
            "run",
            "--profile",
            "box"),
        lines("run", "--profile", "box"));
  }

  @Test
  void shouldRefuseWhatOnlyACheckoutHas() throws Exception {
    assertRefused("test: a command of a checkout", "test");
    assertRefused("release: a command of a checkout", "release");
    assertRefused("--profile=fast: allowed are box embedded", "run", "--profile=fast");
  }

  @Test
  void shouldRunWithTheCacheThatFits() throws Exception {
    train();

    List<String> run = lines("run");
    assertTrue(run.contains("-XX:AOTCache=" + cache()), run.toString());
    assertTrue(run.contains("-XX:AOTMode=on"), run.toString());
    assertFalse(lines("status").contains("-XX:AOTMode=on"));
    assertFalse(lines("run", "--profile", "box").contains("-XX:AOTMode=on"));
  }

  @Test
  void shouldRefuseACacheForOtherFlagsRuntimeOrJars() throws Exception {
    train();
    write("jvm/embedded.flags", "-Xmx2g\n");
    assertCacheRefused("flags");
    write("runtime/lib/modules", "another");
    assertCacheRefused("flags,runtime");
    write("lib/c.jar", "c");
    assertCacheRefused("flags,runtime,jars");
    assertFalse(lines("status").isEmpty(), "only run needs the cache");
    train();
    assertTrue(lines("run").contains("-XX:AOTMode=on"));
  }

  @Test
  void shouldRefuseACacheThatNothingIsKnownOf() throws Exception {
    write("aot/embedded.aot", "from elsewhere");

    assertCacheRefused("flags,runtime,jars");
  }

  // The java of this test writes no cache: it is there already, under the name that the JVM is
  // given.
  private void train() throws Exception {
    write("aot/embedded.aot.new", "cache");
    Result trained = tradepit("aot", "train");
    assertEquals(0, trained.exitCode(), trained.output());
    assertTrue(trained.output().contains("--output\n" + cache() + ".new\n"), trained.output());
  }

  private Path cache() {
    return home.resolve("aot/embedded.aot");
  }

  private void assertCacheRefused(String other) throws Exception {
    assertRefused(
        "aot=%s: made for other %s; '%s aot train --profile embedded' makes it anew"
            .formatted(cache(), other, home.resolve("tradepit")),
        "run");
  }

  private void assertRefused(String said, String... arguments) throws Exception {
    Result result = tradepit(arguments);
    assertEquals(2, result.exitCode(), result.output());
    assertTrue(result.output().contains(said), result.output());
    assertEquals(1, result.output().lines().count(), result.output());
  }

  private List<String> lines(String... arguments) throws Exception {
    Result result = tradepit(arguments);
    assertEquals(0, result.exitCode(), result.output());
    return result.output().lines().toList();
  }

  private Result tradepit(String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of(home.resolve("tradepit").toString()));
    command.addAll(List.of(arguments));
    return Shell.run(temporary, LIMIT, command);
  }

  private void write(String name, String text) throws IOException {
    Path file = home.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private void script(String name, String text) throws IOException {
    write(name, text);
    assertTrue(home.resolve(name).toFile().setExecutable(true));
  }
}
