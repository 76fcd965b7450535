package io.tradepit.release;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tradepit.Tier;
import io.tradepit.release.Shell.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The release of the commit that is checked out: built twice, and run on a bare Debian as an
 * unprivileged user. What is not committed is not in it.
 */
@Timeout(3_600)
class ReleaseTest {
  private static final Path PROJECT = Path.of("..").toAbsolutePath().normalize();
  private static final Path DATA = Path.of("../../shared/data").toAbsolutePath().normalize();
  private static final String FLOW = "MSFT_2012-06-21_L50_first1000_commands.csv.gz";
  private static final Duration BUILD_LIMIT = Duration.ofMinutes(20);
  private static final String RELEASE = "cd /opt/tradepit; ";

  @TempDir private Path temporary;

  @Test
  void shouldBeTheSameBytesTwiceAndRunOnABareDebian() throws Exception {
    assumeTrue(Tier.isLong(), "the long tier builds two releases and a bare Debian");
    assumeTrue(Files.exists(DATA.resolve(FLOW)), "needs " + FLOW + " in " + DATA);
    BareDebian.assumeItCanBeMade();

    Path archive = build("first");
    Path again = build("elsewhere/second");
    assertEquals(-1, Files.mismatch(archive, again), archive + " and " + again + " differ");

    try (BareDebian debian = BareDebian.make(temporary.resolve("debian"), DATA)) {
      unpack(debian, archive);
      assertTradesAndStops(debian);
      assertReplays(debian);
      assertTrains(debian);
    }
    Tier.ran(
        "release",
        "%s, %,d bytes, twice the same; ran on a bare Debian: run, status, stop, replay of MSFT, aot"
            .formatted(archive.getFileName(), Files.size(archive)));
  }

  private Path build(String place) throws IOException, InterruptedException {
    Path clone = temporary.resolve(place);
    Path output = Files.createDirectories(temporary.resolve(place + "-output"));
    Shell.succeed(PROJECT, BUILD_LIMIT, "git", "clone", "-q", PROJECT.toString(), clone.toString());
    Shell.succeed(clone, BUILD_LIMIT, "./tradepit", "release", "--output", output.toString());
    try (Stream<Path> made = Files.list(output)) {
      return made.findFirst().orElseThrow();
    }
  }

  private static void unpack(BareDebian debian, Path archive) throws Exception {
    Files.copy(archive, debian.file("opt/release.tar.gz"));
    debian.succeed("root", "cd /opt && tar -xzf release.tar.gz && ln -s tradepit-* tradepit");
    debian.succeed(BareDebian.USER, RELEASE + "sha256sum --check --quiet SHA256SUMS");
    debian.succeed(BareDebian.USER, "! command -v java && ! command -v mvn");
  }

  private static void assertTradesAndStops(BareDebian debian) throws Exception {
    String output =
        debian.succeed(
            BareDebian.USER,
            RELEASE
                + """
                ./tradepit run >~/run.txt 2>&1 &
                until grep -q ^ready ~/run.txt; do sleep 0.2; kill -0 $!; done
                ./tradepit status && ./tradepit stop && wait $! && cat ~/run.txt
                """);
    assertTrue(output.matches("(?s).*JVM's AOT cache +none.*"), output);
    assertTrue(output.endsWith("stopped\n"), output);
  }

  private static void assertReplays(BareDebian debian) throws Exception {
    String output = debian.succeed(BareDebian.USER, RELEASE + "./tradepit replay /data/" + FLOW);
    assertTrue(output.contains("35 of 35 aggressive orders with exactly the expected"), output);
    assertTrue(output.contains("920 of 920 equal"), output);
  }

  private static void assertTrains(BareDebian debian) throws Exception {
    debian.succeed("root", RELEASE + "./tradepit aot train --seconds 5");
    String output =
        debian.succeed(
            BareDebian.USER,
            RELEASE
                + """
                ./tradepit run --dir ~/trained >~/trained.txt 2>&1 &
                until grep -q ^ready ~/trained.txt; do sleep 0.2; kill -0 $!; done
                kill $! && wait $! && cat ~/trained.txt
                """);
    // The table breaks a long path into two lines.
    assertTrue(output.contains("/embedded.aot, used"), output);

    debian.succeed("root", RELEASE + "echo -Dsome=thing >>jvm/embedded.flags");
    Result refused = debian.run(BareDebian.USER, BUILD_LIMIT, RELEASE + "./tradepit run");
    assertEquals(2, refused.exitCode(), refused.output());
    assertTrue(refused.output().contains("made for other flags"), refused.output());
  }
}
