package io.tradepit.main;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tradepit.Tier;
import io.tradepit.config.NicProfile.Argument;
import io.tradepit.config.NicReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A segment whose packets are in reserved huge pages, as those of a card are, gives them all back
 * when it is killed. The profile of virtual devices takes none ({@code --no-huge}); here it has the
 * arguments of a card's. The pages are reserved for the time of the test.
 */
@Timeout(300)
class PortHugePagesTest {
  private static final Path RESERVED = Path.of("/proc/sys/vm/nr_hugepages");

  /** Two ports and the rest: 128 MiB in pages of 2 MiB, and some to spare. */
  private static final int PAGES = 80;

  private static final int KILLS = 3;
  private static final int NOTHING_RESERVED = -1;
  private static final Path MOUNT = Path.of("/dev/hugepages");
  private static final Path CARD = Path.of("..", "nic-config", "intel-82574.yaml");

  @TempDir Path directory;
  private int reservedBefore = NOTHING_RESERVED;

  @BeforeEach
  void reserve() throws IOException {
    assumeTrue(Tier.isLong(), "skipped: the long tier has the time");
    assumeTrue(Files.isWritable(RESERVED), "skipped: huge pages are reserved by root");
    reservedBefore = Integer.parseInt(Files.readString(RESERVED).strip());
    Files.writeString(RESERVED, Integer.toString(reservedBefore + PAGES));
    assumeTrue(free() >= PAGES, () -> "skipped: the kernel gave fewer pages than " + PAGES);
  }

  @AfterEach
  void giveBack() throws IOException {
    if (reservedBefore != NOTHING_RESERVED) {
      Files.writeString(RESERVED, Integer.toString(reservedBefore));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"net_af_packet", "net_af_xdp"})
  void shouldGiveBackEveryPageWhenItIsKilled(String driver)
      throws IOException, InterruptedException {
    int before = free();
    List<Path> filesBefore = files();
    int used = 0;
    try (PortSegment plan =
        new PortSegment(directory).startDpdkWith(argumentsOfACard()).write(driver)) {
      for (int life = 0; life < KILLS; life++) {
        try (SegmentProcess segment = plan.start()) {
          plan.trade(10 * (life + 1));
          used = before - free();
          assertTrue(used > 0, "no page is used");
          segment.kill();
        }
        assertEquals(before, settled(before));
        assertEquals(filesBefore, files());
      }
    }
    Tier.ran(
        "huge pages over kill -9",
        "driver=%s kills=%d usedPages=%d freePages=%d".formatted(driver, KILLS, used, free()));
  }

  /** The free pages once they are as many as wanted, or after a while. */
  private static int settled(int wanted) throws IOException, InterruptedException {
    long deadlineNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(5);
    while (free() != wanted && System.nanoTime() < deadlineNs) {
      TimeUnit.MILLISECONDS.sleep(20);
    }
    return free();
  }

  private static int free() throws IOException {
    return Files.readAllLines(Path.of("/proc/meminfo")).stream()
        .filter(line -> line.startsWith("HugePages_Free:"))
        .mapToInt(line -> Integer.parseInt(line.substring("HugePages_Free:".length()).strip()))
        .findFirst()
        .orElse(0);
  }

  /** Where DPDK would have files, were it not for {@code --in-memory}. */
  private static List<Path> files() throws IOException {
    if (!Files.isDirectory(MOUNT)) {
      return List.of();
    }
    try (Stream<Path> found = Files.list(MOUNT)) {
      return found.sorted().toList();
    }
  }

  private static List<String> argumentsOfACard() {
    Stream<String> card =
        NicReader.read(CARD.toAbsolutePath()).dpdk().stream()
            .map(Argument::argument)
            .filter(argument -> !argument.startsWith("-a "));
    return Stream.concat(Stream.of("--no-pci"), card).toList();
  }
}
