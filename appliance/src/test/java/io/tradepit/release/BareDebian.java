package io.tradepit.release;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tradepit.release.Shell.Result;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * A minimal Debian 12 in a folder, made by debootstrap from where this machine has its packages.
 *
 * <p>Each command runs in namespaces of its own, which go with it: mounts, processes, network with
 * loopback only, shared memory. Recorded order flow is at {@code /data}, read-only.
 */
final class BareDebian implements AutoCloseable {
  /** Who runs what needs no root. */
  static final String USER = "trader";

  private static final Duration MAKE_LIMIT = Duration.ofMinutes(15);
  private static final Path IN_ROOT =
      Path.of("src/test/resources/io/tradepit/release/in-root").toAbsolutePath();

  private final Path root;
  private final Path data;

  private BareDebian(Path root, Path data) {
    this.root = root;
    this.data = data;
  }

  /** Skips the test, by name, where none can be made. */
  static void assumeItCanBeMade() throws IOException, InterruptedException {
    assumeTrue("root".equals(System.getProperty("user.name")), "a bare Debian needs root");
    for (String tool : List.of("debootstrap", "unshare", "chroot")) {
      List<String> look = List.of("bash", "-c", "command -v " + tool);
      boolean isThere = Shell.run(Path.of("/"), MAKE_LIMIT, look).exitCode() == 0;
      assumeTrue(isThere, "a bare Debian needs " + tool);
    }
    assumeTrue(!mirror().isEmpty(), "a bare Debian needs a source of bookworm in apt's lists");
  }

  /**
   * Makes one.
   *
   * @param root the folder, which goes at the end
   * @param data shown at {@code /data}
   */
  static BareDebian make(Path root, Path data) throws IOException, InterruptedException {
    Shell.succeed(
        Path.of("/"),
        MAKE_LIMIT,
        "debootstrap",
        "--variant=minbase",
        "bookworm",
        root.toString(),
        mirror());
    BareDebian made = new BareDebian(root, data);
    made.succeed("root", "useradd --create-home " + USER);
    return made;
  }

  private static String mirror() throws IOException, InterruptedException {
    List<String> targets =
        List.of("apt-get", "indextargets", "--format", "$(SITE)", "Codename: bookworm");
    Result result = Shell.run(Path.of("/"), MAKE_LIMIT, targets);
    return result.exitCode() == 0 ? result.output().lines().findFirst().orElse("") : "";
  }

  /** The place of a file of it, from outside. */
  Path file(String name) {
    return root.resolve(name);
  }

  /** Runs a script of bash in it. */
  Result run(String user, Duration limit, String script) throws IOException, InterruptedException {
    return Shell.run(
        Path.of("/"),
        limit,
        List.of(IN_ROOT.toString(), root.toString(), data.toString(), user, script));
  }

  /** Runs a script that has to end with 0. */
  String succeed(String user, String script) throws IOException, InterruptedException {
    Result result = run(user, Duration.ofMinutes(10), script);
    if (result.exitCode() != 0) {
      throw new AssertionError(script + " ended with " + result);
    }
    return result.output();
  }

  @Override
  public void close() throws IOException {
    try {
      Shell.succeed(
          Path.of("/"), MAKE_LIMIT, "rm", "--recursive", "--one-file-system", root.toString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("not removed: " + root, e);
    }
  }
}
